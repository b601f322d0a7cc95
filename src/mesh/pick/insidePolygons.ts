import type { Polygons } from '../../model/city.ts'

/** Whether a point lies in a feature's polygons: an odd number of edges of outer rings and holes lies east of it. */
export function isInside(
  polygons: Polygons,
  firstPolygon: number,
  endPolygon: number,
  xM: number,
  yM: number,
): boolean {
  const { start, xM: xs, yM: ys } = polygons.rings
  let inside = false
  for (let r = polygons.start[firstPolygon]; r < polygons.start[endPolygon]; r++) {
    const end = start[r + 1]
    for (let v = start[r], w = end - 1; v < end; w = v, v++) {
      const ay = ys[w]
      const by = ys[v]
      if (ay > yM === by > yM) continue
      const ax = xs[w]
      const bx = xs[v]
      const left = (bx - ax) * (yM - ay) - (by - ay) * (xM - ax) > 0
      if (left === by > ay) inside = !inside
    }
  }
  return inside
}
