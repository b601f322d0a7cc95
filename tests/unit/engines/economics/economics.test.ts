import { describe, expect, test } from 'vitest'
import { quantile } from '../../../../src/base/quantity.ts'
import { finish } from '../../../../src/base/steps.ts'
import { createCashFlow, solveCashFlow } from '../../../../src/engines/economics/cashFlow.ts'
import { runDraws } from '../../../../src/engines/economics/draws.ts'
import { type Draws, joinDraws, levelisedCost } from '../../../../src/engines/economics/drawTable.ts'
import { driverValue } from '../../../../src/engines/economics/driverValue.ts'
import { runEconomics } from '../../../../src/engines/economics/index.ts'
import {
  breakEvenSentence,
  breakEvenValue,
  medianFlow,
  npvOf,
  tornadoOf,
} from '../../../../src/engines/economics/medianPath.ts'
import { aCashNode, aDriver } from '../../../support/cashNodes.ts'

const drawn = (from: number, to: number, node = aCashNode(), seed = 5): Draws =>
  finish(runDraws(node, { seed, from, to, discountRate: 0.1 }))
const run = (node = aCashNode(), draws = 2000, seed = 5) =>
  finish(runEconomics({ node, draws, seed, discountRate: 0.1 }))

describe('drivers', () => {
  test('default: P10, P50 and P90 come out as they went in, in each shape', () => {
    const z90 = 1.2815515655446004
    for (const driver of [
      aDriver('a', 20, 8, 45),
      aDriver('b', 0.3, 0.05, 0.4, { shape: 'share' }),
      aDriver('c', -0.1, -0.4, 0.1, { shape: 'plain' }),
      aDriver('d', 0, 0, 3, { shape: 'plain' }),
    ]) {
      const value = driverValue(driver)
      expect(value(-z90)).toBeCloseTo(driver.p10, 12)
      expect(value(0)).toBe(driver.median)
      expect(value(z90)).toBeCloseTo(driver.p90, 12)
    }
  })
  test('behavior: values rise with z, shares stay inside, ratios stay positive', () => {
    const [log, share] = [aDriver('a', 20, 8, 45), aDriver('b', 0.9, 0.2, 0.99, { shape: 'share' })].map(driverValue)
    let [l, s] = [0, 0]
    for (let z = -6; z <= 6; z += 0.1) {
      expect(log!(z)).toBeGreaterThan(l)
      expect(share!(z)).toBeGreaterThan(s)
      expect(share!(z)).toBeLessThan(1)
      ;[l, s] = [log!(z), share!(z)]
    }
  })
  test('behavior: a share of exactly one is certain', () => {
    expect(driverValue(aDriver('a', 1, 1, 1, { shape: 'share' }))(-3)).toBe(1)
  })
})

describe('cash flow', () => {
  const values = { work: 20, price: 1, energy: 0.05 }
  const flowOf = (node = aCashNode()) => {
    const flow = createCashFlow(node.months)
    solveCashFlow(node, values, () => 0, flow)
    return flow
  }
  test('default: month by month, income less energy and running costs', () => {
    const { outlayUsd, grossUsd, netUsd } = flowOf()
    expect(outlayUsd).toBe(1000)
    expect(grossUsd[7]).toBe(20)
    expect(netUsd[7]).toBeCloseTo(20 - 0.5 - 1, 12)
  })
  test('behavior: vesting delays and loses nothing', () => {
    const vested = flowOf(aCashNode({ vesting: [0.25, 0.25, 0.5] }))
    expect(vested.grossUsd[0]).toBeCloseTo(5, 12)
    expect(vested.grossUsd[1]).toBeCloseTo(10, 12)
    expect(vested.grossUsd[2]).toBeCloseTo(20, 12)
    const sum = (column: Float64Array) => column.reduce((a, b) => a + b, 0)
    expect(sum(vested.netUsd)).toBeCloseTo(sum(flowOf().netUsd), 9)
  })
  test('behavior: collateral goes out at the first price and comes back at the last', () => {
    const node = aCashNode({ collateralTokens: () => 50 })
    const flow = createCashFlow(node.months)
    const moving = { ...values }
    solveCashFlow(
      node,
      moving,
      (month) => {
        moving.price = month < 30 ? 2 : 3
        return 0
      },
      flow,
    )
    expect(flow.outlayUsd).toBe(1100)
    expect(flow.collateralUsd).toBe(100)
    expect(flow.netUsd[59]! - flow.netUsd[58]!).toBeCloseTo(150, 9)
  })
  test('behavior: fees and energy lower the net, not the gross', () => {
    const dear = flowOf(aCashNode({ feeTokens: () => 3, energyKwh: () => 100 }))
    expect(dear.grossUsd[0]).toBe(20)
    expect(dear.netUsd[0]).toBeCloseTo(20 - 3 - 5 - 1, 12)
  })
})

