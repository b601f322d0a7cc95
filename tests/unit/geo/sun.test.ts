import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sunDirection, sunPosition } from '../../../src/geo/sun.ts'
import { celestialSun } from '../../../src/geo/sunCelestial.ts'
import { sunTimes } from '../../../src/geo/sunTimes.ts'

const DEG = 180 / Math.PI

// The worked example of NREL/TP-560-34302, appendix A.5
const exampleMs = Date.UTC(2003, 9, 17, 19, 30, 30)
const golden = { latDeg: 39.742476, lonDeg: -105.1786 }
const goldenAir = { groundM: 1830.14, pressureHpa: 820, temperatureC: 11 }

describe('sunPosition', () => {
  test('default: the worked example of the algorithm, to 1e-5 degrees', () => {
    const sun = sunPosition(exampleMs, golden.latDeg, golden.lonDeg, goldenAir, 67)
    expect(Math.abs(sun.zenithRad * DEG - 50.11162)).toBeLessThan(1e-5)
    expect(Math.abs(sun.azimuthRad * DEG - 194.340241)).toBeLessThan(1e-5)
    expect(Math.abs(sun.distanceAu - 0.9965422974)).toBeLessThan(1e-9)
  })
  test('behavior: its intermediate values too', () => {
    const { siderealRad, ascensionRad, declinationRad } = celestialSun(exampleMs, 67)
    expect(Math.abs(declinationRad * DEG - -9.31434)).toBeLessThan(1e-5)
    const hour = siderealRad * DEG + golden.lonDeg - ascensionRad * DEG
    expect(Math.abs(((hour % 360) + 360) % 360) - 11.1059).toBeLessThan(1e-4)
  })
  test('behavior: at noon it stands in the south of Astana and in the north of Sydney', () => {
    const noon = (lon: number) => Date.UTC(2017, 6, 15, 12) - (lon / 15) * 3_600_000
    const astana = sunPosition(noon(71.43), 51.13, 71.43)
    expect(Math.abs(astana.azimuthRad * DEG - 180)).toBeLessThan(4)
    const sydney = sunPosition(noon(151.2), -33.87, 151.2)
    expect(Math.cos(sydney.azimuthRad)).toBeGreaterThan(0.99)
  })
  test('behavior: seed 7: the same place and time a tropical year later differ by less than half a degree', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2040, 0, 1) }),
        fc.double({ min: -65, max: 65, noNaN: true }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        (timeMs, lat, lon) => {
          const one = sunDirection(sunPosition(timeMs, lat, lon))
          // 365 days and the fraction that brings the mean sun back; the hour angle is kept by whole days
          const two = sunDirection(sunPosition(timeMs + 1461 * 86_400_000, lat, lon))
          const dot = one[0] * two[0] + one[1] * two[1] + one[2] * two[2]
          expect(dot).toBeGreaterThan(Math.cos(0.5 / DEG))
        },
      ),
      { seed: 7, numRuns: 100 },
    )
  })
  test('behavior: refraction lifts the sun near the horizon by about half a degree and never overhead', () => {
    const vacuum = { groundM: 0, pressureHpa: 0, temperatureC: 12 }
    const { sunriseMs } = sunTimes(Date.UTC(2017, 6, 15), 51.13, 71.43)
    const lift = (ms: number) =>
      sunPosition(ms, 51.13, 71.43, vacuum).zenithRad - sunPosition(ms, 51.13, 71.43).zenithRad
    expect(lift(sunriseMs + 300_000) * DEG).toBeGreaterThan(0.3)
    expect(lift(sunriseMs + 6 * 3_600_000) * DEG).toBeLessThan(0.02)
  })
})

describe('sunTimes', () => {
  test('default: published sunrise and sunset near Golden, to the second', () => {
    // the published sunset, 19:13:58 on the local clock, is the one that falls on the UTC date: the evening of 1 August
    const at = (day: number) => sunTimes(Date.UTC(2015, 7, day), golden.latDeg, golden.lonDeg, 67)
    expect(Math.abs(at(2).sunriseMs - Date.UTC(2015, 7, 2, 12, 0, 27))).toBeLessThanOrEqual(1000)
    expect(Math.abs(at(1).sunsetMs - Date.UTC(2015, 7, 2, 2, 13, 58))).toBeLessThanOrEqual(1000)
  })
  test('behavior: seed 8: at both times the sun stands on the horizon, in any part of the world and of the year', () => {
    const vacuum = { groundM: 0, pressureHpa: 0, temperatureC: 12 }
    fc.assert(
      fc.property(
        fc.integer({ min: 10957, max: 25567 }),
        fc.double({ min: -60, max: 60, noNaN: true }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        (day, lat, lon) => {
          const times = sunTimes(day * 86_400_000, lat, lon)
          for (const ms of [times.sunriseMs, times.sunsetMs]) {
            expect(Math.abs(sunPosition(ms, lat, lon, vacuum).zenithRad * DEG - 90.8333)).toBeLessThan(0.01)
          }
          expect(times.sunriseMs).toBeLessThan(times.transitMs)
          expect(times.transitMs).toBeLessThan(times.sunsetMs)
        },
      ),
      { seed: 8, numRuns: 200 },
    )
  })
  test('behavior: polar day and polar night are named, and give no times', () => {
    expect(sunTimes(Date.UTC(2017, 5, 21), 75, 20)).toMatchObject({ allDay: 'up', sunriseMs: NaN, sunsetMs: NaN })
    expect(sunTimes(Date.UTC(2017, 11, 21), 75, 20)).toMatchObject({ allDay: 'down', sunriseMs: NaN, sunsetMs: NaN })
  })
})
