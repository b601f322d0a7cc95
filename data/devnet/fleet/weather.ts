import { exp } from '../../../src/base/math/exp.ts'
import { pow } from '../../../src/base/math/pow.ts'
import { cos, sin } from '../../../src/base/math/trig.ts'
import { HOUR_MS, localTime } from './calendar.ts'
import { fieldAt, waveAt } from './noise.ts'

/** The weather of a fleet: one sky for all its devices, so that neighbours see the same cloud. Everything here is modelled. */
export interface Weather {
  /** Sine of the sun's elevation at the city's origin; negative at night. */
  sunSine(timeMs: number): number
  /** Share of the sky that is clouded over a place, 0 .. 1. */
  cloudCover(xM: number, yM: number, timeMs: number): number
  /** Global horizontal irradiance over a place, W/m². */
  irradianceWm2(xM: number, yM: number, timeMs: number): number
  /** Air temperature at a place, °C. */
  temperatureC(xM: number, yM: number, timeMs: number): number
  /** How stagnant the air is, -1 windy .. 1 inversion. */
  stagnation(timeMs: number): number
}

/**
 * Climate of the year: a cosine through the coldest and the warmest month's mean.
 *
 * Source   Astana: January -15.2 °C, July 20.9 °C (nursultancb.com, "Climate and weather", read 2026; grade press).
 *          Another city needs its own two numbers; without them these are assumed.
 */
export interface Climate {
  readonly januaryC: number
  readonly julyC: number
}

const ASTANA_CLIMATE: Climate = { januaryC: -15.2, julyC: 20.9 }

// assumptions: fair-weather cumulus of about 2.5 km drifting at 8 m/s, so that a shadow takes minutes to pass
const CLOUD_M = 2_500
const WIND_EAST_MS = 7.5
const WIND_NORTH_MS = 2.8

/** Haurwitz, J. Meteorology 2, 1945: clear-sky irradiance on the horizontal, W/m², from the sine of the sun's elevation. */
export const clearSkyWm2 = (sunSine: number): number => (sunSine <= 0 ? 0 : 1098 * sunSine * exp(-0.059 / sunSine))

/** Kasten & Czeplak, Solar Energy 24, 1980: what a cloud cover of 0 .. 1 lets through. */
export const cloudTransmission = (cover: number): number => 1 - 0.75 * pow(cover, 3.4)

const MINUTE_MS = 60_000
const KEPT_MINUTES = 4_096

/**
 * A sun that is asked for thousands of times: worked out for whole minutes only and drawn straight in between,
 * which is off by at most 3e-6 of its sine. Remembers minutes, not state: the answer does not depend on what was asked.
 */
export function sampleSun(exactSine: (timeMs: number) => number): (timeMs: number) => number {
  const known = new Map<number, number>()
  const atMinute = (minute: number): number => {
    let sine = known.get(minute)
    if (sine === undefined) {
      if (known.size >= KEPT_MINUTES) known.clear()
      sine = exactSine(minute * MINUTE_MS)
      known.set(minute, sine)
    }
    return sine
  }
  return (timeMs) => {
    const minute = Math.floor(timeMs / MINUTE_MS)
    const from = atMinute(minute)
    return from + (atMinute(minute + 1) - from) * (timeMs / MINUTE_MS - minute)
  }
}

/** Creates the weather over a city. `sunSine` is the sine of the sun's elevation at a moment. */
export function createWeather(
  seed: number,
  utcOffsetH: number,
  sunSine: (timeMs: number) => number,
  climate: Climate = ASTANA_CLIMATE,
): Weather {
  const meanC = (climate.januaryC + climate.julyC) / 2
  const swingC = (climate.julyC - climate.januaryC) / 2
  const cloudCover = (xM: number, yM: number, timeMs: number): number => {
    const hours = timeMs / HOUR_MS
    const outlook = 0.7 * waveAt(seed, 11, hours / 31) + 0.3 * waveAt(seed, 12, hours / 5)
    const eastM = xM - WIND_EAST_MS * (timeMs / 1000)
    const northM = yM - WIND_NORTH_MS * (timeMs / 1000)
    const detail =
      0.7 * fieldAt(seed, 13, eastM / CLOUD_M, northM / CLOUD_M) +
      0.3 * fieldAt(seed, 14, (2.3 * eastM) / CLOUD_M, (2.3 * northM) / CLOUD_M)
    // steep in between: a place is under a cloud or beside it
    return Math.min(1, Math.max(0, 0.42 + 0.75 * outlook + 0.8 * detail * (1 - 0.6 * Math.abs(outlook))))
  }
  return {
    sunSine,
    cloudCover,
    irradianceWm2: (xM, yM, timeMs) => clearSkyWm2(sunSine(timeMs)) * cloudTransmission(cloudCover(xM, yM, timeMs)),
    temperatureC(xM, yM, timeMs) {
      const { dayOfYear, hour } = localTime(timeMs, utcOffsetH)
      const fraction = dayOfYear - 1 + hour / 24
      const season = -cos((2 * Math.PI * (fraction - 17)) / 365.25)
      const day = (5.5 + 1.5 * season) * sin((2 * Math.PI * (hour - 9)) / 24) // warmest at 15 h
      const front = 6.5 * waveAt(seed, 15, timeMs / (70 * HOUR_MS))
      return meanC + swingC * season + day + front + 0.6 * fieldAt(seed, 16, xM / 1500, yM / 1500)
    },
    stagnation: (timeMs) => waveAt(seed, 17, timeMs / (40 * HOUR_MS)),
  }
}
