import { dayStartMs } from '../../base/calendar.ts'
import { exp } from '../../base/math/exp.ts'
import { pow } from '../../base/math/pow.ts'
import { cos, sin } from '../../base/math/trig.ts'
import { sunPosition } from '../../geo/sun.ts'
import { ASSET_FACTS } from './facts.ts'

const RAD = Math.PI / 180
const SOLAR_CONSTANT = 1361 // W/m², at one astronomical unit

/** Where and when the sun is asked for, and how much of the sky is covered. */
export interface Sky {
  readonly latDeg: number
  readonly lonDeg: number
  readonly utcOffsetH: number
  readonly year: number
  readonly dayOfYear: number
  readonly cloudCover: number // 0 clear … 1 overcast
}

/**
 * Irradiance on the horizontal under a clear sky.
 *
 * Units    cosine of the zenith; W/m²
 * Source   B. Haurwitz, Journal of Meteorology 2 (1945)
 */
export const clearSkyGhi = (cosZenith: number): number =>
  cosZenith > 0 ? 1098 * cosZenith * exp(-0.059 / cosZenith) : 0

/** What clouds leave of it. Source: F. Kasten, G. Czeplak, Solar Energy 24 (1980). */
const cloudFactor = (cover: number): number => 1 - 0.75 * pow(cover, 3.4)

/** Share of the irradiance that is diffuse, by how clear the sky is. Source: D. G. Erbs et al., Solar Energy 28 (1982). */
export function diffuseShare(clearness: number): number {
  const k = clearness
  if (k <= 0.22) return 1 - 0.09 * k
  if (k > 0.8) return 0.165
  return 0.9511 + k * (-0.1604 + k * (4.388 + k * (-16.638 + k * 12.336)))
}

/** DC power of modules. Source: PVWatts version 5, NREL/TP-6A20-62641 (2014). */
export const pvwattsDc = (irradiance: number, cellC: number, ratedW: number, gammaPerK: number): number =>
  (irradiance / 1000) * ratedW * (1 + gammaPerK * (cellC - 25))

/** AC power behind an inverter of the given rated DC power. Source: as above. */
export function pvwattsAc(dcW: number, ratedDcW: number, efficiency: number): number {
  if (dcW <= 0) return 0
  const share = dcW / ratedDcW
  const eta = (efficiency / 0.9637) * (-0.0162 * share - 0.0059 / share + 0.9858)
  return Math.min(Math.max(0, eta * dcW), efficiency * ratedDcW)
}

/** Air temperature by the season. A model of the climate, not of the weather. */
const airC = (dayOfYear: number): number =>
  ASSET_FACTS.airMeanC.value - ASSET_FACTS.airSwingC.value * cos((2 * Math.PI * (dayOfYear - 20)) / 365)

/**
 * AC power of a fixed array over a day, each step at its middle.
 *
 * Shapes   [steps]
 * Units    W per kWp
 */
export function pvDayWPerKwp(sky: Sky, steps: number): Float64Array {
  const power = new Float64Array(steps)
  const midnightMs = dayStartMs(sky.year, sky.dayOfYear) - sky.utcOffsetH * 3_600_000
  const tilt = ASSET_FACTS.pvTiltDeg.value * RAD
  const facing = sky.latDeg >= 0 ? Math.PI : 0
  for (let t = 0; t < steps; t++) {
    const sun = sunPosition(midnightMs + ((t + 0.5) / steps) * 86_400_000, sky.latDeg, sky.lonDeg)
    const up = cos(sun.zenithRad)
    if (up <= 0) continue
    const ghi = clearSkyGhi(up) * cloudFactor(sky.cloudCover)
    const beyond = (SOLAR_CONSTANT / (sun.distanceAu * sun.distanceAu)) * up
    const diffuse = ghi * diffuseShare(ghi / beyond)
    const beam = (ghi - diffuse) / Math.max(up, 0.0523) // the sun within 3° of the horizon would divide by nothing
    const incidence = up * cos(tilt) + sin(sun.zenithRad) * sin(tilt) * cos(sun.azimuthRad - facing)
    const onModule =
      beam * Math.max(0, incidence) +
      (diffuse * (1 + cos(tilt))) / 2 +
      (ghi * ASSET_FACTS.groundAlbedo.value * (1 - cos(tilt))) / 2
    const cellC = airC(sky.dayOfYear) + onModule * ASSET_FACTS.cellHeatKPerW.value
    const dc = pvwattsDc(onModule, cellC, 1000, ASSET_FACTS.pvGammaPerK.value) * (1 - ASSET_FACTS.pvLosses.value)
    power[t] = pvwattsAc(dc, 1000, ASSET_FACTS.inverterEfficiency.value)
  }
  return power
}

/** Yield of a year from every fifteenth day, in kWh per kWp. */
export function pvYearKwhPerKwp(sky: Omit<Sky, 'dayOfYear'>): number {
  const steps = 48
  let kwh = 0
  let days = 0
  for (let dayOfYear = 8; dayOfYear <= 365; dayOfYear += 15) {
    const day = pvDayWPerKwp({ ...sky, dayOfYear }, steps)
    kwh += day.reduce((sum, w) => sum + w, 0) * (24 / steps / 1000)
    days++
  }
  return (kwh * 365) / days
}
