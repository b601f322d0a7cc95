import earcut from 'earcut'
import { side } from '../../geo/polygon/crossings.ts'
import type { Region } from '../../geo/polygon/ring.ts'

/** A polygon cut into triangles: all its vertices (outer ring, then holes) and counter-clockwise triples of them. */
export interface Triangulation {
  readonly xy: Float64Array // [vertices, 2]
  readonly ringStart: readonly number[] // [rings + 1] first vertex of each ring, and the end
  readonly triangles: readonly number[]
}

/**
 * Cuts a polygon into triangles whose outer edges are exactly the polygon's own. Ear clipping drops vertices that lie
 * straight between two others once holes are bridged; where that happened the triangle beside is split there, so that
 * roof and walls meet in every vertex.
 *
 * Shapes   whole coordinates, outer ring counter-clockwise, holes clockwise, no straight vertices
 * Cost     about O(n log n)
 */
export function triangulate({ outer, holes }: Region): Triangulation {
  const rings = [outer, ...holes]
  const total = rings.reduce((n, ring) => n + ring.length, 0)
  const xy = new Float64Array(total)
  const ringStart = [0]
  const holeStart: number[] = []
  let at = 0
  for (const ring of rings) {
    if (at > 0) holeStart.push(at / 2)
    // near zero, so that products are exact
    for (let i = 0; i < ring.length; i += 2) {
      xy[at + i] = ring[i] - outer[0]
      xy[at + i + 1] = ring[i + 1] - outer[1]
    }
    at += ring.length
    ringStart.push(at / 2)
  }
  const triangles = earcut(xy, holeStart)
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [triangles[t], triangles[t + 1], triangles[t + 2]]
    if (turn(xy, a, b, c) < 0) {
      triangles[t + 1] = c
      triangles[t + 2] = b
    }
  }
  // so many triangles has a polygon of so many vertices; fewer mean that a vertex was passed over
  if (triangles.length !== 3 * (total / 2 - 2 + 2 * holes.length)) closeGaps(xy, ringStart, triangles)
  for (let i = 0; i < total; i += 2) {
    xy[i] += outer[0]
    xy[i + 1] += outer[1]
  }
  return { xy, ringStart, triangles }
}

const turn = (xy: Float64Array, a: number, b: number, c: number): number =>
  side(xy[2 * a], xy[2 * a + 1], xy[2 * b], xy[2 * b + 1], xy[2 * c], xy[2 * c + 1])

/** Vertices and edges that may be looked at to close the gaps of one polygon. */
const GAP_BUDGET = 30_000_000

/** Splits triangles at vertices that lie on their edges, until every edge has its partner or is the polygon's own. */
function closeGaps(xy: Float64Array, ringStart: readonly number[], triangles: number[]): void {
  const n = xy.length / 2
  // where a hole touches a ring two vertices share a place: edges are told apart by place
  const place = new Map<string, number>()
  const same = new Int32Array(n)
  for (let v = 0; v < n; v++) {
    const key = `${xy[2 * v]},${xy[2 * v + 1]}`
    same[v] = place.get(key) ?? v
    if (same[v] === v) place.set(key, v)
  }
  // what is left open when the budget runs out is a hairline on a flat roof
  for (let budget = GAP_BUDGET; budget > 0; budget -= triangles.length) {
    // of a long edge against two short ones it is the long one that has a vertex to be split at
    let split = false
    for (const loose of findLooseEdges(same, ringStart, triangles)) {
      const t = loose - (loose % 3)
      const a = triangles[loose]
      const b = triangles[t + ((loose + 1) % 3)]
      const c = triangles[t + ((loose + 2) % 3)]
      const v = nearestBetween(xy, a, b)
      budget -= n
      if (v < 0) continue
      triangles[t] = a
      triangles[t + 1] = v
      triangles[t + 2] = c
      triangles.push(v, b, c)
      split = true
      break
    }
    if (!split) return
  }
}

/**
 * The places in `triangles` where edges start that outweigh their partners: edges run the other way by neighbours, or
 * run along by the boundary. None when all is well.
 */
function findLooseEdges(same: Int32Array, ringStart: readonly number[], triangles: readonly number[]): number[] {
  const n = same.length
  const net = new Map<number, number>()
  const add = (from: number, to: number): void => {
    const [a, b] = [same[from], same[to]]
    const key = a < b ? a * n + b : b * n + a
    net.set(key, (net.get(key) ?? 0) + (a < b ? 1 : -1))
  }
  for (let r = 0; r + 1 < ringStart.length; r++) {
    for (let v = ringStart[r]; v < ringStart[r + 1]; v++) add(v + 1 < ringStart[r + 1] ? v + 1 : ringStart[r], v)
  }
  for (let k = 0; k < triangles.length; k++) add(triangles[k], triangles[k - (k % 3) + ((k + 1) % 3)])
  const loose: number[] = []
  for (let k = 0; k < triangles.length; k++) {
    const a = same[triangles[k]]
    const b = same[triangles[k - (k % 3) + ((k + 1) % 3)]]
    const weight = net.get(a < b ? a * n + b : b * n + a) ?? 0
    if (a < b ? weight > 0 : weight < 0) loose.push(k)
  }
  return loose
}

/** The vertex strictly between a and b that lies nearest to a; -1 when there is none. */
function nearestBetween(xy: Float64Array, a: number, b: number): number {
  const dx = xy[2 * b] - xy[2 * a]
  const dy = xy[2 * b + 1] - xy[2 * a + 1]
  const length2 = dx * dx + dy * dy
  let best = -1
  let bestAt = Infinity
  for (let v = 0; v < xy.length / 2; v++) {
    if (turn(xy, a, b, v) !== 0) continue
    const along = (xy[2 * v] - xy[2 * a]) * dx + (xy[2 * v + 1] - xy[2 * a + 1]) * dy
    if (along > 0 && along < length2 && along < bestAt) {
      best = v
      bestAt = along
    }
  }
  return best
}
