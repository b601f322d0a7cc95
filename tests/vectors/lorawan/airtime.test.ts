import { expect, test } from 'vitest'
import { fskTimeOnAirUs, LORAWAN_UPLINK, timeOnAirUs } from '../../../src/engines/lorawan/airtime.ts'

// The Things Stack, pkg/toa/toa_test.go: 10 B, 125 kHz, 4/5, explicit header, CRC
test.each([
  [7, 41216],
  [8, 72192],
  [9, 144384],
  [10, 288768],
  [11, 577536],
  [12, 991232],
])('default: 10 B at SF%d and 125 kHz last %d µs', (spreadingFactor, expectedUs) => {
  expect(timeOnAirUs({ ...LORAWAN_UPLINK, spreadingFactor, payloadBytes: 10 })).toBe(expectedUs)
})

// ns-3 lorawan, test/lorawan-test-suite.cc: 50 B at SF12 with low data rate optimisation
test.each([
  [500_000, 2, 657_408],
  [125_000, 2, 2_629_632],
  [125_000, 1, 2_301_952],
])('default: 50 B at SF12, %d Hz, coding rate 4/(4+%d) last %d µs', (bandwidthHz, codingRate, expectedUs) => {
  const packet = {
    ...LORAWAN_UPLINK,
    spreadingFactor: 12,
    payloadBytes: 50,
    bandwidthHz,
    codingRate,
    lowDataRate: true,
  }
  expect(timeOnAirUs({ ...packet, crc: true })).toBe(expectedUs)
})

test('behavior: 13 B at SF12 without low data rate optimisation last 1,155.072 ms (brocaar/lorawan)', () => {
  expect(timeOnAirUs({ ...LORAWAN_UPLINK, spreadingFactor: 12, payloadBytes: 13, lowDataRate: false })).toBe(1_155_072)
})

test('default: 200 B of FSK last 33,760 µs (The Things Stack)', () => {
  expect(fskTimeOnAirUs(200)).toBe(33_760)
})

test('behavior: a longer payload or a higher spreading factor never lasts shorter', () => {
  for (let spreadingFactor = 7; spreadingFactor <= 12; spreadingFactor++) {
    let before = 0
    for (let payloadBytes = 0; payloadBytes <= 250; payloadBytes++) {
      const us = timeOnAirUs({ ...LORAWAN_UPLINK, spreadingFactor, payloadBytes })
      expect(us).toBeGreaterThanOrEqual(before)
      before = us
      if (spreadingFactor > 7) {
        expect(us).toBeGreaterThan(
          timeOnAirUs({ ...LORAWAN_UPLINK, spreadingFactor: spreadingFactor - 1, payloadBytes }),
        )
      }
    }
  }
})
