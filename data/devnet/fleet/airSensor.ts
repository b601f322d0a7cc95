import { exp } from '../../../src/base/math/exp.ts'
import { cos } from '../../../src/base/math/trig.ts'
import { HOUR_MS, localTime } from './calendar.ts'
import { fieldAt, hashNormal, hashSigned } from './noise.ts'
import { type Readout, reading } from './reading.ts'
import type { Weather } from './weather.ts'

export interface AirSite {
  readonly xM: number
  readonly yM: number
  readonly traffic: number // 0 a park .. 1 beside a main road
}

// Assumptions, µg/m³: no seasonal mean of Astana was found that could be quoted. The order of magnitude leans on Almaty's
// winter mean of 94 (Tursumbayeva et al., Aerosol Air Qual. Res. 22, 210294, 2022), a city that lies worse for its air.
const WINTER_UGM3 = 42
const SUMMER_UGM3 = 9

const bump = (hour: number, peakH: number, widthH: number): number =>
  exp(-((hour - peakH) * (hour - peakH)) / (2 * widthH * widthH))

/** An air-quality sensor: fine dust with heating season, stagnant nights and rush hours, and the temperature beside it. */
export function createAirSensor(
  site: AirSite,
  seed: number,
  citySeed: number,
  weather: Weather,
  utcOffsetH: number,
): Readout {
  const calibration = 1 + 0.06 * hashSigned(seed, 61)
  const biasC = 0.4 * hashSigned(seed, 62)
  return (timeMs) => {
    const { dayOfYear, hour, dayType } = localTime(timeMs, utcOffsetH)
    const cold = 0.5 + 0.5 * cos((2 * Math.PI * (dayOfYear - 1 + hour / 24 - 17)) / 365.25)
    const background = SUMMER_UGM3 + (WINTER_UGM3 - SUMMER_UGM3) * cold * cold
    const stagnant = exp((0.35 + 0.45 * cold) * weather.stagnation(timeMs))
    const night = 1 + 0.25 * cold * cos((2 * Math.PI * (hour - 2)) / 24) // stoves burn, air stands still
    const rush = (dayType === 0 ? 1 : 0.45) * site.traffic * (0.45 * bump(hour, 8.7, 1.2) + 0.5 * bump(hour, 18.7, 1.6))
    const plume = exp(0.22 * fieldAt(citySeed, 63, site.xM / 1200 - timeMs / (2 * HOUR_MS), site.yM / 1200))
    const sample = 1 + 0.03 * hashNormal(seed, 64, Math.floor(timeMs / 10_000))
    const pm25 = background * stagnant * night * (1 + rush) * plume * calibration * sample
    return [
      reading(10, Math.max(0.5, pm25), -1),
      reading(11, weather.temperatureC(site.xM, site.yM, timeMs) + biasC, -1),
    ]
  }
}
