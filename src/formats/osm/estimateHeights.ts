import type { Steps } from '../../base/steps.ts'
import { typicalHeightM } from './storeys.ts'

/** The buildings whose heights are known and those that are asked for, in columns. */
export interface HeightField {
  readonly xM: ArrayLike<number> // [n]
  readonly yM: ArrayLike<number>
  readonly footprintM2: ArrayLike<number>
  readonly use: ArrayLike<number>
  readonly heightM: Float32Array | Float64Array // [n] NaN where it is asked for
}

/** Towers get mapped: nothing is guessed to be one because it stands beside one. */
const MAX_ESTIMATE_M = 30

const CELL_M = 120
const REACH_CELLS = 4
const NEIGHBOURS = 20

/** Of so many at once some may be passed over: thousands on one spot are no city. */
const MOST = 600

/**
 * Estimates the missing heights from the nearest buildings that are known: their median, weighted by how near they
 * are, how similar in footprint, and whether they have the same use. Where nobody is near, a typical height of the use.
 *
 * Writes   `heightM` where it was NaN
 * Cost     O(n · neighbours)
 */
export function* estimateHeights(field: HeightField): Steps<void> {
  const { xM, yM, footprintM2, use, heightM } = field
  const cells = new Map<number, number[]>()
  const keyOf = (i: number, j: number): number => i * 4_194_304 + j
  const asked: number[] = []
  for (let b = 0; b < heightM.length; b++) {
    if ((b & 4095) === 0) yield (0.1 * b) / heightM.length
    if (Number.isNaN(heightM[b])) {
      asked.push(b)
      continue
    }
    const key = keyOf(Math.floor(xM[b]! / CELL_M), Math.floor(yM[b]! / CELL_M))
    const list = cells.get(key)
    if (list) list.push(b)
    else cells.set(key, [b])
  }
  const estimate = (b: number): number => {
    const near = gather(cells, keyOf, xM[b]!, yM[b]!)
    if (near.length === 0) return typicalHeightM(use[b]!, footprintM2[b]!)
    const ranked = near
      .map((k) => {
        const dx = xM[k]! - xM[b]!
        const dy = yM[k]! - yM[b]!
        return { k, distance2: dx * dx + dy * dy }
      })
      .sort((p, q) => p.distance2 - q.distance2 || p.k - q.k)
      .slice(0, NEIGHBOURS)
    let total = 0
    const weighted = ranked.map(({ k, distance2 }) => {
      const a = footprintM2[k]!
      const own = footprintM2[b]!
      const alike = Math.min(a, own) / Math.max(a, own, 1e-9)
      const weight = (alike * alike * (use[k] === use[b] ? 1 : 0.4)) / (1 + Math.sqrt(distance2) / 25)
      total += weight
      return { heightM: heightM[k]!, weight }
    })
    weighted.sort((p, q) => p.heightM - q.heightM)
    let sum = 0
    for (const { heightM: h, weight } of weighted) {
      sum += weight
      if (sum >= total / 2) return h
    }
    return typicalHeightM(use[b]!, footprintM2[b]!)
  }
  // all from what was known before, so that the order does not matter
  const found = new Float64Array(asked.length)
  for (const [i, b] of asked.entries()) {
    if ((i & 127) === 0) yield 0.1 + (0.9 * i) / asked.length
    found[i] = Math.min(MAX_ESTIMATE_M, estimate(b))
  }
  for (const [i, b] of asked.entries()) heightM[b] = found[i]!
}

/** Known buildings in rings of cells around a place, stopping one ring after there are enough. */
function gather(
  cells: ReadonlyMap<number, number[]>,
  keyOf: (i: number, j: number) => number,
  xM: number,
  yM: number,
): number[] {
  const near: number[] = []
  const ci = Math.floor(xM / CELL_M)
  const cj = Math.floor(yM / CELL_M)
  let enoughAt = REACH_CELLS
  for (let r = 0; r <= Math.min(REACH_CELLS, enoughAt); r++) {
    for (let i = ci - r; i <= ci + r; i++) {
      const edge = i === ci - r || i === ci + r
      for (let j = cj - r; j <= cj + r; j += edge || r === 0 ? 1 : 2 * r) {
        for (const b of cells.get(keyOf(i, j)) ?? []) {
          if (near.length >= MOST) return near
          near.push(b)
        }
      }
    }
    if (near.length >= NEIGHBOURS && enoughAt === REACH_CELLS) enoughAt = r + 1
  }
  return near
}
