import { type Edges, side } from './crossings.ts'
import type { Ring } from './ring.ts'

/** Angle class of v, going clockwise from r: 0 first half turn, 1 straight on, 2 second half turn, 3 back along r. */
function quarter(rx: number, ry: number, vx: number, vy: number): number {
  const cross = rx * vy - ry * vx
  if (cross < 0) return 0
  if (cross > 0) return 2
  return rx * vx + ry * vy < 0 ? 1 : 3
}

/**
 * Joins directed edges into closed rings. Where several rings meet in one vertex each turns as sharply left as it can,
 * so that rings come out simple and touch instead of crossing.
 */
export function linkRings(edges: Edges): Ring[] {
  const { ax, ay, bx, by } = edges
  const n = ax.length
  const leaving = new Map<string, number[]>()
  for (let i = 0; i < n; i++) {
    const key = `${ax[i]},${ay[i]}`
    const list = leaving.get(key)
    if (list) list.push(i)
    else leaving.set(key, [i])
  }
  const used = new Uint8Array(n)
  const next = (edge: number): number => {
    let best = -1
    const rx = ax[edge] - bx[edge]
    const ry = ay[edge] - by[edge]
    for (const candidate of leaving.get(`${bx[edge]},${by[edge]}`) ?? []) {
      if (used[candidate]) continue
      if (best < 0) {
        best = candidate
        continue
      }
      const vx = bx[candidate] - ax[candidate]
      const vy = by[candidate] - ay[candidate]
      const wx = bx[best] - ax[best]
      const wy = by[best] - ay[best]
      const a = quarter(rx, ry, vx, vy)
      const b = quarter(rx, ry, wx, wy)
      if (a < b || (a === b && side(0, 0, wx, wy, vx, vy) > 0)) best = candidate
    }
    return best
  }

  const rings: Ring[] = []
  for (let first = 0; first < n; first++) {
    if (used[first]) continue
    const points: number[] = []
    const at = new Map<string, number>() // vertex of the open chain → its place
    for (let edge = first; edge >= 0; edge = next(edge)) {
      used[edge] = 1
      at.set(`${ax[edge]},${ay[edge]}`, points.length)
      points.push(ax[edge], ay[edge])
      // a vertex met again closes a loop, which is a ring of its own
      const start = at.get(`${bx[edge]},${by[edge]}`)
      if (start === undefined) continue
      const loop = points.splice(start)
      for (let i = 0; i < loop.length; i += 2) at.delete(`${loop[i]},${loop[i + 1]}`)
      if (loop.length >= 6) rings.push(Float64Array.from(loop))
      if (points.length === 0) break
    }
    // what is left open has lost a partner to rounding: it bounds nothing
  }
  return rings
}
