import { asin, atan2 } from '../../base/math/arc.ts'
import { log } from '../../base/math/log.ts'
import { cos, sin } from '../../base/math/trig.ts'
import { BESSEL, type DatumShift, fromIsometric, isometric, RAD, shiftToWgs84 } from './ellipsoid.ts'

/** Amersfoort / RD New, EPSG 28992. */
const LAT_0 = (52 + 9 / 60 + 22.178 / 3600) * RAD
const LON_0 = (5 + 23 / 60 + 15.5 / 3600) * RAD
const SCALE = 0.9999079
const EAST_M = 155_000
const NORTH_M = 463_000
/** EPSG 15934 turned to position vectors; 0.5 m against the official grid. */
const TO_WGS84: DatumShift = [
  565.4171, 50.3319, 465.5524, -0.398957388243134, 0.343987817378283, -1.87740163998045, 4.0725,
]

const { aM, e2 } = BESSEL
const w2 = 1 - e2 * sin(LAT_0) * sin(LAT_0)
const R = aM * Math.sqrt((1 - e2) / (w2 * w2)) // √(ρ ν)
const N = Math.sqrt(1 + (e2 * cos(LAT_0) * cos(LAT_0) * cos(LAT_0) * cos(LAT_0)) / (1 - e2))
const SIN_CHI = sin(LAT_0) / N // of the conformal latitude of the origin, as RD takes it: equal on sphere and ellipsoid
const CHI_0 = asin(SIN_CHI)
const SHIFT = log((1 + SIN_CHI) / (1 - SIN_CHI)) / 2 - N * isometric(LAT_0, e2)

/**
 * Dutch metres to degrees.
 *
 * Source   EPSG Guidance Note 7-2, method 9809 (oblique stereographic), on the Gauss sphere
 */
export function rdNewToGeo(eastM: number, northM: number, out: Float64Array): void {
  const x = (eastM - EAST_M) / SCALE
  const y = (northM - NORTH_M) / SCALE
  const rho = Math.sqrt(x * x + y * y)
  const angle = 2 * atan2(rho, 2 * R)
  const chi = rho === 0 ? CHI_0 : asin(cos(angle) * SIN_CHI + (y * sin(angle) * cos(CHI_0)) / rho)
  const dLon = atan2(x * sin(angle), rho * cos(CHI_0) * cos(angle) - y * SIN_CHI * sin(angle))
  const q = log((1 + sin(chi)) / (1 - sin(chi))) / 2
  shiftToWgs84(fromIsometric((q - SHIFT) / N, e2), LON_0 + dLon / N, BESSEL, TO_WGS84, out)
}
