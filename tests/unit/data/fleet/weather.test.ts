import { describe, expect, test } from 'vitest'
import { HOUR_MS } from '../../../../data/devnet/fleet/calendar.ts'
import { createPvInverter, pvAcW, pvDcW } from '../../../../data/devnet/fleet/pvInverter.ts'
import {
  clearSkyWm2,
  cloudTransmission,
  createWeather,
  sampleSun,
  type Weather,
} from '../../../../data/devnet/fleet/weather.ts'
import { sunPosition } from '../../../../src/geo/sun.ts'

const exactSine = (timeMs: number): number => Math.cos(sunPosition(timeMs, 51.1283, 71.4305).zenithRad)
const sun = sampleSun(exactSine)
const weather = createWeather(42, 5, sun)
const year = (samples: number): number[] =>
  Array.from({ length: samples }, (_, i) => Date.UTC(2026, 0, 1) + (i * 365 * 24 * HOUR_MS) / samples)

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (v: readonly number[]): number => v.reduce((sum, x) => sum + x, 0) / v.length
  const [ma, mb] = [mean(a), mean(b)]
  const dot = a.reduce((sum, x, i) => sum + (x - ma) * (b[i]! - mb), 0)
  return dot / Math.sqrt(a.reduce((s, x) => s + (x - ma) ** 2, 0) * b.reduce((s, x) => s + (x - mb) ** 2, 0))
}

describe('sky', () => {
  test('default: the sampled sun is the exact one to 3e-6', () => {
    for (const timeMs of year(500))
      expect(Math.abs(sun(timeMs + 31_234) - exactSine(timeMs + 31_234))).toBeLessThan(3e-6)
  })

  test('default: Haurwitz and Kasten-Czeplak at their ends', () => {
    expect(clearSkyWm2(1)).toBeCloseTo(1098 * Math.exp(-0.059), 9)
    expect(clearSkyWm2(0)).toBe(0)
    expect(clearSkyWm2(-0.2)).toBe(0)
    expect(cloudTransmission(0)).toBe(1)
    expect(cloudTransmission(1)).toBeCloseTo(0.25, 12)
  })

  test('behavior: neighbours see the same cloud, the other end of town another', () => {
    const at = (x: number): number[] => year(3_000).map((timeMs) => weather.cloudCover(x, 0, timeMs))
    const here = at(0)
    const detail = (there: number[]): number => correlation(here, there)
    expect(detail(at(100))).toBeGreaterThan(0.98)
    expect(detail(at(9_000))).toBeLessThan(detail(at(100)) - 0.1)
  })

  test('behavior: clouds drift with the wind', () => {
    const minutes = Array.from({ length: 600 }, (_, i) => Date.UTC(2026, 5, 10) + i * 60_000)
    const upwind = minutes.map((timeMs) => weather.cloudCover(0, 0, timeMs))
    const downwindLater = minutes.map((timeMs) => weather.cloudCover(7.5 * 600, 2.8 * 600, timeMs + 600_000))
    const downwindNow = minutes.map((timeMs) => weather.cloudCover(7.5 * 600, 2.8 * 600, timeMs))
    expect(correlation(upwind, downwindLater)).toBeGreaterThan(correlation(upwind, downwindNow))
  })

  test('behavior: the year has both clear and overcast hours', () => {
    const covers = year(4_000).map((timeMs) => weather.cloudCover(0, 0, timeMs))
    expect(covers.filter((cover) => cover < 0.1).length).toBeGreaterThan(200)
    expect(covers.filter((cover) => cover > 0.9).length).toBeGreaterThan(200)
  })

  test('behavior: January and July have the means of the climate', () => {
    const meanOf = (month: number): number => {
      const hours = Array.from({ length: 31 * 24 * 8 }, (_, i) => i)
      const sum = hours.reduce((total, i) => {
        const start = Date.UTC(2020 + Math.floor(i / 744), month, 1)
        return total + weather.temperatureC(0, 0, start + (i % 744) * HOUR_MS)
      }, 0)
      return sum / hours.length
    }
    // eight years of fronts with 6.5 K amplitude leave about a kelvin
    expect(Math.abs(meanOf(0) + 15.2)).toBeLessThan(1.8)
    expect(Math.abs(meanOf(6) - 20.9)).toBeLessThan(1.8)
  })
})

describe('PV inverter', () => {
  const clear: Weather = {
    ...weather,
    irradianceWm2: (_x, _y, timeMs) => clearSkyWm2(sun(timeMs)),
    temperatureC: () => 15,
  }
  const inverter = createPvInverter({ xM: 0, yM: 0, peakW: 50_000 }, 7, clear)
  const powerW = (timeMs: number): number => inverter(timeMs)[0]!.value

  test('default: PVWatts as pvlib has it', () => {
    expect(pvDcW(900, 30, 100, -0.003)).toBeCloseTo(88.65, 10)
    expect(pvAcW(90, 100, 0.95)).toBeCloseTo(85.58556604752516, 11)
    expect(pvAcW(50, 100, 0.95)).toBeCloseTo(47.60843624, 8)
    expect(pvAcW(0, 100)).toBe(0)
  })

  test('behavior: nothing at night, whatever the season', () => {
    for (let day = 0; day < 365; day += 7) {
      const midnight = Date.UTC(2026, 0, 1 + day, 19) // local midnight
      expect(powerW(midnight)).toBe(0)
      expect(inverter(midnight)[1]!.value).toBe(0)
    }
  })

  test('behavior: a clear day is the same on both sides of solar noon', () => {
    const morning = Date.UTC(2026, 5, 21, 4)
    let noon = morning
    for (let minute = 0; minute < 300; minute++)
      if (sun(morning + minute * 60_000) > sun(noon)) noon = morning + minute * 60_000
    for (const hours of [1, 2, 4, 6]) {
      const before = powerW(noon - hours * HOUR_MS)
      const after = powerW(noon + hours * HOUR_MS)
      expect(Math.abs(before - after)).toBeLessThan(0.01 * powerW(noon))
    }
    expect(powerW(noon)).toBeGreaterThan(0.6 * 50_000)
    expect(powerW(noon)).toBeLessThanOrEqual(50_000 / 1.2)
  })

  test('behavior: July yields several times what December does', () => {
    const dayWh = (month: number): number =>
      Array.from({ length: 288 }, (_, i) => powerW(Date.UTC(2026, month, 21) + i * 300_000)).reduce(
        (a, b) => a + b,
        0,
      ) / 12
    expect(dayWh(6)).toBeGreaterThan(4 * dayWh(11))
  })
})
