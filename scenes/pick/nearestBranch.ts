import type { GridMap } from '../../src/model/grid.ts'

/** Distance of a point from a segment, squared. */
function distance2(px: number, py: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax
  const dy = by - ay
  const length2 = dx * dx + dy * dy
  const t = length2 > 0 ? Math.min(Math.max(((px - ax) * dx + (py - ay) * dy) / length2, 0), 1) : 0
  return (px - ax - t * dx) ** 2 + (py - ay - t * dy) ** 2
}

/** The drawn branch nearest to a point on the ground, within a reach in metres; -1 when none is. Cost: one pass over all segments. */
export function nearestBranch(map: GridMap, xM: number, yM: number, reachM: number): number {
  let best = -1
  let best2 = reachM * reachM
  for (let b = 0; b < map.branchCount; b++) {
    for (let k = map.pathStart[b]!; k < map.pathStart[b + 1]! - 1; k++) {
      const ax = map.pathXM[k]!
      // most segments are far away: two comparisons settle them
      if (Math.abs(ax - xM) > 2000) continue
      const d2 = distance2(xM, yM, ax, map.pathYM[k]!, map.pathXM[k + 1]!, map.pathYM[k + 1]!)
      if (d2 < best2) {
        best2 = d2
        best = b
      }
    }
  }
  return best
}
