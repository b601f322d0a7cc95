import type { PhaseTransformer } from '../../model/phaseCase.ts'
import { type ComplexMatrix, createMatrix, inverseOf } from './complexMatrix.ts'

/** Share of the rating that ties every terminal to earth, so that an isolated winding has a potential. */
const LEAK = 1e-6

/**
 * Admittances of a transformer between the ends of its coils, in siemens.
 *
 * One unit per unit of its rating and of the coil voltages, n windings, seen from the first:
 *   z(i, i) = r1 + r(i+1) + j x(1, i+1)      z(i, k) = r1 + j (x(1, i+1) + x(1, k+1) - x(i+1, k+1)) / 2
 *   y = Nᵀ z⁻¹ N,  N = (1 | -E)              plus the no-load branch across the last winding
 * and each entry is divided by the coil voltages, taps included, and put with its sign at the coil's two ends.
 *
 * Shapes   terminals: unit by unit, winding by winding, start and finish: [units, windings, 2]
 * Source   Dugan & Santoso, "An example of 3-phase transformer modeling for distribution system analysis", IEEE T&D 2003
 */
export function windingMatrix({
  id,
  windings,
  ratedVa,
  reactancePu,
  ironPu,
  magnetisingPu,
}: PhaseTransformer): ComplexMatrix {
  const n = windings.length
  const units = windings[0].coils.length
  const unitVa = ratedVa / units
  const x = (a: number, b: number): number => {
    const [i, k] = a < b ? [a, b] : [b, a]
    return reactancePu[i * n - (i * (i + 1)) / 2 + k - i - 1]
  }
  const z = createMatrix(n - 1)
  for (let i = 0; i < n - 1; i++)
    for (let k = 0; k < n - 1; k++) {
      z.re[i * (n - 1) + k] = windings[0].rPu + (i === k ? windings[i + 1].rPu : 0)
      z.im[i * (n - 1) + k] = i === k ? x(0, i + 1) : (x(0, i + 1) + x(0, k + 1) - x(i + 1, k + 1)) / 2
    }
  const inner = inverseOf(z, `transformer ${id}`)
  const one = createMatrix(n) // one unit, per unit
  for (let i = 0; i < n - 1; i++)
    for (let k = 0; k < n - 1; k++) {
      const re = inner.re[i * (n - 1) + k]
      const im = inner.im[i * (n - 1) + k]
      addTo(one, 0, 0, re, im)
      addTo(one, 0, k + 1, -re, -im)
      addTo(one, i + 1, 0, -re, -im)
      addTo(one, i + 1, k + 1, re, im)
    }
  addTo(one, n - 1, n - 1, ironPu, -magnetisingPu)
  const all = createMatrix(units * n * 2)
  for (let u = 0; u < units; u++)
    for (let a = 0; a < n; a++) {
      const va = windings[a].coilV * windings[a].tap
      for (const end of [0, 1])
        addTo(all, (u * n + a) * 2 + end, (u * n + a) * 2 + end, 0, (-LEAK * unitVa) / (va * va))
      for (let b = 0; b < n; b++) {
        const k = unitVa / (va * windings[b].coilV * windings[b].tap)
        const re = one.re[a * n + b] * k
        const im = one.im[a * n + b] * k
        for (const p of [0, 1])
          for (const q of [0, 1])
            addTo(all, (u * n + a) * 2 + p, (u * n + b) * 2 + q, p === q ? re : -re, p === q ? im : -im)
      }
    }
  return all
}

function addTo(m: ComplexMatrix, i: number, j: number, re: number, im: number): void {
  m.re[i * m.n + j] += re
  m.im[i * m.n + j] += im
}
