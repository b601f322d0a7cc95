import { createEdges, edgesOf } from './crossings.ts'
import { linkRings } from './linkRings.ts'
import { type Region, type Ring, ringArea } from './ring.ts'
import { splitEdges } from './splitEdges.ts'
import { createWinding } from './winding.ts'

/**
 * Combines rings by their winding number: where `isInside(winding)` holds is inside the result.
 * Counter-clockwise rings add one, clockwise ones take one off, so this one function unites pieces (w > 0),
 * cuts holes (w > 0), mends rings that cross themselves (w ≠ 0) and subtracts (the subtrahend run clockwise, w > 0).
 *
 * Shapes   coordinates are whole numbers; crossing points are rounded to whole numbers
 * Returns  regions with outer ring counter-clockwise and holes clockwise; null when the figure is too tangled to be real
 * Cost     about O(n log n) for outlines of real things; bounded by a budget for anything else
 */
export function combineRings(rings: readonly Ring[], isInside: (winding: number) => boolean): Region[] | null {
  const first = rings.find((ring) => ring.length > 0)
  if (!first) return []
  const [ox, oy] = first
  // near the origin, so that products of coordinates stay exact
  const shifted = rings.map((ring) => ring.map((v, i) => Math.round(v - (i & 1 ? oy : ox))))
  const split = splitEdges(edgesOf(shifted))
  if (!split) return null
  const kept = createEdges()
  const net = mergeTwins(split.ax, split.ay, split.bx, split.by)
  const { ax, ay, bx, by } = net.edges
  const winding = createWinding(net.edges, net.count)
  for (let i = 0; i < ax.length; i++) {
    let left: number
    if (ay[i] === by[i]) {
      const above = winding.above(i)
      left = bx[i] > ax[i] ? above : above + net.count[i]
    } else {
      const right = winding.rightOf(i)
      left = by[i] > ay[i] ? right + net.count[i] : right
    }
    const insideLeft = isInside(left)
    if (insideLeft === isInside(left - net.count[i])) continue
    const [from, to] = insideLeft ? ([0, 1] as const) : ([1, 0] as const)
    const xs = [ax[i], bx[i]]
    const ys = [ay[i], by[i]]
    kept.ax.push(xs[from])
    kept.ay.push(ys[from])
    kept.bx.push(xs[to])
    kept.by.push(ys[to])
  }
  const placed = linkRings(kept).map((ring) => ring.map((v, i) => v + (i & 1 ? oy : ox)))
  return nestRings(placed)
}

/** One edge for each pair of points, with how many times it runs that way (less how often the other way); none for zero. */
function mergeTwins(ax: number[], ay: number[], bx: number[], by: number[]) {
  const at = new Map<string, number>()
  const edges = createEdges()
  const count: number[] = []
  for (let i = 0; i < ax.length; i++) {
    const forward = ax[i] < bx[i] || (ax[i] === bx[i] && ay[i] < by[i])
    const key = forward ? `${ax[i]},${ay[i]},${bx[i]},${by[i]}` : `${bx[i]},${by[i]},${ax[i]},${ay[i]}`
    const known = at.get(key)
    if (known !== undefined) {
      count[known] += forward ? 1 : -1
      continue
    }
    at.set(key, count.length)
    count.push(forward ? 1 : -1)
    edges.ax.push(forward ? ax[i] : bx[i])
    edges.ay.push(forward ? ay[i] : by[i])
    edges.bx.push(forward ? bx[i] : ax[i])
    edges.by.push(forward ? by[i] : ay[i])
  }
  const live = createEdges()
  const liveCount: number[] = []
  for (let i = 0; i < count.length; i++) {
    if (count[i] === 0) continue
    live.ax.push(edges.ax[i])
    live.ay.push(edges.ay[i])
    live.bx.push(edges.bx[i])
    live.by.push(edges.by[i])
    liveCount.push(count[i])
  }
  return { edges: live, count: liveCount }
}

/** Sorts simple rings into regions: each hole goes to the smallest outer ring around it. */
function nestRings(rings: readonly Ring[]): Region[] {
  const outers: { outer: Ring; holes: Ring[]; area: number }[] = []
  const holes: Ring[] = []
  for (const ring of rings) {
    const area = ringArea(ring)
    if (area > 0) outers.push({ outer: ring, holes: [], area })
    else if (area < 0) holes.push(ring)
  }
  outers.sort((a, b) => a.area - b.area)
  for (const hole of holes) {
    const home = outers.length === 1 ? outers[0] : outers.find(({ outer }) => isRingInside(outer, hole))
    home?.holes.push(hole)
  }
  return outers.reverse()
}

/** Whether a ring lies inside another that it does not cross; they may touch in vertices. */
function isRingInside(outer: Ring, inner: Ring): boolean {
  for (let i = 0; i < inner.length; i += 2) {
    const place = placeInRing(outer, inner[i], inner[i + 1])
    if (place !== 0) return place > 0
  }
  const n = inner.length
  return placeInRing(outer, (inner[0] + inner[2 % n]) / 2, (inner[1] + inner[3 % n]) / 2) >= 0
}

/** 1 inside, 0 on the ring, -1 outside. */
export function placeInRing(ring: Ring, x: number, y: number): -1 | 0 | 1 {
  let inside = false
  const n = ring.length
  for (let i = 0, j = n - 2; i < n; j = i, i += 2) {
    const ax = ring[j]
    const ay = ring[j + 1]
    const bx = ring[i]
    const by = ring[i + 1]
    const cross = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
    if (cross === 0 && Math.min(ax, bx) <= x && x <= Math.max(ax, bx) && Math.min(ay, by) <= y && y <= Math.max(ay, by))
      return 0
    if (ay > y !== by > y && cross > 0 === by > ay) inside = !inside
  }
  return inside ? 1 : -1
}
