import { describe, expect, test } from 'vitest'
import {
  formatAge,
  formatBand,
  formatClock,
  formatDateTime,
  formatDelta,
  formatHash,
  formatNumber,
  formatUnit,
} from '../../../src/ui/format.ts'

/** Thin spaces read as plain ones, so that the cases below can be read. */
const plain = (text: string) => text.replaceAll(' ', ' ')

describe('formatNumber', () => {
  test.each([
    [0, '0'],
    [1, '1.00'],
    [12.345, '12.3'],
    [999.6, '1000'],
    [1234, '1230'],
    [12345, '12 300'],
    [1234567, '1 230 000'],
    [0.012345, '0.0123'],
    [-4.5678, '−4.57'],
    [NaN, '–'],
    [Infinity, '∞'],
  ])('default: %d', (value, text) => expect(plain(formatNumber(value))).toBe(text))
  test('args: whole numbers stay whole', () => expect(plain(formatNumber(32060, true))).toBe('32 060'))
})

describe('formatUnit', () => {
  test.each([
    [412, 'W', '412 W'],
    [999.9, 'W', '1.00 kW'],
    [1_234_567, 'W', '1.23 MW'],
    [-2500, 'W', '−2.50 kW'],
    [0.4, 'V', '0.400 V'],
    [0.873, 'share', '87.3 %'],
    [-12.5, 'USD', '−$ 12.5'],
    [21.456, '°C', '21.5 °C'],
    [NaN, 'W', '– W'],
    [7, '', '7'],
  ])('default: %d %s', (value, unit, text) => expect(plain(formatUnit(value, unit))).toBe(text))
})

test('default: band, delta, age, clock, hash', () => {
  const quantity = {
    value: 412,
    unit: 'W',
    tag: 'modelled',
    source: 'm',
    band: { p10: 380, p50: 412, p90: 460 },
  } as const
  expect(plain(formatBand(quantity))).toBe('P10–P90 380 W – 460 W')
  expect([formatDelta(5, 'W'), formatDelta(-5, 'W'), formatDelta(0, 'W'), formatDelta(NaN, 'W')].map(plain)).toEqual([
    '↑ +5.00 W',
    '↓ −5.00 W',
    '±0',
    '–',
  ])
  expect([8_400, 840_000, 11_000_000, 2e8, -5].map(formatAge).map(plain)).toEqual([
    '8 s',
    '14 min',
    '3 h',
    '2 days',
    '0 s',
  ])
  expect(formatClock(Date.UTC(2026, 0, 1, 21, 30), 5)).toBe('02:30')
  expect(formatDateTime(Date.UTC(2026, 0, 1, 21, 30), 5)).toBe('2026-01-02 02:30')
  expect(formatHash(`0x${'ab'.repeat(20)}`)).toBe('0xabababab…ababab')
})
