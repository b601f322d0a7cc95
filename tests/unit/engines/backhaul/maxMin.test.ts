import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../../src/base/random.ts'
import { maxMinViolations } from '../../../../src/engines/backhaul/certificate.ts'
import { type SharedFlows, solveMaxMin } from '../../../../src/engines/backhaul/maxMin.ts'

interface Case {
  readonly capacity: readonly number[]
  readonly uses: readonly (readonly number[])[] // resources of each flow
  readonly weight?: readonly number[]
  readonly demand?: readonly number[]
}

function problem({ capacity, uses, weight, demand }: Case): SharedFlows {
  const flowStart = new Uint32Array(uses.length + 1)
  for (const [f, list] of uses.entries()) flowStart[f + 1] = flowStart[f]! + list.length
  return {
    capacity: Float64Array.from(capacity),
    flowStart,
    flowResource: Uint32Array.from(uses.flat()),
    weight: Float64Array.from(weight ?? uses.map(() => 1)),
    demand: Float64Array.from(demand ?? uses.map(() => Infinity)),
  }
}
const rates = (given: Case): number[] => [...solveMaxMin(problem(given)).rate]

describe('progressive filling', () => {
  test('default: two flows share a link by their weights (SimGrid: capacity 3, penalties 1 and 2, give 2 and 1)', () => {
    expect(rates({ capacity: [3], uses: [[0], [0]], weight: [1, 1 / 2] })).toEqual([2, 1])
  })
  test('default: Bertsekas and Gallager’s line: the long flow gets a half, the last one what is left', () => {
    // three links of 1; one flow over all, one on each of the first two, and a wide third link
    const given = { capacity: [1, 1, 3], uses: [[0, 1, 2], [0], [1], [2]] }
    expect(rates(given)).toEqual([0.5, 0.5, 0.5, 2.5])
  })
  test('default: a parking lot of n links gives every flow of a full link the same', () => {
    const n = 5
    const long = Array.from({ length: n }, (_, l) => l)
    expect(rates({ capacity: Array(n).fill(10), uses: [long, ...long.map((l) => [l])] })).toEqual(Array(n + 1).fill(5))
  })
  test('default: a demand that is met leaves its share to the others', () => {
    expect(rates({ capacity: [9], uses: [[0], [0], [0]], demand: [1, Infinity, Infinity] })).toEqual([1, 4, 4])
  })
  test('behavior: names the resource that holds a flow back, -1 when its demand is met', () => {
    const { bottleneck } = solveMaxMin(problem({ capacity: [1, 5], uses: [[0, 1], [1], [1]], demand: [9, 9, 1] }))
    expect([...bottleneck]).toEqual([0, 1, -1])
  })
  test('behavior: no capacity gives nothing, no resource gives the demand, no flow gives nothing at all', () => {
    expect(rates({ capacity: [0, 4], uses: [[0, 1], [1]] })).toEqual([0, 4])
    expect(rates({ capacity: [1], uses: [[]], demand: [7] })).toEqual([7])
    expect(rates({ capacity: [1], uses: [] })).toEqual([])
  })
})

/** A random network: capacities over twelve decades and sometimes none, weights over three, demands met and unmet. */
const random = fc.string({ minLength: 1 }).map((seed): Case => {
  const draw = createRandom(seed)
  const resources = 1 + draw.below(12)
  const flows = 1 + draw.below(40)
  const list = (n: number, of: () => number): number[] => Array.from({ length: n }, of)
  return {
    capacity: list(resources, () => (draw.next() < 0.05 ? 0 : 10 ** (12 * draw.next()))),
    uses: list(flows, () => 0).map(() => [...Array(resources).keys()].filter(() => draw.next() < 0.3)),
    weight: list(flows, () => 10 ** (3 * draw.next() - 2)),
    demand: list(flows, () => 10 ** (12 * draw.next())),
  }
})

describe('certificate', () => {
  test('behavior: holds on every random network: each flow has its demand, or a full link where nobody has more', () => {
    fc.assert(
      fc.property(random, (given) => {
        const shared = problem(given)
        expect(maxMinViolations(shared, solveMaxMin(shared).rate)).toEqual([])
      }),
      { seed: 11, numRuns: 500 },
    )
  })
  test('behavior: bites: rates that are less, more or unfair are found out', () => {
    fc.assert(
      fc.property(random, fc.nat(), fc.constantFrom(0.5, 1.5), (given, at, factor) => {
        const shared = problem(given)
        const { rate } = solveMaxMin(shared)
        const f = at % rate.length
        fc.pre(rate[f]! > 0)
        rate[f]! *= factor
        expect(maxMinViolations(shared, rate).length).toBeGreaterThan(0)
      }),
      { seed: 12, numRuns: 300 },
    )
  })
  test('behavior: an efficient but unfair division of a link is no max-min', () => {
    const shared = problem({ capacity: [2], uses: [[0], [0]] })
    expect(maxMinViolations(shared, Float64Array.of(1.5, 0.5))).toEqual(['Flow 1 could get more than 0.5.'])
    expect(maxMinViolations(shared, Float64Array.of(1, 1))).toEqual([])
  })
})
