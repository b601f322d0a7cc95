import { type Edges, side } from './crossings.ts'

/** Counts how often edges wind around a point that lies beside one of them. */
export interface Winding {
  /** The winding number just right (+x) of the middle of an edge that is not horizontal, leaving edge `skip` out. */
  rightOf(skip: number): number
  /** The winding number just above (+y) the middle of a horizontal edge, leaving edge `skip` out. */
  above(skip: number): number
}

interface Buckets {
  readonly low: number
  readonly perUnit: number
  readonly lists: readonly number[][]
}

/** Sorts edges into slabs across an axis, each edge into every slab it spans. */
function bucketsOf(from: readonly number[], to: readonly number[]): Buckets {
  const n = from.length
  let low = Infinity
  let high = -Infinity
  for (let i = 0; i < n; i++) {
    low = Math.min(low, from[i], to[i])
    high = Math.max(high, from[i], to[i])
  }
  const count = Math.max(1, Math.min(4096, n >> 2))
  const perUnit = high > low ? count / (high - low) : 0
  const lists = Array.from({ length: count + 1 }, (): number[] => [])
  for (let i = 0; i < n; i++) {
    const first = Math.floor((Math.min(from[i], to[i]) - low) * perUnit)
    const last = Math.floor((Math.max(from[i], to[i]) - low) * perUnit)
    for (let k = first; k <= last; k++) lists[k].push(i)
  }
  return { low, perUnit, lists }
}

/**
 * `net[i]` says how many times edge i counts (the same edge the other way round is taken off).
 * Coordinates are whole numbers, so middles are whole halves and every sign is exact.
 */
export function createWinding(edges: Edges, net: readonly number[]): Winding {
  const { ax, ay, bx, by } = edges
  let rows: Buckets | undefined
  let columns: Buckets | undefined

  return {
    rightOf(skip) {
      rows ??= bucketsOf(ay, by)
      const mx = (ax[skip] + bx[skip]) / 2
      const my = (ay[skip] + by[skip]) / 2
      let winding = 0
      for (const i of rows.lists[Math.floor((my - rows.low) * rows.perUnit)]) {
        if (i === skip || ay[i] > my === by[i] > my) continue
        const left = side(ax[i], ay[i], bx[i], by[i], mx, my)
        if (by[i] > ay[i]) winding += left > 0 ? net[i] : 0
        else winding -= left < 0 ? net[i] : 0
      }
      return winding
    },
    above(skip) {
      columns ??= bucketsOf(ax, bx)
      const mx = (ax[skip] + bx[skip]) / 2
      const my = (ay[skip] + by[skip]) / 2
      let winding = 0
      for (const i of columns.lists[Math.floor((mx - columns.low) * columns.perUnit)]) {
        if (i === skip || ax[i] > mx === bx[i] > mx) continue
        const left = side(ax[i], ay[i], bx[i], by[i], mx, my)
        if (bx[i] > ax[i]) winding -= left < 0 ? net[i] : 0
        else winding += left > 0 ? net[i] : 0
      }
      return winding
    },
  }
}
