import { atan2 } from '../../base/math/arc.ts'
import { exp } from '../../base/math/exp.ts'
import { log } from '../../base/math/log.ts'
import { cos, sin } from '../../base/math/trig.ts'
import { fromIsometric, GRS80, isometric, RAD } from './ellipsoid.ts'

/** A Lambert conformal conic with two standard parallels, on GRS 1980. Degrees and metres. */
export interface Lambert {
  readonly latDeg: number
  readonly lonDeg: number
  readonly southDeg: number
  readonly northDeg: number
  readonly eastM: number
  readonly northM: number
}

/** Source: EPSG Guidance Note 7-2, method 9802 */
export function lambertToGeo(eastM: number, northM: number, grid: Lambert, out: Float64Array): void {
  const { aM, e2 } = GRS80
  const m = (lat: number): number => cos(lat) / Math.sqrt(1 - e2 * sin(lat) * sin(lat))
  const [phi1, phi2] = [grid.southDeg * RAD, grid.northDeg * RAD]
  const [psi0, psi1, psi2] = [isometric(grid.latDeg * RAD, e2), isometric(phi1, e2), isometric(phi2, e2)]
  const n = (log(m(phi1)) - log(m(phi2))) / (psi2 - psi1)
  const f = (aM * m(phi1) * exp(n * psi1)) / n
  const y = f * exp(-n * psi0) - (northM - grid.northM)
  const x = eastM - grid.eastM
  out[0] = fromIsometric(log(f / Math.sqrt(x * x + y * y)) / n, e2) / RAD
  out[1] = grid.lonDeg + atan2(x, y) / n / RAD
}
