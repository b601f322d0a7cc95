import { type Complex, complex } from './complex.ts'
import { type ComplexMatrix, createMatrix } from './complexMatrix.ts'

/** Zero, positive and negative sequence of one quantity. */
export type Sequences = readonly [zero: Complex, positive: Complex, negative: Complex]

const TURN = complex(-0.5, Math.sqrt(3) / 2)
const BACK = complex(-0.5, -Math.sqrt(3) / 2)

/**
 * The phase matrix of sequence quantities: T diag(zero, positive, negative) T⁻¹, a circulant matrix with
 *   first row  (z + p + n,  z + a p + a² n,  z + a² p + a n) / 3,   a = e^(j 120°)
 *
 * Source   Fortescue, AIEE Trans. 37(2), 1918
 */
export function phaseMatrix([z, p, n]: Sequences): ComplexMatrix {
  const m = createMatrix(3)
  const entries = [complex(1), TURN, BACK].map((a) => {
    const b = complex(a.re, -a.im)
    return complex(
      (z.re + a.re * p.re - a.im * p.im + b.re * n.re - b.im * n.im) / 3,
      (z.im + a.re * p.im + a.im * p.re + b.re * n.im + b.im * n.re) / 3,
    )
  })
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 3; j++) {
      const { re, im } = entries[(j - i + 3) % 3]
      m.re[i * 3 + j] = re
      m.im[i * 3 + j] = im
    }
  return m
}
