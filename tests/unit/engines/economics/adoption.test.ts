import { describe, expect, test } from 'vitest'
import { bassAdopted, bassRate, spreadNodes } from '../../../../src/engines/economics/adoption.ts'

// sales of video recorders in ten years, to which p = 0.00659396 and q = 0.638091 were fitted by least squares of the rate
const SALES = [840, 1470, 2110, 4000, 7590, 10_950, 10_530, 9470, 7790, 5890]
const squares = (innovation: number, imitation: number): number => {
  const shape = SALES.map((_, i) => bassRate({ innovation, imitation, market: 1 }, i + 1))
  // the market that fits best for this shape, in closed form
  const market = SALES.reduce((sum, s, i) => sum + s * shape[i]!, 0) / shape.reduce((sum, r) => sum + r * r, 0)
  return SALES.reduce((sum, s, i) => sum + (s - market * shape[i]!) ** 2, 0)
}

test('default: no other p and q near the published fit of video recorders are closer to its sales', () => {
  const [p, q] = [0.00659396, 0.638091]
  const best = squares(p, q)
  for (const [dp, dq] of [
    [1e-3, 0],
    [-1e-3, 0],
    [0, 1e-3],
    [0, -1e-3],
    [1e-3, -1e-3],
    [-1e-3, 1e-3],
  ] as const) {
    expect(squares(p * (1 + dp), q * (1 + dq))).toBeGreaterThan(best)
  }
})

describe('Bass', () => {
  const bass = { innovation: 0.03, imitation: 0.38, market: 1000 }
  test('behavior: starts at nothing, only grows, ends with everybody; its rate is its slope', () => {
    expect(bassAdopted(bass, 0)).toBe(0)
    expect(bassAdopted(bass, 200)).toBeCloseTo(1000, 9)
    let before = 0
    for (let t = 1; t < 60; t++) {
      expect(bassAdopted(bass, t)).toBeGreaterThan(before)
      before = bassAdopted(bass, t)
      expect((bassAdopted(bass, t + 1e-5) - bassAdopted(bass, t - 1e-5)) / 2e-5).toBeCloseTo(bassRate(bass, t), 4)
    }
  })
  test('default: its peak stands at ln(q/p) / (p+q)', () => {
    const peak = Math.log(0.38 / 0.03) / 0.41
    for (const t of [peak - 0.5, peak + 0.5]) expect(bassRate(bass, t)).toBeLessThan(bassRate(bass, peak))
  })
})

describe('nodes that come and go', () => {
  const rules = {
    innovation: 0.01,
    imitation: 0.2,
    market: 1000,
    nodes: 50,
    patienceMonths: 3,
    exitPerMonth: 0.2,
    months: 120,
  }
  const pool = (usd: number) => (nodes: number) => usd / Math.max(1, nodes) - 10
  test('behavior: a pool shared by all draws nodes until one is left with nothing, and no further', () => {
    const { nodes, marginUsd } = spreadNodes(rules, pool(4000))
    expect(nodes.at(-1)).toBeGreaterThan(300)
    expect(nodes.at(-1)).toBeLessThan(460)
    expect(marginUsd[0]).toBeCloseTo(70, 9)
  })
  test('behavior: a richer pool never ends with fewer nodes', () => {
    let before = 0
    for (const usd of [0, 1000, 3000, 5000, 9000, 30_000]) {
      const now = spreadNodes(rules, pool(usd)).nodes.at(-1)!
      expect(now).toBeGreaterThanOrEqual(before * 0.97)
      before = now
    }
  })
  test('behavior: losses are borne for a while, and then they leave', () => {
    const { nodes } = spreadNodes(rules, () => -1)
    expect([...nodes.subarray(0, 4)]).toEqual([50, 50, 50, 50])
    expect(nodes[4]).toBeCloseTo(40, 9)
    expect(nodes.at(-1)).toBeLessThan(1e-6)
  })
  test('args: more nodes than the market has room for are not there', () => {
    expect(spreadNodes({ ...rules, nodes: 5000 }, () => 1).nodes[0]).toBe(1000)
  })
})
