import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../../src/base/random.ts'
import { createFactors, factorise, planLu, substitute } from '../../../../src/engines/grid/blockLu.ts'
import { complexFactors, substituteComplex } from '../../../../src/engines/grid/complexLu.ts'

/** A random sparse complex matrix with a heavy diagonal in compressed rows. */
function aComplexMatrix(n: number, seed: string) {
  const random = createRandom(seed)
  const on = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => i === j))
  for (let i = 1; i < n; i++) {
    const j = random.below(i)
    on[i]![j] = on[j]![i] = true
    if (i % 7 === 0) on[i]![0] = on[0]![i] = true
  }
  const rowStart = new Int32Array(n + 1)
  const col: number[] = []
  const value: [number, number][] = []
  on.forEach((row, i) => {
    row.forEach((has, j) => {
      if (!has) return
      col.push(j)
      value.push([random.normal() + (i === j ? 5 : 0), random.normal() - (i === j ? 5 : 0)])
    })
    rowStart[i + 1] = col.length
  })
  return { rowStart, col: Int32Array.from(col), value, b: Float64Array.from({ length: 2 * n }, () => random.normal()) }
}

describe('substituteComplex', () => {
  test.each([1, 2, 30, 200])('default: %i unknowns: the same bits as with real blocks, and the equations hold', (n) => {
    const { rowStart, col, value, b } = aComplexMatrix(n, `complex ${n}`)
    const plan = planLu(n, rowStart, col)
    const blocks = createFactors(plan)
    value.forEach(([re, im], e) => {
      blocks.set([re, -im, im, re], 4 * plan.slot[e]!)
    })
    expect(factorise(plan, blocks)).toBe(-1)
    const work = new Float64Array(2 * n)
    const expected = new Float64Array(2 * n)
    substitute(plan, blocks, b, expected, work)
    const x = Float64Array.from(b)
    substituteComplex(plan, complexFactors(plan, blocks), x, x, work) // in place
    expect(x).toEqual(expected)
    for (let i = 0; i < n; i++) {
      let [re, im] = [-b[2 * i]!, -b[2 * i + 1]!]
      for (let s = rowStart[i]!; s < rowStart[i + 1]!; s++) {
        const [a, c] = value[s]!
        const j = 2 * col[s]!
        re += a * x[j]! - c * x[j + 1]!
        im += a * x[j + 1]! + c * x[j]!
      }
      expect(Math.hypot(re, im)).toBeLessThan(1e-12 * n)
    }
  })
})
