import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CYCLE_DAYS, DAY_MS, HOUR_MS } from '../../../../data/devnet/fleet/calendar.ts'
import { createLoadCurve } from '../../../../data/devnet/fleet/loadCurve.ts'
import { HOUSEHOLD, TRADE } from '../../../../data/devnet/fleet/loadShapes.ts'
import { createMeteredLoad } from '../../../../data/devnet/fleet/meteredLoad.ts'

const household = createLoadCurve(HOUSEHOLD)
const trade = createLoadCurve(TRADE)
const dayOf = (year: number, month: number, date: number): number => Date.UTC(year, month - 1, date) / DAY_MS
const hourWh = (curve: typeof household, day: number, hour: number): number =>
  curve.untilSlotWh(day, 2 * hour + 2) - curve.untilSlotWh(day, 2 * hour)

describe('load curve', () => {
  test('default: a mean year adds up to one watt hour', () => {
    for (const curve of [household, trade]) expect(curve.untilDayWh(CYCLE_DAYS) / 28).toBeCloseTo(1, 12)
  })

  test('behavior: days add up to years without a seam', () => {
    for (const curve of [household, trade]) {
      let sum = curve.untilDayWh(20_000)
      for (let day = 20_000; day < 20_800; day++) sum += curve.dayWh(day)
      expect(sum).toBeCloseTo(curve.untilDayWh(20_800), 10)
      expect(curve.untilSlotWh(20_000, 48)).toBeCloseTo(curve.dayWh(20_000), 15)
      expect(curve.untilDayWh(CYCLE_DAYS + 5)).toBeCloseTo(1 * 28 + curve.untilDayWh(5), 10)
    }
  })

  test('behavior: homes peak in the evening, offices at noon on workdays', () => {
    const wednesday = dayOf(2026, 11, 25)
    const hours = Array.from({ length: 24 }, (_, hour) => hour)
    const peakOf = (curve: typeof household, day: number): number =>
      hours.reduce((best, hour) => (hourWh(curve, day, hour) > hourWh(curve, day, best) ? hour : best), 0)
    expect(peakOf(household, wednesday)).toBeGreaterThanOrEqual(17)
    expect(peakOf(household, wednesday)).toBeLessThanOrEqual(20)
    expect(peakOf(trade, wednesday)).toBeGreaterThanOrEqual(9)
    expect(peakOf(trade, wednesday)).toBeLessThanOrEqual(12)
    const sunday = dayOf(2026, 11, 29)
    expect(trade.dayWh(sunday)).toBeLessThan(0.6 * trade.dayWh(wednesday))
    expect(household.dayWh(dayOf(2026, 1, 14))).toBeGreaterThan(household.dayWh(dayOf(2026, 7, 15)))
  })
})

describe('metered load', () => {
  const load = (seed: number, runs = 4) => createMeteredLoad(household, 2_400_000, runs, seed, 5)

  test('behavior: energy is the integral of power, to the second', () => {
    for (const [seed, runs] of [
      [1, 2],
      [2, 4],
      [3, 10],
    ] as const) {
      const meter = load(seed, runs)
      const fromMs = Date.UTC(2026, 10, 24, 16, 58, 30)
      let wattSeconds = 0
      for (let second = 0; second < 3 * 3600; second++) wattSeconds += meter.powerW(fromMs + 1000 * second + 500)
      const countedWh = meter.energyWh(fromMs + 3 * HOUR_MS) - meter.energyWh(fromMs)
      // the sum errs by at most one second at each of some hundred edges
      expect(wattSeconds / 3600 / countedWh).toBeCloseTo(1, 2)
    }
  })

  test('behavior: the counter never falls and power is never negative (seed 3)', () => {
    const meter = load(9)
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2035, 0, 1) }),
        fc.integer({ min: 0, max: 5_000_000 }),
        (timeMs, stepMs) => {
          expect(meter.energyWh(timeMs + stepMs)).toBeGreaterThanOrEqual(meter.energyWh(timeMs))
          expect(meter.powerW(timeMs)).toBeGreaterThan(0)
        },
      ),
      { seed: 3, numRuns: 2_000 },
    )
  })

  test('behavior: a year counts what was ordered, within what may pass its two midnights', () => {
    const meter = load(4)
    for (const year of [2024, 2025, 2026]) {
      const counted = meter.energyWh(Date.UTC(year + 1, 0, 1)) - meter.energyWh(Date.UTC(year, 0, 1))
      expect(counted / 2_400_000).toBeGreaterThan(0.99)
      expect(counted / 2_400_000).toBeLessThan(1.01)
    }
  })

  test('behavior: days and half hours differ, between homes and from one to the next', () => {
    const evening = Date.UTC(2026, 10, 24, 14)
    const slotWh = (seed: number, slot: number): number =>
      load(seed).energyWh(evening + (slot + 1) * 1_800_000) - load(seed).energyWh(evening + slot * 1_800_000)
    expect(slotWh(1, 0)).not.toBe(slotWh(2, 0))
    const ratios = Array.from({ length: 40 }, (_, seed) => slotWh(seed, 0) / slotWh(seed, 1))
    expect(Math.max(...ratios) / Math.min(...ratios)).toBeGreaterThan(1.5)
  })

  test('behavior: a home has runs of appliances, a hundred homes have a hum', () => {
    const spread = (runs: number): number => {
      const meter = load(5, runs)
      const samples = Array.from({ length: 360 }, (_, i) => meter.powerW(Date.UTC(2026, 10, 24, 13) + i * 10_000))
      const mean = samples.reduce((sum, power) => sum + power, 0) / samples.length
      return Math.sqrt(
        samples.reduce((sum, power) => sum + (power / mean - 1) * (power / mean - 1), 0) / samples.length,
      )
    }
    expect(spread(2)).toBeGreaterThan(2 * spread(10))
  })
})
