import type { Steps } from '../../base/steps.ts'
import type { City } from '../../model/city.ts'
import { isDrawn } from './solid.ts'

/** A share of the city's buildings that lie together. */
export interface Share {
  readonly buildings: Uint32Array // ascending
  readonly triangles: number // about
}

/** A chunk of fewer triangles than this is not worth a draw call of its own. */
const MIN_TRIANGLES = 4000

/** Wider than this a chunk's places do not fit into 16 bits (and their rests). */
const MAX_WIDTH_M = 60_000

/**
 * Divides the drawn buildings into shares that lie together and weigh about the same: always across the longer side,
 * so that either half gets the triangles of the shares it will be cut into. The share nearest to the origin comes first.
 *
 * Cost     O(n log² n)
 */
export function* divideBuildings(city: City, maxShares: number): Steps<Share[]> {
  const { buildings } = city
  const drawn: number[] = []
  const weight = new Float64Array(buildings.count)
  let total = 0
  for (let b = 0; b < buildings.count; b++) {
    if (!isDrawn(city, b)) continue
    drawn.push(b)
    weight[b] = trianglesOf(city, b)
    total += weight[b]
  }
  if (drawn.length === 0) return []
  const wanted = Math.max(1, Math.min(maxShares, Math.ceil(total / MIN_TRIANGLES)))
  const shares: Share[] = []
  function* cut(items: number[], parts: number): Steps<void> {
    yield shares.length / wanted
    const [width, depth] = sizeOf(city, items)
    if (parts <= 1 && (Math.max(width, depth) < MAX_WIDTH_M || items.length === 1)) {
      shares.push({
        buildings: Uint32Array.from(items).sort(),
        triangles: items.reduce((sum, b) => sum + weight[b], 0),
      })
      return
    }
    const column = width > depth ? buildings.centreXM : buildings.centreYM
    items.sort((a, b) => column[a] - column[b] || a - b)
    const first = Math.max(1, parts >> 1)
    const goal = (items.reduce((sum, b) => sum + weight[b], 0) * first) / Math.max(2, parts)
    let at = 0
    for (let sum = 0; at < items.length - 1 && sum < goal; at++) sum += weight[items[at]]
    yield* cut(items.slice(0, Math.max(1, at)), first)
    if (at < items.length) yield* cut(items.slice(Math.max(1, at)), Math.max(1, parts - first))
  }
  yield* cut(drawn, wanted)
  const distance = new Map(shares.map((share) => [share, nearest(city, share.buildings)]))
  return shares.sort((a, b) => distance.get(a)! - distance.get(b)!)
}

/** Two for each wall, one for each corner of the roof: right for outlines without holes. */
function trianglesOf({ buildings }: City, building: number): number {
  const { polygons, polygonStart } = buildings
  const first = polygons.rings.start[polygons.start[polygonStart[building]]]
  const last = polygons.rings.start[polygons.start[polygonStart[building + 1]]]
  return 3 * (last - first)
}

function sizeOf({ buildings }: City, items: readonly number[]): [number, number] {
  let minX = Infinity
  let minY = Infinity
  let maxX = -Infinity
  let maxY = -Infinity
  for (const b of items) {
    minX = Math.min(minX, buildings.centreXM[b])
    maxX = Math.max(maxX, buildings.centreXM[b])
    minY = Math.min(minY, buildings.centreYM[b])
    maxY = Math.max(maxY, buildings.centreYM[b])
  }
  return [maxX - minX, maxY - minY]
}

/** Squared distance of the nearest building's centre to the origin. */
function nearest({ buildings }: City, items: Uint32Array): number {
  let best = Infinity
  for (const b of items) {
    const x = buildings.centreXM[b]
    const y = buildings.centreYM[b]
    best = Math.min(best, x * x + y * y)
  }
  return best
}
