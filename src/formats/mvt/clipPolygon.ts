import { combineRings } from '../../geo/polygon/combineRings.ts'
import { orientedRing, type Ring, ringArea } from '../../geo/polygon/ring.ts'

/** Inside of the polygon and of the square at once. */
const both = (winding: number): boolean => winding > 1

/** The part of a polygon that lies in its own tile: what a tile carries of its neighbours' margin they have too. */
export function clipPolygon(polygon: readonly Ring[], left: number, bottom: number, size: number): (readonly Ring[])[] {
  const right = left + size
  const top = bottom + size
  const [outer] = polygon
  const inside = outer!.every((v, i) => (i & 1 ? v >= bottom && v <= top : v >= left && v <= right))
  if (inside) return [polygon]
  const square = Float64Array.of(left, bottom, right, bottom, right, top, left, top)
  const rings = polygon.filter((ring) => ringArea(ring) !== 0).map((ring, k) => orientedRing(ring, k === 0))
  const regions = combineRings([square, ...rings], both) ?? []
  return regions.map((region) => [region.outer, ...region.holes])
}
