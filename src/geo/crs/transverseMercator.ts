import { atan2 } from '../../base/math/arc.ts'
import { exp } from '../../base/math/exp.ts'
import { log } from '../../base/math/log.ts'
import { cos, sin } from '../../base/math/trig.ts'
import { fromIsometric, RAD, WGS84 } from './ellipsoid.ts'

const sinh = (x: number): number => (exp(x) - exp(-x)) / 2
const cosh = (x: number): number => (exp(x) + exp(-x)) / 2

const F = 1 - Math.sqrt(1 - WGS84.e2)
const N = F / (2 - F)
const A = (WGS84.aM / (1 + N)) * (1 + (N * N) / 4 + (N * N * N * N) / 64)
/** Krüger's β to the third order in n: below a millimetre within a UTM zone. */
const BETA = [N / 2 - (2 / 3) * N * N + (37 / 96) * N * N * N, (N * N) / 48 + (N * N * N) / 15, (17 / 480) * N * N * N]

const SCALE = 0.9996
const EAST_M = 500_000
const SOUTH_M = 10_000_000

/**
 * UTM metres to degrees (the ellipsoids of WGS 84 and ETRS89 are a tenth of a millimetre apart).
 *
 * Source   Karney, Transverse Mercator with an accuracy of a few nanometers (2011), eq. 11 and 35, to third order
 */
export function utmToGeo(eastM: number, northM: number, zone: number, isSouth: boolean, out: Float64Array): void {
  const xi = (northM - (isSouth ? SOUTH_M : 0)) / (SCALE * A)
  const eta = (eastM - EAST_M) / (SCALE * A)
  let xiP = xi
  let etaP = eta
  for (let j = 1; j <= 3; j++) {
    xiP -= BETA[j - 1] * sin(2 * j * xi) * cosh(2 * j * eta)
    etaP -= BETA[j - 1] * cos(2 * j * xi) * sinh(2 * j * eta)
  }
  const sinChi = sin(xiP) / cosh(etaP)
  out[0] = fromIsometric(log((1 + sinChi) / (1 - sinChi)) / 2, WGS84.e2) / RAD
  out[1] = 6 * zone - 183 + atan2(sinh(etaP), cos(xiP)) / RAD
}
