import type { City } from '../../model/city.ts'
import { isInside } from './insidePolygons.ts'

/** A ray in local metres: east, north, up. The direction need not have length one. */
export interface LocalRay {
  readonly ox: number
  readonly oy: number
  readonly oUp: number
  readonly dx: number
  readonly dy: number
  readonly dUp: number
}

export const ROOF = 1
export const WALL = 2
export const UNDERSIDE = 3
type HitFace = typeof ROOF | typeof WALL | typeof UNDERSIDE

export interface RayHit {
  t: number // along the direction
  face: HitFace
}

/**
 * Where a ray first enters a building that stands as an upright solid on its outline; holes are open to the sky.
 * Faces seen from inside do not count, as they are not drawn.
 *
 * Writes   `hit`, when there is one before `hit.t`
 * Returns  whether there is
 */
export function hitPrism(city: City, building: number, ray: LocalRay, hit: RayHit): boolean {
  const { polygonStart, polygons, heightM, minHeightM } = city.buildings
  const { ox, oy, oUp, dx, dy, dUp } = ray
  const first = polygonStart[building]
  const end = polygonStart[building + 1]
  const top = heightM[building]
  const bottom = minHeightM[building]
  let found = false

  // roof from above, underside from below
  if (dUp !== 0) {
    const t = ((dUp < 0 ? top : bottom) - oUp) / dUp
    if (t >= 0 && t < hit.t && (dUp < 0 || bottom > 0) && isInside(polygons, first, end, ox + t * dx, oy + t * dy)) {
      hit.t = t
      hit.face = dUp < 0 ? ROOF : UNDERSIDE
      found = true
    }
  }
  const { start, xM, yM } = polygons.rings
  for (let r = polygons.start[first]; r < polygons.start[end]; r++) {
    const stop = start[r + 1]
    for (let v = start[r], w = stop - 1; v < stop; w = v, v++) {
      const ex = xM[v] - xM[w]
      const ey = yM[v] - yM[w]
      // the wall faces right of its edge: a ray that enters runs from right to left of it
      const across = ex * dy - ey * dx
      if (across <= 0) continue
      const ax = xM[w] - ox
      const ay = yM[w] - oy
      const t = (ex * ay - ey * ax) / across
      if (t < 0 || t >= hit.t) continue
      const along = (dx * ay - dy * ax) / across
      if (along < 0 || along > 1) continue
      const up = oUp + t * dUp
      if (up < bottom || up > top) continue
      hit.t = t
      hit.face = WALL
      found = true
    }
  }
  return found
}
