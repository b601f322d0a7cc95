import type { Ring } from './ring.ts'

/** Directed edges a → b in columns that grow. */
export interface Edges {
  readonly ax: number[]
  readonly ay: number[]
  readonly bx: number[]
  readonly by: number[]
}

export const createEdges = (): Edges => ({ ax: [], ay: [], bx: [], by: [] })

export function addEdge(edges: Edges, ax: number, ay: number, bx: number, by: number): void {
  if (ax === bx && ay === by) return
  edges.ax.push(ax)
  edges.ay.push(ay)
  edges.bx.push(bx)
  edges.by.push(by)
}

export function edgesOf(rings: readonly Ring[]): Edges {
  const edges = createEdges()
  for (const ring of rings) {
    const n = ring.length
    for (let i = 0; i < n; i += 2) addEdge(edges, ring[i], ring[i + 1], ring[(i + 2) % n], ring[(i + 3) % n])
  }
  return edges
}

/** How many pairs of edges may be compared before a figure counts as too tangled to be anything real. */
const PAIR_BUDGET = 20_000_000

/**
 * Calls `meet` for every pair of edges whose boxes touch.
 *
 * Returns  false when `meet` said stop or the budget of pairs ran out.
 * Cost     O(n log n + pairs that share a range of x)
 */
export function forEachMeeting(edges: Edges, meet: (i: number, j: number) => boolean): boolean {
  const { ax, ay, bx, by } = edges
  const n = ax.length
  const order = new Uint32Array(n)
  for (let i = 0; i < n; i++) order[i] = i
  order.sort((i, j) => Math.min(ax[i], bx[i]) - Math.min(ax[j], bx[j]) || i - j)
  let budget = PAIR_BUDGET
  for (let s = 0; s < n; s++) {
    const i = order[s]
    const maxX = Math.max(ax[i], bx[i])
    const minY = Math.min(ay[i], by[i])
    const maxY = Math.max(ay[i], by[i])
    for (let t = s + 1; t < n; t++) {
      const j = order[t]
      if (Math.min(ax[j], bx[j]) > maxX) break
      if (--budget < 0) return false
      if (Math.min(ay[j], by[j]) > maxY || Math.max(ay[j], by[j]) < minY) continue
      if (!meet(i, j)) return false
    }
  }
  return true
}

/** Twice the signed area of the triangle p, q, r: positive when r lies left of p → q. */
export const side = (px: number, py: number, qx: number, qy: number, rx: number, ry: number): number =>
  (qx - px) * (ry - py) - (qy - py) * (rx - px)

/** Up to this many edges every pair is looked at; sorting costs more than it saves. */
const FEW = 48

/** Whether rings neither cross nor touch, neither themselves nor each other, but at the joints of neighbouring edges. */
export function isSimple(rings: readonly Ring[]): boolean {
  const [only] = rings
  if (rings.length === 1 && only.length <= 2 * FEW) return isSmallRingSimple(only)
  const edges = edgesOf(rings)
  const { ax, ay, bx, by } = edges
  const n = ax.length
  const isBad = (i: number, j: number): boolean => meetBadly(ax[i], ay[i], bx[i], by[i], ax[j], ay[j], bx[j], by[j])
  if (n > FEW) return forEachMeeting(edges, (i, j) => !isBad(i, j))
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) if (isBad(i, j)) return false
  }
  return true
}

/** The same for one ring of few corners, nearly all there are, without lists of its edges. */
function isSmallRingSimple(ring: Ring): boolean {
  const n = ring.length
  for (let i = 0; i < n; i += 2) {
    const ax = ring[i]
    const ay = ring[i + 1]
    const bx = ring[(i + 2) % n]
    const by = ring[(i + 3) % n]
    if (ax === bx && ay === by) continue
    for (let j = i + 2; j < n; j += 2) {
      const cx = ring[j]
      const cy = ring[j + 1]
      const dx = ring[(j + 2) % n]
      const dy = ring[(j + 3) % n]
      if (cx === dx && cy === dy) continue
      if (meetBadly(ax, ay, bx, by, cx, cy, dx, dy)) return false
    }
  }
  return true
}

/**
 * Whether two edges a → b and c → d cross, or touch otherwise than end to start. Two edges that follow one another may
 * share their joint only; two that leave one vertex or end in one mean that a ring passes it twice.
 */
function meetBadly(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): boolean {
  if (Math.min(ax, bx) > Math.max(cx, dx) || Math.max(ax, bx) < Math.min(cx, dx)) return false
  if (Math.min(ay, by) > Math.max(cy, dy) || Math.max(ay, by) < Math.min(cy, dy)) return false
  const d1 = side(ax, ay, bx, by, cx, cy)
  const d2 = side(ax, ay, bx, by, dx, dy)
  if ((d1 > 0 && d2 > 0) || (d1 < 0 && d2 < 0)) return false
  const d3 = side(cx, cy, dx, dy, ax, ay)
  const d4 = side(cx, cy, dx, dy, bx, by)
  if ((d3 > 0 && d4 > 0) || (d3 < 0 && d4 < 0)) return false
  const abToCd = bx === cx && by === cy
  const cdToAb = dx === ax && dy === ay
  // neither side keeps the other at bay: they cross or touch; on one line, touching boxes mean the same
  if (!abToCd && !cdToAb) return true
  if (d1 !== 0 || d2 !== 0) return false
  // on one line: going straight on is fine, turning back onto oneself is not
  return (bx - ax) * (dx - cx) + (by - ay) * (dy - cy) < 0
}
