import { describe, expect, test } from 'vitest'
import {
  availabilityPoints,
  availabilityRender,
  burntOfJob,
  CARD_MULTIPLIERS,
  jobRender,
  manyNodesFactor,
  octaneHours,
  SALAD,
  saladSettlement,
} from '../../../src/networks/rules/renderPay.ts'
import { nextJobPolicy } from '../../../src/networks/rules/renderPolicy.ts'

// RNP-021 and RNP-023, worked examples
test('default: Render pays 74.40 for 500 hours and 14.88 for 100; Salad burns 300 and rewards 280, 266.7 and 294.74', () => {
  expect(jobRender(CARD_MULTIPLIERS['RTX 4090'], 500)).toBeCloseTo(74.4, 2)
  expect(jobRender(CARD_MULTIPLIERS['RTX 4090'], 100)).toBeCloseTo(14.88, 2)
  expect(saladSettlement(1000, 2, 2)).toEqual({ burned: 300, rewarded: 280 })
  expect(saladSettlement(1000, 2, 2.1).rewarded).toBeCloseTo(266.7, 1)
  expect(saladSettlement(1000, 2, 1.9).rewarded).toBeCloseTo(294.74, 2)
})

test('default: the gateway product burns 35 % and pays 31 %; either burns more than it pays at a steady price', () => {
  expect(saladSettlement(1000, 2, 2, SALAD.gateway)).toEqual({ burned: 175, rewarded: 155 })
  for (const product of Object.values(SALAD)) expect(product.burnt - product.paid).toBeCloseTo(0.04, 12)
})

test('default: 95 % of what a customer pays is burnt, rounded down', () => {
  expect(burntOfJob(100n)).toBe(95n)
  expect(burntOfJob(19n)).toBe(18n)
  expect(burntOfJob(0n)).toBe(0n)
})

// ranchcomputing.com prints 380 for this example; its own formula gives 430
test('default: a score of 860 for half an hour is 430 OctaneBench-hours', () => {
  expect(octaneHours(860, 0.5)).toBe(430)
})

describe('availability', () => {
  const mean = { octaneBench: 900, vramGb: 16, ageDays: 700 }
  test('default: the mean node has seven points when idle, three nodes of a wallet count in full', () => {
    expect(availabilityPoints(1, mean, mean, 1)).toBeCloseTo(7, 12)
    expect(availabilityPoints(0.5, mean, mean, 3)).toBeCloseTo(3.5, 12)
    expect(manyNodesFactor(4)).toBeCloseTo(Math.exp(-0.65), 12)
    expect(availabilityRender(0.5)).toBe(1)
  })
  test('behavior: more nodes of a wallet never count more each, and a better node never less', () => {
    for (let nodes = 1; nodes < 20; nodes++) {
      expect(manyNodesFactor(nodes + 1)).toBeLessThanOrEqual(manyNodesFactor(nodes))
    }
    expect(availabilityPoints(1, { ...mean, vramGb: 24 }, mean, 1)).toBeGreaterThan(7)
    expect(availabilityPoints(0, mean, mean, 1)).toBe(0)
  })
})

describe('the pool of RNP-020', () => {
  const still = { render: 15_000, moves: 0 }
  test('default: its own examples: 15,497 changes nothing, less than 5,000 cuts to 13,600', () => {
    expect(nextJobPolicy(still, 15_497)).toEqual({ render: 15_000, moves: 0 })
    expect(nextJobPolicy(still, 4999)).toEqual({ render: 13_600, moves: -1 })
    expect(nextJobPolicy(still, 5000).render).toBe(15_000)
  })
  test('behavior: the cap grows by a tenth with each quarter of the same direction, and a quiet quarter resets it', () => {
    const first = nextJobPolicy(still, 1000)
    expect(first).toEqual({ render: 13_600, moves: -1 })
    const second = nextJobPolicy(first, 1000)
    expect(second.render).toBe(Math.round(13_600 / 1.2 / 100) * 100)
    expect(nextJobPolicy(second, second.render / 2).moves).toBe(0)
    const up = nextJobPolicy(nextJobPolicy(still, 60_000), 60_000)
    expect(up).toEqual({ render: 19_800, moves: 2 })
  })
})
