import type { Region, Ring } from '../../geo/polygon/ring.ts'
import { createWavefront, EPS, type Wave, type Wavefront } from './wavefront.ts'

/** A straight skeleton as faces: one for each edge of the polygon, whose corners are nodes. */
export interface Skeleton {
  readonly x: readonly number[] // [nodes] the polygon's corners first, then those of the skeleton
  readonly y: readonly number[]
  readonly depth: readonly number[] // [nodes] how far from the edges; 0 at the corners
  readonly rings: readonly (readonly number[])[] // corners of the polygon as nodes, outer ring first
  /** For each edge its face, counter-clockwise; the first two nodes are the edge's own ends. */
  readonly faces: readonly (readonly number[])[]
  readonly edgeStart: readonly number[] // [edges] node where each edge starts
}

/** Outlines with more corners than this are no houses. */
const MAX_CORNERS = 160

/**
 * The straight skeleton of a polygon with holes: all edges move inwards at the same speed; where one shrinks to nothing
 * or a corner runs into another edge the figure changes, until nothing is left. Events are looked for in full each
 * time, which for the corners of a house costs less than a clever queue and has no cases of its own.
 *
 * Shapes   outer ring counter-clockwise, holes clockwise, no straight or repeated corners
 * Returns  null when the faces do not come out whole: then the caller draws a simpler roof
 * Cost     O(n³) for n corners
 * Source   Aichholzer, Aurenhammer, Alberts & Gärtner 1995, A novel type of skeleton for polygons
 */
export function straightSkeleton({ outer, holes }: Region): Skeleton | null {
  const rings = [outer, ...holes]
  const corners = rings.reduce((n, ring) => n + ring.length / 2, 0)
  if (corners > MAX_CORNERS) return null
  const front = createWavefront(rings)
  for (let rounds = 20 * corners; front.live.size > 0; rounds--) {
    if (rounds === 0 || !advance(front)) return null
  }
  return facesOf(front, rings)
}

/** Finds the next event and carries it out. False when there is none, which cannot be. */
function advance(front: Wavefront): boolean {
  const { live, now } = front
  let best = Infinity
  let folding: Wave | null = null
  let splitting: Wave | null = null
  let struck: Wave | null = null
  for (const wave of live) {
    const at = front.collapseTime(wave)
    if (at < best - EPS || (at < best + EPS && splitting !== null)) {
      best = Math.min(best, at)
      folding = wave
      splitting = null
    }
    if (!front.isReflex(wave)) continue
    for (const edge of live) {
      const hit = front.strikeTime(wave, edge)
      if (hit < best - EPS) {
        best = hit
        folding = null
        splitting = wave
        struck = edge
      }
    }
  }
  if (best === Infinity) return false
  front.moveTo(Math.max(now, best))
  if (folding) front.collapse(folding)
  else front.split(splitting!, struck!)
  return true
}

/** Links the arcs around every edge into its face. */
function facesOf(front: Wavefront, rings: readonly Ring[]): Skeleton | null {
  const { nodeX, nodeY, nodeTime, arcs, edges } = front
  const around = edges.map(() => new Map<number, number[]>())
  const link = (edge: number, a: number, b: number): void => {
    for (const [from, to] of [
      [a, b],
      [b, a],
    ]) {
      const list = around[edge].get(from)
      if (list) list.push(to)
      else around[edge].set(from, [to])
    }
  }
  for (const { from, to, left, right } of arcs) {
    link(left, from, to)
    if (right !== left) link(right, from, to)
  }
  const faces: number[][] = []
  let area = 0
  for (const [e, { start, end }] of edges.entries()) {
    const face = [start, end]
    let before = start
    for (let at = end; at !== start; ) {
      const next: number[] = (around[e].get(at) ?? []).filter((to) => to !== before)
      if (next.length !== 1 || face.length > nodeX.length + 2) return null
      before = at
      at = next[0]
      if (at !== start) face.push(at)
    }
    if (face.length < 3 || face.length !== around[e].size) return null
    const own = areaOf(face, nodeX, nodeY)
    if (own < -EPS) return null
    area += own
    faces.push(face)
  }
  const whole = rings.reduce((sum, ring) => sum + areaOfRing(ring), 0)
  if (Math.abs(area - whole) > 1e-6 * whole + 1) return null
  let corner = 0
  return {
    x: nodeX,
    y: nodeY,
    depth: nodeTime,
    rings: rings.map((ring) => Array.from({ length: ring.length / 2 }, () => corner++)),
    faces,
    edgeStart: edges.map(({ start }) => start),
  }
}

function areaOf(face: readonly number[], x: readonly number[], y: readonly number[]): number {
  let twice = 0
  for (let i = 1; i + 1 < face.length; i++) {
    const [o, a, b] = [face[0], face[i], face[i + 1]]
    twice += (x[a] - x[o]) * (y[b] - y[o]) - (x[b] - x[o]) * (y[a] - y[o])
  }
  return twice / 2
}

function areaOfRing(ring: Ring): number {
  let twice = 0
  const n = ring.length
  for (let i = 2; i + 2 < n; i += 2) {
    twice += (ring[i] - ring[0]) * (ring[i + 3] - ring[1]) - (ring[i + 2] - ring[0]) * (ring[i + 1] - ring[1])
  }
  return twice / 2
}
