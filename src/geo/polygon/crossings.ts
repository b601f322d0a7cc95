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
export const PAIR_BUDGET = 20_000_000

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

const between = (a: number, b: number, v: number): boolean => (a < b ? a <= v && v <= b : b <= v && v <= a)

/** Whether two rings' worth of edges touch anywhere but at the joint of two neighbours in the same ring. */
export function isSimple(rings: readonly Ring[]): boolean {
  // vertices that appear twice make a figure of eight
  const seen = new Set<string>()
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      const key = `${ring[i]},${ring[i + 1]}`
      if (seen.has(key)) return false
      seen.add(key)
    }
  }
  const edges = edgesOf(rings)
  const { ax, ay, bx, by } = edges
  return forEachMeeting(edges, (i, j) => {
    const d1 = side(ax[i], ay[i], bx[i], by[i], ax[j], ay[j])
    const d2 = side(ax[i], ay[i], bx[i], by[i], bx[j], by[j])
    const d3 = side(ax[j], ay[j], bx[j], by[j], ax[i], ay[i])
    const d4 = side(ax[j], ay[j], bx[j], by[j], bx[i], by[i])
    if (((d1 > 0 && d2 < 0) || (d1 < 0 && d2 > 0)) && ((d3 > 0 && d4 < 0) || (d3 < 0 && d4 > 0))) return false
    const on = (x: number, y: number, k: number): boolean =>
      between(ax[k], bx[k], x) &&
      between(ay[k], by[k], y) &&
      !(x === ax[k] && y === ay[k]) &&
      !(x === bx[k] && y === by[k])
    if (d1 === 0 && on(ax[j], ay[j], i)) return false
    if (d2 === 0 && on(bx[j], by[j], i)) return false
    if (d3 === 0 && on(ax[i], ay[i], j)) return false
    if (d4 === 0 && on(bx[i], by[i], j)) return false
    return true
  })
}
