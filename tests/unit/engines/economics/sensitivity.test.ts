import { describe, expect, test } from 'vitest'
import { finish } from '../../../../src/base/steps.ts'
import { runSensitivity } from '../../../../src/engines/economics/sensitivity.ts'
import { type Estimate, sobolIndices } from '../../../../src/engines/economics/sobolIndices.ts'
import { aCashNode, aDriver } from '../../../support/cashNodes.ts'

const within3 = (estimate: Estimate, analytic: number, what: string): void => {
  expect(estimate.standardError, what).toBeLessThan(0.02)
  expect(Math.abs(estimate.value - analytic), what).toBeLessThan(3 * estimate.standardError + 1e-9)
}

// facts of T. Ishigami, T. Homma (1990), A = 7, B = 0.1
test('default: Ishigami’s function within three standard errors of its indices', () => {
  const ishigami = (u: Float64Array): number => {
    const [x, y, z] = [...u].map((v) => Math.PI * (2 * v - 1)) as [number, number, number]
    return Math.sin(x) + 7 * Math.sin(y) ** 2 + 0.1 * z ** 4 * Math.sin(x)
  }
  const { first, total } = finish(sobolIndices(ishigami, { inputs: 3, points: 1024, replicates: 16, seed: 90 }))
  const S1 = [0.313905, 0.442411, 0]
  const ST = [0.557589, 0.442411, 0.243684]
  for (let i = 0; i < 3; i++) {
    within3(first[i]!, S1[i]!, `first ${i}`)
    within3(total[i]!, ST[i]!, `total ${i}`)
  }
})

// I. M. Sobol’s G function: variances of the factors are 1 / (3 (1 + a)²)
test('default: Sobol’s G function of eight inputs within three standard errors', () => {
  const a = [0, 1, 4.5, 9, 99, 99, 99, 99]
  const g = (u: Float64Array): number =>
    a.reduce((product, ai, i) => (product * (Math.abs(4 * u[i]! - 2) + ai)) / (1 + ai), 1)
  const parts = a.map((ai) => 1 / (3 * (1 + ai) ** 2))
  const variance = parts.reduce((product, v) => product * (1 + v), 1) - 1
  const { first, total, evaluations } = finish(sobolIndices(g, { inputs: 8, points: 2048, replicates: 16, seed: 93 }))
  parts.forEach((v, i) => {
    within3(first[i]!, v / variance, `first ${i}`)
    within3(total[i]!, (v * (variance + 1)) / (1 + v) / variance, `total ${i}`)
  })
  expect(evaluations).toBe(16 * 2048 * 10)
})

test('behavior: what moves nothing decides nothing', () => {
  const { first, total } = finish(sobolIndices(() => 7, { inputs: 2, points: 16, replicates: 4, seed: 1 }))
  for (const { value } of [...first, ...total]) expect(value).toBe(0)
})

describe('a node', () => {
  const run = (node = aCashNode(), more = {}) =>
    finish(runSensitivity(node, { discountRate: 0.1, seed: 1, points: 128, ...more }))
  test('default: every driver has its share, the widest first, totals at least firsts within their errors', () => {
    const asked = run()
    expect(asked.map(({ driver }) => driver).sort()).toEqual(['energy', 'price', 'work'])
    const totals = asked.map(({ total }) => total.value)
    expect(totals).toEqual([...totals].sort((x, y) => y - x))
    for (const { first, total } of asked)
      expect(total.value).toBeGreaterThan(first.value - 3 * (first.standardError + total.standardError))
  })
  test('behavior: a sum has no interplay: firsts and totals are the same and make one', () => {
    const node = aCashNode({ tokens: () => 0, usd: (v) => v.work! + v.price!, energyKwh: () => 0 })
    const asked = run(node, { points: 1024 })
    const sum = asked.reduce((all, { first }) => all + first.value, 0)
    expect(sum).toBeCloseTo(1, 1)
    for (const { first, total } of asked) expect(Math.abs(first.value - total.value)).toBeLessThan(0.05)
  })
  test('behavior: the same seed gives the same figures', () => {
    expect(run()).toEqual(run())
    expect(run(aCashNode(), { seed: 2 })).not.toEqual(run())
  })
  test('behavior: of many drivers the ten widest are asked about', () => {
    const many = Array.from({ length: 14 }, (_, i) => aDriver(`d${i}`, 1, 0.5, 1 + i))
    const node = aCashNode({
      drivers: [...aCashNode().drivers, ...many],
      usd: (v) => many.reduce((sum, { id }) => sum + v[id]!, 0),
    })
    const asked = run(node, { points: 8 })
    expect(asked.length).toBe(10)
    expect(asked.some(({ driver }) => driver === 'd13')).toBe(true)
  })
  test.each([0, 3, 100, 0.5, NaN])('error: ECONOMICS_INVALID for %d points', (points) => {
    expect(() => run(aCashNode(), { points })).toThrow(expect.objectContaining({ code: 'ECONOMICS_INVALID' }))
  })
})