describe('what comes with a thing', () => {
  const values = { work: 20, price: 1, energy: 0.05, sell: 0.1, breaks: 0 }
  const flowOf = (node: ReturnType<typeof aCashNode>, broken = 0) => {
    const flow = createCashFlow(node.months)
    solveCashFlow(node, values, () => broken, flow)
    return flow
  }
  const plain = flowOf(aCashNode())
  test('default: selling tokens takes its share of the gross, not of money', () => {
    expect(flowOf(aCashNode({ sellCost: 'sell' })).grossUsd[3]).toBeCloseTo(18, 12)
    expect(flowOf(aCashNode({ sellCost: 'sell', tokens: () => 0, usd: () => 20 })).grossUsd[3]).toBe(20)
  })
  test('default: what the thing is worth at the end comes in with the last month, once', () => {
    const { netUsd } = flowOf(aCashNode({ residualUsd: () => 70 }))
    expect(netUsd[59]! - plain.netUsd[59]!).toBeCloseTo(70, 12)
    expect(netUsd[58]).toBe(plain.netUsd[58])
  })
  test('default: a failure costs its repair and a third of the month, tokens, energy and work alike', () => {
    const failure = { perYear: 'breaks', repairUsd: () => 100, lostMonths: 1 / 3 }
    const work = { unit: 'GB', perMonth: () => 9 }
    const broken = flowOf(aCashNode({ failure, work }), 1)
    expect(broken.earned[5]).toBeCloseTo(20 * (2 / 3), 12)
    expect(broken.energyKwh[5]).toBeCloseTo(10 * (2 / 3), 12)
    expect(broken.work[5]).toBeCloseTo(6, 12)
    expect(broken.costUsd[5]).toBeCloseTo(100 + 1 + (0.5 * 2) / 3, 12)
    expect(flowOf(aCashNode({ failure }), 0).netUsd).toEqual(plain.netUsd)
  })
  test('default: what the work wears out is a cost of its month', () => {
    const worn = flowOf(aCashNode({ wearUsd: (_, month) => (month === 30 ? 500 : 0) }))
    expect(worn.netUsd[30]! - plain.netUsd[30]!).toBeCloseTo(-500, 12)
    expect(worn.netUsd[31]).toBe(plain.netUsd[31])
  })
  test('behavior: failures come as often as they should (4 standard errors), and never pay', () => {
    const failure = { perYear: 'breaks', repairUsd: () => 1, lostMonths: 0 }
    const still = [aDriver('work', 0, 0, 0, { shape: 'plain' }), aDriver('price', 1, 1, 1), aDriver('energy', 1, 1, 1)]
    const node = aCashNode({
      drivers: [...still, aDriver('breaks', 1.2, 1.2, 1.2)],
      failure,
      energyKwh: () => 0,
      runningUsd: () => 0,
    })
    const table = drawn(0, 2000, node)
    let mean = 0
    for (let i = 0; i < 2000; i++) mean += -table.netUsd[i * 6 + 5]! / 2000
    const p = 1 - Math.exp(-0.1)
    expect(Math.abs(mean - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / (60 * 2000)))
  })
  test('default: levelised cost is all cost over all work; a rate of nothing makes it a plain quotient', () => {
    const flow = flowOf(aCashNode({ work: { unit: 'GB', perMonth: () => 9 } }))
    expect(levelisedCost(flow, 0)).toBeCloseTo((1000 + 60 * 1.5) / (60 * 9), 12)
    expect(levelisedCost(flowOf(aCashNode({ work: { unit: 'GB', perMonth: () => 0 } })), 0)).toBeNaN()
    expect(levelisedCost(flow, 0.01)).toBeGreaterThan(levelisedCost(flow, 0))
  })
  test('default: collateral that comes back at the same price costs its rate, and the value of the node has it', () => {
    const bound = run(aCashNode({ collateralTokens: () => 100 }))
    expect(bound.collateralCostUsd).toBeCloseTo(100 * (1 - 1.1 ** -5), 9)
    const value = (node = aCashNode()) => npvOf(medianFlow(node), 0.1)
    expect(value() - value(aCashNode({ collateralTokens: () => 100 }))).toBeCloseTo(bound.collateralCostUsd, 9)
    expect(run().collateralCostUsd).toBe(0)
  })
  test('behavior: return on the outlay and levelised cost come as bands; a node without a unit has no levelised cost', () => {
    const { returnOnOutlay, levelised } = run(aCashNode({ work: { unit: 'GB', perMonth: (v) => v.work! } }))
    expect(returnOnOutlay.p10).toBeLessThan(returnOnOutlay.p90)
    expect(levelised!.unit).toBe('GB')
    expect(levelised!.usd.p10).toBeLessThan(levelised!.usd.p90)
    expect(run().levelised).toBeNull()
    expect(run(aCashNode({ work: { unit: 'GB', perMonth: () => 0 } })).levelised).toBeNull()
  })
  test('behavior: drivers that go together make good draws better and bad ones worse', () => {
    const width = (rho: number): number => {
      const correlations = rho === 0 ? [] : [{ a: 'work', b: 'price', rho }]
      const { npvUsd } = run({ ...aCashNode(), correlations })
      return npvUsd.p90 - npvUsd.p10
    }
    expect(width(0.8)).toBeGreaterThan(width(0))
    expect(width(-0.8)).toBeLessThan(width(0))
  })
  test('error: ECONOMICS_INVALID for drivers that cannot go together so', () => {
    expect(() => run({ ...aCashNode(), correlations: [{ a: 'work', b: 'nothing', rho: 0.5 }] })).toThrow(
      expect.objectContaining({ code: 'ECONOMICS_INVALID' }),
    )
  })
})

