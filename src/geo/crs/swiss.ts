import { asin, atan, atan2 } from '../../base/math/arc.ts'
import { exp } from '../../base/math/exp.ts'
import { log } from '../../base/math/log.ts'
import { cos, sin } from '../../base/math/trig.ts'
import { BESSEL, type DatumShift, fromIsometric, isometric, RAD, shiftToWgs84 } from './ellipsoid.ts'

/** Bern, the origin of the Swiss grid. */
const LAT_0 = (46 + 57 / 60 + 8.66 / 3600) * RAD
const LON_0 = (7 + 26 / 60 + 22.5 / 3600) * RAD
const TO_WGS84: DatumShift = [674.374, 15.056, 405.346, 0, 0, 0, 0]

const { aM, e2 } = BESSEL
const R = (aM * Math.sqrt(1 - e2)) / (1 - e2 * sin(LAT_0) * sin(LAT_0))
const ALPHA = Math.sqrt(1 + (e2 / (1 - e2)) * cos(LAT_0) * cos(LAT_0) * cos(LAT_0) * cos(LAT_0))
const B_0 = asin(sin(LAT_0) / ALPHA)
const K = isometric(B_0, 0) - ALPHA * isometric(LAT_0, e2)

/**
 * Swiss metres to degrees; `falseEastM` and `falseNorthM` tell LV95 (2,600,000 and 1,200,000) from LV03.
 *
 * Source   swisstopo, Formulas and constants for the calculation of the Swiss conformal cylindrical projection (2016), 3
 */
export function swissToGeo(
  eastM: number,
  northM: number,
  falseEastM: number,
  falseNorthM: number,
  out: Float64Array,
): void {
  const lBar = (eastM - falseEastM) / R
  const bBar = 2 * (atan(exp((northM - falseNorthM) / R)) - Math.PI / 4)
  const b = asin(cos(B_0) * sin(bBar) + sin(B_0) * cos(bBar) * cos(lBar))
  const l = atan2(sin(lBar) * cos(bBar), cos(B_0) * cos(lBar) * cos(bBar) - sin(B_0) * sin(bBar))
  const psi = (log((1 + sin(b)) / (1 - sin(b))) / 2 - K) / ALPHA
  shiftToWgs84(fromIsometric(psi, e2), LON_0 + l / ALPHA, BESSEL, TO_WGS84, out)
}
