import type { LuPlan } from './blockLu.ts'

/**
 * Factors of a complex matrix, taken from those of its 2 × 2 real blocks (a -b; b a): half the memory to walk.
 *
 * Shapes   [blocks, 2], real and imaginary part
 */
export function complexFactors(plan: LuPlan, factors: Float64Array): Float64Array {
  const blocks = plan.col.length
  const f = new Float64Array(2 * blocks)
  for (let s = 0; s < blocks; s++) {
    f[2 * s] = factors[4 * s]
    f[2 * s + 1] = factors[4 * s + 2]
  }
  return f
}

/**
 * Solves for one right-hand side, to the same bits as with the blocks.
 *
 * Shapes   `b` and `x` [n, 2] by unknown; `work` [n, 2]; `b` and `x` may be the same
 * Writes   x
 */
export function substituteComplex(
  plan: LuPlan,
  f: Float64Array,
  b: Float64Array,
  x: Float64Array,
  work: Float64Array,
): void {
  const { n, order, rowStart, col, diagonal } = plan
  for (let i = 0; i < n; i++) {
    const u = 2 * order[i]
    let re = b[u]
    let im = b[u + 1]
    const end = 2 * diagonal[i]
    for (let o = 2 * rowStart[i]; o < end; o += 2) {
      const k = 2 * col[o >> 1]
      re -= f[o] * work[k] - f[o + 1] * work[k + 1]
      im -= f[o + 1] * work[k] + f[o] * work[k + 1]
    }
    work[2 * i] = re
    work[2 * i + 1] = im
  }
  for (let i = n - 1; i >= 0; i--) {
    let re = work[2 * i]
    let im = work[2 * i + 1]
    const d = 2 * diagonal[i]
    const end = 2 * rowStart[i + 1]
    for (let o = d + 2; o < end; o += 2) {
      const k = 2 * col[o >> 1]
      re -= f[o] * work[k] - f[o + 1] * work[k + 1]
      im -= f[o + 1] * work[k] + f[o] * work[k + 1]
    }
    const ownRe = f[d] * re - f[d + 1] * im
    const ownIm = f[d + 1] * re + f[d] * im
    work[2 * i] = ownRe
    work[2 * i + 1] = ownIm
    const u = 2 * order[i]
    x[u] = ownRe
    x[u + 1] = ownIm
  }
}