describe('draws', () => {
  test('behavior: any split into chunks gives the same bytes', () => {
    const whole = drawn(0, 700)
    for (const cuts of [
      [0, 350, 700],
      [0, 1, 2, 699, 700],
      [0, 128, 256, 500, 700],
    ]) {
      const chunks = cuts.slice(1).map((to, i) => drawn(cuts[i]!, to))
      expect(joinDraws(chunks)).toEqual(whole)
    }
  })
  test('behavior: another seed gives other draws, the same seed the same', () => {
    expect(drawn(0, 50)).toEqual(drawn(0, 50))
    expect(drawn(0, 50).npvUsd).not.toEqual(drawn(0, 50, aCashNode(), 6).npvUsd)
  })
  test('behavior: medians of the draws stand at the medians of the drivers (4,000 draws, 4 standard errors)', () => {
    const node = aCashNode({
      drivers: [aDriver('work', 20, 8, 45), aDriver('price', 1, 0.4, 2.5), aDriver('energy', 0.05, 0.04, 0.08)],
      feeTokens: () => 0,
      energyKwh: () => 0,
      runningUsd: () => 0,
    })
    const gross = drawn(0, 4000, node)
    const means = Float64Array.from({ length: 4000 }, (_, i) => Math.log(gross.grossUsd[i * 6 + 5]! / 20)).sort()
    const spread = 0.9
    expect(Math.abs(quantile(means, 0.5))).toBeLessThan((4 * 1.2533 * spread) / Math.sqrt(4000))
  })
  test('behavior: a path returns to its level, with the spread of Ornstein and Uhlenbeck (5 % of it, 4,000 draws)', () => {
    const months = 60
    const node = aCashNode({
      drivers: [
        aDriver('work', 1, 1, 1),
        aDriver('price', 1, 1, 1, { path: { kind: 'ou', volatilityPerYear: 1.1, reversionPerYear: 2.82 } }),
        aDriver('energy', 1, 1, 1),
      ],
      months,
      tokens: (_, month) => (month >= 48 ? 1 : 0),
      energyKwh: () => 0,
      runningUsd: () => 0,
    })
    const out = drawn(0, 4000, node)
    // yearly mean of e^x in the fifth year: its mean is e^(var / 2) when the path has forgotten where it started
    const variance = (1.1 * 1.1) / (2 * 2.82)
    let mean = 0
    for (let i = 0; i < 4000; i++) mean += out.grossUsd[i * 6 + 4]! / 4000
    expect(mean / Math.exp(variance / 2)).toBeGreaterThan(0.95)
    expect(mean / Math.exp(variance / 2)).toBeLessThan(1.05)
  })
  test('behavior: progress rises to 1', () => {
    const seen: number[] = []
    finish(runEconomics({ node: aCashNode(), draws: 1000, seed: 1, discountRate: 0.1 }), (f) => seen.push(f))
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.at(-1)).toBe(1)
  })
})

