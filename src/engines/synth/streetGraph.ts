import { type City, ROAD_CLASSES } from '../../model/city.ts'
import { TRENCH_COST } from './facts.ts'

/** Streets as nodes and edges; what a cable may follow. Edges stand twice, once at each end, in compressed rows. */
export interface StreetGraph {
  readonly count: number
  readonly xM: Float64Array // [n]
  readonly yM: Float64Array // [n]
  readonly start: Int32Array // [n + 1]
  readonly to: Int32Array // [edges]
  readonly lengthM: Float64Array // [edges]
  readonly cost: Float64Array // [edges] length, dearer where a trench is unwelcome
}

/** Vertices closer than this are one crossing. */
const SNAP_M = 0.5

/** Nodes under construction, told apart by the cell they fall into. */
function createNodes() {
  const xM: number[] = []
  const yM: number[] = []
  const byCell = new Map<number, number>()
  // 2^21 cells each way at half a metre cover 1,000 km
  const keyOf = (x: number, y: number): number =>
    (Math.round(x / SNAP_M) + 1048576) * 2097152 + Math.round(y / SNAP_M) + 1048576
  return {
    xM,
    yM,
    at(x: number, y: number): number {
      const key = keyOf(x, y)
      const seen = byCell.get(key)
      if (seen !== undefined) return seen
      byCell.set(key, xM.length)
      yM.push(y)
      return xM.push(x) - 1
    },
  }
}

/**
 * Turns the roads into a graph. Roads that share a vertex meet; long stretches are divided so that no node is further
 * than `jointM` from the next.
 */
export function buildStreetGraph({ roads }: City, jointM: number): StreetGraph {
  const nodes = createNodes()
  const from: number[] = []
  const to: number[] = []
  const cost: number[] = []
  const { lines } = roads
  for (let road = 0; road < roads.count; road++) {
    const dearer = TRENCH_COST[ROAD_CLASSES[roads.class[road]]]
    if (dearer === Infinity) continue
    let last = -1
    for (let v = lines.start[road]; v < lines.start[road + 1]; v++) {
      const x = lines.xM[v]
      const y = lines.yM[v]
      if (last >= 0) {
        const fromX = nodes.xM[last]
        const fromY = nodes.yM[last]
        const length = Math.sqrt((x - fromX) * (x - fromX) + (y - fromY) * (y - fromY))
        const parts = Math.max(1, Math.ceil(length / jointM))
        for (let k = 1; k <= parts; k++) {
          const share = k / parts
          const next = k === parts ? nodes.at(x, y) : nodes.at(fromX + share * (x - fromX), fromY + share * (y - fromY))
          if (next === last) continue
          from.push(last)
          to.push(next)
          cost.push(dearer)
          last = next
        }
      } else last = nodes.at(x, y)
    }
  }
  return rowsOf(Float64Array.from(nodes.xM), Float64Array.from(nodes.yM), from, to, cost)
}

/** Compressed rows of edges given once; `dearer` multiplies the straight length into the cost. */
export function rowsOf(
  xM: Float64Array,
  yM: Float64Array,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  dearer: ArrayLike<number>,
): StreetGraph {
  const n = xM.length
  const start = new Int32Array(n + 1)
  for (let e = 0; e < from.length; e++) {
    start[from[e] + 1]++
    start[to[e] + 1]++
  }
  for (let i = 0; i < n; i++) start[i + 1] += start[i]
  const next = start.slice(0, n)
  const ends = new Int32Array(2 * from.length)
  const lengthM = new Float64Array(ends.length)
  const cost = new Float64Array(ends.length)
  for (let e = 0; e < from.length; e++) {
    const a = from[e]
    const b = to[e]
    const dx = xM[a] - xM[b]
    const dy = yM[a] - yM[b]
    const length = Math.sqrt(dx * dx + dy * dy)
    for (const [one, other] of [
      [a, b],
      [b, a],
    ]) {
      const at = next[one]++
      ends[at] = other
      lengthM[at] = length
      cost[at] = length * dearer[e]
    }
  }
  return { count: n, xM, yM, start, to: ends, lengthM, cost }
}
