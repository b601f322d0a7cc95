import { minDegreeOrder } from './minDegree.ts'

/**
 * Sparse LU of a matrix of 2 × 2 blocks with a symmetric pattern. A complex matrix is one with blocks (a -b; b a),
 * the Jacobian of a power flow one with a block per pair of buses, so both solvers share it.
 * The pattern is analysed once; `factorise` and `substitute` then allocate nothing.
 */
export interface LuPlan {
  readonly n: number
  readonly order: Int32Array // [n] position → unknown
  readonly rowStart: Int32Array // [n + 1] rows in elimination order
  readonly col: Int32Array // [blocks] positions, ascending
  readonly diagonal: Int32Array // [n] block of the diagonal
  readonly slot: Int32Array // [entries of the input pattern] block that holds it
  readonly at: Int32Array // [n] scratch: column → block of the row in hand
}

/**
 * Orders the unknowns and lays out the factors.
 *
 * Shapes   input pattern in compressed rows: row i owns `col[rowStart[i] .. rowStart[i + 1]]`; symmetric, with diagonal
 */
export function planLu(n: number, rowStart: Int32Array, col: Int32Array): LuPlan {
  const { order, upper } = minDegreeOrder(n, rowStart, col)
  const position = new Int32Array(n)
  order.forEach((unknown, at) => {
    position[unknown] = at
  })
  const rows: number[][] = Array.from({ length: n }, () => [])
  for (let i = 0; i < n; i++) {
    rows[i].push(i)
    for (const unknown of upper[i]) {
      const j = position[unknown]
      rows[i].push(j) // U
      rows[j].push(i) // L mirrors it
    }
  }
  const start = new Int32Array(n + 1)
  for (let i = 0; i < n; i++) start[i + 1] = start[i] + rows[i].length
  const columns = new Int32Array(start[n])
  const diagonal = new Int32Array(n)
  for (let i = 0; i < n; i++) {
    rows[i].sort((a, b) => a - b)
    columns.set(rows[i], start[i])
    diagonal[i] = start[i] + rows[i].indexOf(i)
  }
  const slot = new Int32Array(col.length)
  const at = new Int32Array(n)
  for (let i = 0; i < n; i++) {
    for (let s = start[i]; s < start[i + 1]; s++) at[columns[s]] = s
    const unknown = order[i]
    for (let s = rowStart[unknown]; s < rowStart[unknown + 1]; s++) slot[s] = at[position[col[s]]]
  }
  return { n, order, rowStart: start, col: columns, diagonal, slot, at }
}

/** Room for the factors: blocks row-major (a b; c d), the diagonal ones inverted. */
export const createFactors = (plan: LuPlan): Float64Array => new Float64Array(4 * plan.col.length)

/**
 * Turns the matrix in `a` into its factors, in place.
 *
 * Returns  -1, or the unknown whose pivot vanished (the matrix is singular there)
 */
export function factorise(plan: LuPlan, a: Float64Array): number {
  const { n, rowStart, col, diagonal, at } = plan
  for (let i = 0; i < n; i++) {
    const end = rowStart[i + 1]
    for (let s = rowStart[i]; s < end; s++) at[col[s]] = 4 * s
    for (let s = rowStart[i]; s < diagonal[i]; s++) {
      const k = col[s]
      const o = 4 * s
      const d = 4 * diagonal[k]
      const l0 = a[o] * a[d] + a[o + 1] * a[d + 2]
      const l1 = a[o] * a[d + 1] + a[o + 1] * a[d + 3]
      const l2 = a[o + 2] * a[d] + a[o + 3] * a[d + 2]
      const l3 = a[o + 2] * a[d + 1] + a[o + 3] * a[d + 3]
      a[o] = l0
      a[o + 1] = l1
      a[o + 2] = l2
      a[o + 3] = l3
      for (let t = diagonal[k] + 1; t < rowStart[k + 1]; t++) {
        const u = 4 * t
        const w = at[col[t]]
        a[w] -= l0 * a[u] + l1 * a[u + 2]
        a[w + 1] -= l0 * a[u + 1] + l1 * a[u + 3]
        a[w + 2] -= l2 * a[u] + l3 * a[u + 2]
        a[w + 3] -= l2 * a[u + 1] + l3 * a[u + 3]
      }
    }
    const d = 4 * diagonal[i]
    const det = a[d] * a[d + 3] - a[d + 1] * a[d + 2]
    const size = Math.abs(a[d]) + Math.abs(a[d + 1]) + Math.abs(a[d + 2]) + Math.abs(a[d + 3])
    if (!(Math.abs(det) > 1e-28 * size * size)) return plan.order[i]
    const p = a[d]
    a[d] = a[d + 3] / det
    a[d + 3] = p / det
    a[d + 1] = -a[d + 1] / det
    a[d + 2] = -a[d + 2] / det
  }
  return -1
}

/**
 * Solves for one right-hand side.
 *
 * Shapes   `b` and `x` [n, 2] by unknown; `work` [n, 2]; `b` and `x` may be the same
 * Writes   x
 */
export function substitute(plan: LuPlan, a: Float64Array, b: Float64Array, x: Float64Array, work: Float64Array): void {
  const { n, order, rowStart, col, diagonal } = plan
  for (let i = 0; i < n; i++) {
    let y0 = b[2 * order[i]]
    let y1 = b[2 * order[i] + 1]
    for (let s = rowStart[i]; s < diagonal[i]; s++) {
      const o = 4 * s
      const k = 2 * col[s]
      y0 -= a[o] * work[k] + a[o + 1] * work[k + 1]
      y1 -= a[o + 2] * work[k] + a[o + 3] * work[k + 1]
    }
    work[2 * i] = y0
    work[2 * i + 1] = y1
  }
  for (let i = n - 1; i >= 0; i--) {
    let y0 = work[2 * i]
    let y1 = work[2 * i + 1]
    for (let s = diagonal[i] + 1; s < rowStart[i + 1]; s++) {
      const o = 4 * s
      const k = 2 * col[s]
      y0 -= a[o] * work[k] + a[o + 1] * work[k + 1]
      y1 -= a[o + 2] * work[k] + a[o + 3] * work[k + 1]
    }
    const d = 4 * diagonal[i]
    work[2 * i] = a[d] * y0 + a[d + 1] * y1
    work[2 * i + 1] = a[d + 2] * y0 + a[d + 3] * y1
  }
  for (let i = 0; i < n; i++) {
    x[2 * order[i]] = work[2 * i]
    x[2 * order[i] + 1] = work[2 * i + 1]
  }
}
