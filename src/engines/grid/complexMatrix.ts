import { TwinError } from '../../base/errors.ts'
import type { PhaseMatrix } from '../../model/phaseCase.ts'

/** A dense square complex matrix for code that runs once per element, never in a kernel. Row-major. */
export interface ComplexMatrix {
  readonly n: number
  readonly re: Float64Array // [n, n]
  readonly im: Float64Array // [n, n]
}

export const createMatrix = (n: number): ComplexMatrix => ({
  n,
  re: new Float64Array(n * n),
  im: new Float64Array(n * n),
})

export function matrixOf({ re, im }: PhaseMatrix): ComplexMatrix {
  return { n: Math.round(Math.sqrt(re.length)), re: Float64Array.from(re), im: Float64Array.from(im) }
}

/**
 * The inverse by Gauss-Jordan elimination with row pivots.
 *
 * Throws   GRID_INVALID when the matrix is singular; `what` names it
 */
export function inverseOf(matrix: ComplexMatrix, what: string): ComplexMatrix {
  const { n } = matrix
  const a = { re: Float64Array.from(matrix.re), im: Float64Array.from(matrix.im) }
  const b = createMatrix(n)
  for (let i = 0; i < n; i++) b.re[i * n + i] = 1
  const size = (o: number): number => a.re[o] * a.re[o] + a.im[o] * a.im[o]
  for (let k = 0; k < n; k++) {
    let best = k
    for (let i = k + 1; i < n; i++) if (size(i * n + k) > size(best * n + k)) best = i
    const d = size(best * n + k)
    if (!(d > 0))
      throw new TwinError('GRID_INVALID', `${what} cannot be inverted, expected an impedance above 0.`, { what })
    for (const m of [a, b]) for (let j = 0; j < n; j++) swap(m, k * n + j, best * n + j)
    const re = a.re[k * n + k] / d
    const im = -a.im[k * n + k] / d
    for (const m of [a, b]) for (let j = 0; j < n; j++) scale(m, k * n + j, re, im)
    for (let i = 0; i < n; i++) {
      if (i === k) continue
      const fRe = a.re[i * n + k]
      const fIm = a.im[i * n + k]
      if (fRe === 0 && fIm === 0) continue
      for (const m of [a, b]) for (let j = 0; j < n; j++) subtract(m, i * n + j, k * n + j, fRe, fIm)
    }
  }
  return b
}

type Parts = Pick<ComplexMatrix, 're' | 'im'>

function swap(m: Parts, a: number, b: number): void {
  const re = m.re[a]
  const im = m.im[a]
  m.re[a] = m.re[b]
  m.im[a] = m.im[b]
  m.re[b] = re
  m.im[b] = im
}

function scale(m: Parts, o: number, re: number, im: number): void {
  const old = m.re[o]
  m.re[o] = old * re - m.im[o] * im
  m.im[o] = old * im + m.im[o] * re
}

function subtract(m: Parts, o: number, from: number, re: number, im: number): void {
  m.re[o] -= m.re[from] * re - m.im[from] * im
  m.im[o] -= m.re[from] * im + m.im[from] * re
}

/**
 * Eliminates the rows that carry no current: the others as seen from outside.
 *
 * Returns  the Schur complement over `keep`, in that order
 */
export function keepRows(y: ComplexMatrix, keep: readonly number[], what: string): ComplexMatrix {
  const gone = Array.from({ length: y.n }, (_, i) => i).filter((i) => !keep.includes(i))
  const out = part(y, keep, keep)
  if (gone.length === 0) return out
  const inner = inverseOf(square(y, gone), what)
  const k = keep.length
  const g = gone.length
  for (let i = 0; i < k; i++)
    for (let a = 0; a < g; a++) {
      let re = 0
      let im = 0
      for (let b = 0; b < g; b++) {
        const o = keep[i] * y.n + gone[b]
        re += y.re[o] * inner.re[b * g + a] - y.im[o] * inner.im[b * g + a]
        im += y.re[o] * inner.im[b * g + a] + y.im[o] * inner.re[b * g + a]
      }
      for (let j = 0; j < k; j++) {
        const o = gone[a] * y.n + keep[j]
        out.re[i * k + j] -= re * y.re[o] - im * y.im[o]
        out.im[i * k + j] -= re * y.im[o] + im * y.re[o]
      }
    }
  return out
}

const square = (y: ComplexMatrix, rows: readonly number[]): ComplexMatrix => part(y, rows, rows)

function part(y: ComplexMatrix, rows: readonly number[], columns: readonly number[]): ComplexMatrix {
  const m = createMatrix(rows.length)
  rows.forEach((r, i) => {
    columns.forEach((c, j) => {
      m.re[i * rows.length + j] = y.re[r * y.n + c]
      m.im[i * rows.length + j] = y.im[r * y.n + c]
    })
  })
  return m
}
