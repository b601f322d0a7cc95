import { cos } from '../../base/math/trig.ts'
import type { GridToGeo } from './index.ts'

const METRES_PER_DEG = 111_320
const RAD = Math.PI / 180

/**
 * Degrees to metres of a national grid, by Newton's method on the way back; grids keep angles, so one scale of the
 * derivative, measured at the place, serves both axes.
 *
 * Writes   east and north in metres into `out`, NaN where the iteration does not settle
 */
export function geoToGrid(
  toGeo: GridToGeo,
  latDeg: number,
  lonDeg: number,
  out: Float64Array,
  near: Float64Array,
): void {
  const a = new Float64Array(2)
  const b = new Float64Array(2)
  let [e, n] = near
  const scale = METRES_PER_DEG * cos(latDeg * RAD)
  for (let i = 0; i < 40; i++) {
    toGeo(e, n, a)
    const dx = (lonDeg - a[1]) * scale
    const dy = (latDeg - a[0]) * METRES_PER_DEG
    if (dx * dx + dy * dy < 1e-8) {
      out[0] = e
      out[1] = n
      return
    }
    // how a step east on the grid lies on the ground
    toGeo(e + 10, n, b)
    const ux = ((b[1] - a[1]) * scale) / 10
    const uy = ((b[0] - a[0]) * METRES_PER_DEG) / 10
    const size = ux * ux + uy * uy
    e += (dx * ux + dy * uy) / size
    n += (dy * ux - dx * uy) / size
  }
  out[0] = NaN
  out[1] = NaN
}
