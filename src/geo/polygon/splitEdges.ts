import { addEdge, createEdges, type Edges, forEachMeeting, side } from './crossings.ts'

/** Rounds of cutting: each moves an edge by half a unit at most, which can bring it onto a neighbour. */
const ROUNDS = 8

const strictlyBetween = (ax: number, ay: number, bx: number, by: number, x: number, y: number): boolean => {
  if ((x === ax && y === ay) || (x === bx && y === by)) return false
  return Math.min(ax, bx) <= x && x <= Math.max(ax, bx) && Math.min(ay, by) <= y && y <= Math.max(ay, by)
}

/**
 * Cuts edges wherever they cross or touch, so that afterwards they meet at ends only.
 * Crossing points are rounded to whole numbers.
 *
 * Returns  null when the figure is too tangled.
 */
export function splitEdges(input: Edges): Edges | null {
  let edges = input
  const limit = 8 * input.ax.length + 4096
  for (let round = 0; round < ROUNDS; round++) {
    const { ax, ay, bx, by } = edges
    const cuts = new Map<number, number[]>() // edge → x, y, x, y …
    const cut = (edge: number, x: number, y: number): void => {
      if ((x === ax[edge] && y === ay[edge]) || (x === bx[edge] && y === by[edge])) return
      const list = cuts.get(edge)
      if (list) list.push(x, y)
      else cuts.set(edge, [x, y])
    }
    let total = 0
    const calm = forEachMeeting(edges, (i, j) => {
      const d1 = side(ax[i], ay[i], bx[i], by[i], ax[j], ay[j])
      const d2 = side(ax[i], ay[i], bx[i], by[i], bx[j], by[j])
      const d3 = side(ax[j], ay[j], bx[j], by[j], ax[i], ay[i])
      const d4 = side(ax[j], ay[j], bx[j], by[j], bx[i], by[i])
      if (((d1 > 0 && d2 < 0) || (d1 < 0 && d2 > 0)) && ((d3 > 0 && d4 < 0) || (d3 < 0 && d4 > 0))) {
        const t = d3 / (d3 - d4)
        const x = Math.round(ax[i] + t * (bx[i] - ax[i]))
        const y = Math.round(ay[i] + t * (by[i] - ay[i]))
        cut(i, x, y)
        cut(j, x, y)
        return ++total < limit
      }
      if (d1 === 0 && strictlyBetween(ax[i], ay[i], bx[i], by[i], ax[j], ay[j])) cut(i, ax[j], ay[j])
      if (d2 === 0 && strictlyBetween(ax[i], ay[i], bx[i], by[i], bx[j], by[j])) cut(i, bx[j], by[j])
      if (d3 === 0 && strictlyBetween(ax[j], ay[j], bx[j], by[j], ax[i], ay[i])) cut(j, ax[i], ay[i])
      if (d4 === 0 && strictlyBetween(ax[j], ay[j], bx[j], by[j], bx[i], by[i])) cut(j, bx[i], by[i])
      return true
    })
    if (!calm) return null
    if (cuts.size === 0) return edges
    edges = applyCuts(edges, cuts)
    if (edges.ax.length > limit) return null
  }
  return edges
}

function applyCuts(edges: Edges, cuts: ReadonlyMap<number, number[]>): Edges {
  const { ax, ay, bx, by } = edges
  const out = createEdges()
  for (let i = 0; i < ax.length; i++) {
    const list = cuts.get(i)
    if (!list) {
      addEdge(out, ax[i], ay[i], bx[i], by[i])
      continue
    }
    const dx = bx[i] - ax[i]
    const dy = by[i] - ay[i]
    const along: { x: number; y: number; at: number }[] = []
    for (let k = 0; k < list.length; k += 2) {
      along.push({ x: list[k], y: list[k + 1], at: (list[k] - ax[i]) * dx + (list[k + 1] - ay[i]) * dy })
    }
    along.sort((p, q) => p.at - q.at || p.x - q.x || p.y - q.y)
    let x = ax[i]
    let y = ay[i]
    for (const point of along) {
      addEdge(out, x, y, point.x, point.y)
      x = point.x
      y = point.y
    }
    addEdge(out, x, y, bx[i], by[i])
  }
  return out
}
