import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../../src/base/random.ts'
import { createFactors, factorise, planLu, substitute } from '../../../../src/engines/grid/blockLu.ts'

/** A random symmetric pattern with a heavy diagonal, as rows and as a dense matrix. */
function aMatrix(n: number, seed: string, density: number) {
  const random = createRandom(seed)
  const on = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => i === j))
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) on[i]![j] = on[j]![i] = random.next() < density
  const rowStart = new Int32Array(n + 1)
  const col: number[] = []
  const block: number[][] = []
  const dense = Array.from({ length: 2 * n }, () => new Float64Array(2 * n))
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (!on[i]![j]) continue
      const heavy = i === j ? n : 0
      const b = [random.normal() + heavy, random.normal(), random.normal(), random.normal() + heavy]
      col.push(j)
      block.push(b)
      for (let k = 0; k < 4; k++) dense[2 * i + (k >> 1)]![2 * j + (k & 1)] = b[k]!
    }
    rowStart[i + 1] = col.length
  }
  const x = Float64Array.from({ length: 2 * n }, () => random.normal())
  const b = Float64Array.from(dense, (row) => row.reduce((sum, a, j) => sum + a * x[j]!, 0))
  return { n, rowStart, col: Int32Array.from(col), block, x, b }
}

function solve({ n, rowStart, col, block, b }: ReturnType<typeof aMatrix>) {
  const plan = planLu(n, rowStart, col)
  const factors = createFactors(plan)
  block.forEach((value, e) => {
    factors.set(value, 4 * plan.slot[e]!)
  })
  const singular = factorise(plan, factors)
  const x = new Float64Array(2 * n)
  substitute(plan, factors, b, x, new Float64Array(2 * n))
  return { plan, singular, x }
}

describe('blockLu', () => {
  test.each([
    ['one', 1, 0],
    ['sparse', 60, 0.05],
    ['half full', 25, 0.5],
    ['full', 12, 1],
  ])('default: seed %s: recovers the solution of %i unknowns', (seed, n, density) => {
    const matrix = aMatrix(n, seed, density)
    const { singular, x } = solve(matrix)
    expect(singular).toBe(-1)
    for (let i = 0; i < 2 * n; i++) expect(Math.abs(x[i]! - matrix.x[i]!)).toBeLessThan(1e-10)
  })
  test('behavior: a tree fills in nothing, wherever its root stands', () => {
    const n = 200
    const random = createRandom('tree')
    const near: number[][] = Array.from({ length: n }, (_, i) => [i])
    for (let i = 1; i < n; i++) {
      const up = random.below(i)
      near[i]!.push(up)
      near[up]!.push(i)
    }
    const rowStart = new Int32Array(n + 1)
    near.forEach((row, i) => {
      rowStart[i + 1] = rowStart[i]! + row.length
    })
    const plan = planLu(n, rowStart, Int32Array.from(near.flat()))
    expect(plan.col.length).toBe(n + 2 * (n - 1))
  })
  test('behavior: a singular pivot names its unknown', () => {
    const matrix = aMatrix(5, 'one by one', 0)
    matrix.block[3] = [1, 2, 2, 4]
    expect(solve(matrix).singular).toBe(3)
    matrix.block[3] = [NaN, 0, 0, 1]
    expect(solve(matrix).singular).toBe(3)
  })
})