describe('summary', () => {
  test('default: bands are ordered, payback has a probability, the widest bar decides', () => {
    const result = run()
    for (const band of [
      result.outlayUsd,
      result.grossPerMonthUsd,
      result.netPerMonthUsd,
      result.npvUsd,
      ...result.netByYearUsd,
      ...result.grossByYearUsd,
    ]) {
      expect(band.p10).toBeLessThanOrEqual(band.p50)
      expect(band.p50).toBeLessThanOrEqual(band.p90)
    }
    expect(result.netByYearUsd.length).toBe(5)
    expect(result.simplePayback.probability).toBeGreaterThan(0)
    expect(result.simplePayback.probability).toBeLessThan(1)
    expect(result.discountedPayback.probability).toBeLessThanOrEqual(result.simplePayback.probability)
    expect(result.npvUsd.decidedBy).toBe(result.tornado[0]!.title)
    expect(result.irr.kind).toBe('one')
  })
  test('behavior: a node that never earns never pays back, has no rate of return, and says so', () => {
    const result = run(aCashNode({ tokens: () => 0 }))
    expect(result.simplePayback).toMatchObject({ probability: 0, months: { p10: NaN, p50: NaN, p90: NaN } })
    expect(result.irr).toMatchObject({ kind: 'none', perYear: NaN })
    expect(result.breakEven).toMatch(/does not pay back within its 5 years.*No single assumption/)
  })
  test('behavior: a dearer discount rate never raises the net present value of an investment', () => {
    const flow = medianFlow(aCashNode({ tokens: () => 40 }))
    let before = Infinity
    for (const rate of [0, 0.05, 0.1, 0.3, 0.5]) {
      const npv = npvOf(flow, rate)
      expect(npv).toBeLessThan(before)
      before = npv
    }
  })
  test('behavior: energy that costs more never pays more, in no quantile', () => {
    const at = (price: number) => {
      const node = aCashNode({ energyKwh: () => 100 })
      return run(
        {
          ...node,
          drivers: node.drivers.map((d) =>
            d.id === 'energy' ? { ...d, median: price, p10: price * 0.8, p90: price * 1.6 } : d,
          ),
        },
        500,
      )
    }
    const [cheap, dear] = [at(0.05), at(0.2)]
    for (const q of ['p10', 'p50', 'p90'] as const) expect(dear.npvUsd[q]).toBeLessThan(cheap.npvUsd[q])
  })
})

describe('break-even', () => {
  const poor = aCashNode({ outlayUsd: () => 5000 })
  test('default: the value that is named does it, and a little less does not', () => {
    const [work] = poor.drivers
    const value = breakEvenValue(poor, work!, 60)
    const pays = (v: number) => medianFlow(poor, { work: v }).netUsd.reduce((a, b) => a + b, 0) >= 5000
    expect(pays(value)).toBe(true)
    expect(pays(value * 0.999)).toBe(false)
    expect(value).toBeCloseTo((5000 / 60 + 1.5) / 1, 2)
  })
  test('behavior: the sentence names single assumptions, nearest to believable first', () => {
    expect(breakEvenSentence(poor)).toBe(
      'At the medians it does not pay back within its 5 years. It would within 5 years if the price stood at 4.24, or if it did 84.8 of work instead of 20.',
    )
  })
  test('behavior: a node that pays back within its life has nothing to explain', () => {
    expect(breakEvenSentence(aCashNode({ tokens: () => 40 }))).toBeNull()
  })
  test('behavior: what is out of reach is not offered', () => {
    const node = { ...poor, drivers: poor.drivers.map((d) => ({ ...d, most: d.p90 })) }
    expect(breakEvenSentence(node)).toMatch(/No single assumption/)
  })
  test('behavior: the tornado has one bar a driver, widest first', () => {
    const bars = tornadoOf(poor, 0.1)
    expect(bars.map(({ driver }) => driver).sort()).toEqual(['energy', 'price', 'work'])
    const widths = bars.map((b) => Math.abs(b.atP90Usd - b.atP10Usd))
    expect(widths).toEqual([...widths].sort((a, b) => b - a))
  })
})
