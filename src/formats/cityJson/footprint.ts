import { combineRings } from '../../geo/polygon/combineRings.ts'
import { orientedRing, type Region, type Ring, ringArea, withoutStraight } from '../../geo/polygon/ring.ts'
import { facingOf, type Surface } from './surfaces.ts'
import type { Vertices } from './vertices.ts'

/** Twice an area in mm² below which a surface stands upright and covers no ground. */
const UPRIGHT = 2000

const covered = (winding: number): boolean => winding > 0

/**
 * The ground under surfaces: of those said to be ground, else of those that face up, else of those that face down,
 * united. Corners that triangulation left on straight edges go.
 *
 * Returns  regions in millimetres of the grid; null when the figure is too tangled
 */
export function footprintOf(surfaces: readonly Surface[], vertices: Vertices): readonly Region[] | null {
  const ground = surfaces.filter(({ type }) => type === 'GroundSurface')
  const facing = surfaces.map((surface) => facingOf(surface, vertices))
  const up = surfaces.filter((_, i) => facing[i]! > UPRIGHT)
  const down = surfaces.filter((_, i) => facing[i]! < -UPRIGHT)
  for (const choice of [ground, up, down]) {
    const regions = unite(choice, vertices)
    if (regions === null || regions.length > 0) return regions
  }
  return []
}

function unite(surfaces: readonly Surface[], vertices: Vertices): readonly Region[] | null {
  const rings: Ring[] = []
  for (const surface of surfaces) {
    for (const [k, indices] of surface.rings.entries()) {
      const ring = new Float64Array(2 * indices.length)
      for (const [i, v] of indices.entries()) {
        ring[2 * i] = vertices.x(v)
        ring[2 * i + 1] = vertices.y(v)
      }
      if (ringArea(ring) !== 0) rings.push(orientedRing(ring, k === 0))
    }
  }
  const regions = combineRings(rings, covered)
  if (regions === null) return null
  const kept: Region[] = []
  for (const { outer, holes } of regions) {
    const smooth = withoutStraight(outer, 1)
    if (smooth.length < 6) continue
    kept.push({ outer: smooth, holes: holes.map((hole) => withoutStraight(hole, 1)).filter((h) => h.length >= 6) })
  }
  return kept
}
