import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { createRandom } from '../../../../src/base/random.ts'
import { finish } from '../../../../src/base/steps.ts'
import { lazyGreedy } from '../../../../src/engines/placement/greedy.ts'
import { instanceOf } from '../../../../src/engines/placement/instance.ts'
import type { MipSolver } from '../../../../src/engines/placement/mip.ts'
import { type PlacementInput, place } from '../../../../src/engines/placement/place.ts'
import { sitesOf } from '../../../../src/engines/placement/selection.ts'
import { sayPlacement } from '../../../../src/engines/placement/sentence.ts'
import { localSearch } from '../../../../src/engines/placement/swap.ts'
import { loadMipSolver } from '../../../../workers/lib/highs.ts'
import { aScatter, aSiteProblem } from '../../../support/sites.ts'

let solver: MipSolver
beforeAll(async () => {
  solver = await loadMipSolver()
})

const solve = (input: PlacementInput) => finish(place(input))

/** The best of all choices, by trying each. */
function bruteForce(input: PlacementInput): number {
  const n = input.siteIds.length
  const covers = input.siteIds.map((_, s) => input.coverPoint.subarray(input.coverStart[s], input.coverStart[s + 1]))
  const standing = input.standing.reduce((mask, s) => mask | (1 << s), 0)
  let best = input.budget === null ? Infinity : 0
  for (let mask = 0; mask < 1 << n; mask++) {
    if (mask & standing) continue
    const all = mask | standing
    if (input.conflicts.some(([a, b]) => (all >> a) & 1 && (all >> b) & 1)) continue
    const covered = new Set<number>()
    let cost = 0
    for (let s = 0; s < n; s++) {
      if ((all >> s) & 1) for (const p of covers[s]!) covered.add(p)
      if ((mask >> s) & 1) cost += input.cost[s]!
    }
    if (input.budget === null) {
      if (covered.size === input.weight.length) best = Math.min(best, cost)
    } else if (cost <= input.budget + 1e-9) {
      best = Math.max(
        best,
        [...covered].reduce((sum, p) => sum + input.weight[p]!, 0),
      )
    }
  }
  return best
}

/** Small problems with costs, standing sites and conflicts, for which every choice can be tried. */
const small = fc.tuple(fc.string({ minLength: 1 }), fc.boolean()).map(([seed, bare]): PlacementInput => {
  const random = createRandom(seed)
  const sites = 4 + random.below(7)
  const points = 3 + random.below(12)
  const covers = Array.from({ length: sites }, () => [...Array(points).keys()].filter(() => random.next() < 0.35))
  // every point can be covered
  for (let p = 0; p < points; p++) if (!covers.some((list) => list.includes(p))) covers[p % sites]!.push(p)
  const standing = !bare && random.next() < 0.3 ? [0] : []
  const conflicts = bare || random.next() < 0.5 ? [] : [[1, 2] as const, [2, 3] as const]
  return aSiteProblem(covers, points, {
    cost: Float64Array.from({ length: sites }, () => 1 + random.below(4)),
    weight: Float64Array.from({ length: points }, () => 1 + random.below(9)),
    budget: 1 + random.below(8),
    standing,
    conflicts,
  })
})

describe('most for a budget', () => {
  test('default: two sites of three that cover most, and the proof that no two cover more', () => {
    const result = solve(
      aSiteProblem(
        [
          [0, 1, 2],
          [2, 3],
          [4, 5],
        ],
        6,
      ),
    )
    expect(result).toMatchObject({
      chosen: ['s0', 's2'],
      coveredWeight: 5,
      totalWeight: 6,
      cost: 2,
      bound: 5,
      gap: 0,
      proven: true,
    })
    expect(sayPlacement(result, false)).toBe('2 sites serve 5 of 6 (83.3 %). No choice is better: this is proven.')
  })
  test('behavior: greedy alone falls into the trap, exchanges get out of it', () => {
    // the widest site overlaps both that would cover all
    const x = instanceOf(
      aSiteProblem(
        [
          [0, 1, 2, 3],
          [0, 1, 4],
          [2, 3, 5],
        ],
        6,
      ),
    )
    const s = lazyGreedy(x, 2, false)
    expect(s.covered).toBe(5)
    localSearch(x, s, 2)
    expect(s.covered).toBe(6)
    expect(sitesOf(s)).toEqual([1, 2])
  })
  test('behavior: on small problems the bound holds over every choice, and what is called proven is the best', () => {
    fc.assert(
      fc.property(small, (input) => {
        const best = bruteForce(input)
        const { coveredWeight, bound, proven, cost } = solve(input)
        expect(coveredWeight).toBeLessThanOrEqual(best)
        expect(bound).toBeGreaterThanOrEqual(best * (1 - 1e-9))
        expect(cost).toBeLessThanOrEqual(input.budget!)
        if (proven) expect(coveredWeight).toBeCloseTo(best, 9)
      }),
      { seed: 21, numRuns: 150 },
    )
  })
  test('behavior: exact finds the best of small problems and says so', () => {
    fc.assert(
      fc.property(small, (input) => {
        const result = solve({ ...input, exact: solver })
        expect(result.coveredWeight).toBeCloseTo(bruteForce(input), 9)
        expect(result.proven).toBe(true)
      }),
      { seed: 22, numRuns: 40 },
    )
  })
  test('behavior: greedy covers at least 1 - 1/e of the best when costs are equal', () => {
    fc.assert(
      fc.property(small, (given) => {
        const input = { ...given, cost: given.cost.map(() => 1), standing: [], conflicts: [], budget: 3 }
        expect(lazyGreedy(instanceOf(input), 3, false).covered).toBeGreaterThanOrEqual(
          (1 - 1 / Math.E) * bruteForce(input),
        )
      }),
      { seed: 23, numRuns: 100 },
    )
  })
  test('behavior: what stands serves for nothing, and what it excludes is not chosen', () => {
    const covers = [
      [0, 1, 2],
      [2, 3],
      [4, 5, 6],
    ]
    const input = aSiteProblem(covers, 7, { budget: 1, standing: [0], conflicts: [[0, 2]] })
    expect(solve(input)).toMatchObject({ chosen: ['s1'], coveredWeight: 4, cost: 1, proven: true })
  })
  test('behavior: no budget buys nothing, no site serves nobody, no point is served at once', () => {
    expect(solve(aSiteProblem([[0]], 1, { budget: 0 }))).toMatchObject({ chosen: [], coveredWeight: 0, proven: true })
    expect(solve(aSiteProblem([], 1))).toMatchObject({ chosen: [], coveredWeight: 0 })
    expect(solve(aSiteProblem([[], []], 0))).toMatchObject({ chosen: [], coveredWeight: 0, proven: true })
  })
  test('behavior: more budget never serves less, and the bound never falls below', () => {
    let before = 0
    for (const budget of [1, 2, 4, 8, 16]) {
      const { coveredWeight, bound } = solve(aScatter('budgets', 60, 300, 0.1, { budget }))
      expect(coveredWeight).toBeGreaterThanOrEqual(before)
      expect(bound).toBeGreaterThanOrEqual(coveredWeight)
      before = coveredWeight
    }
  })
  test.each([
    ['300 sites', aScatter('300', 300, 1500, 0.07, { budget: 20 })],
    ['800 sites', aScatter('800', 800, 2000, 0.05, { budget: 20 })],
  ])('default: on %s the search is within 1 %% of the proven best, and its own bound within 1 %% too', (_, input) => {
    const search = solve(input)
    const exact = solve({ ...input, exact: solver })
    expect(exact.proven).toBe(true)
    expect(search.coveredWeight).toBeGreaterThanOrEqual(0.99 * exact.coveredWeight)
    expect(search.bound).toBeGreaterThanOrEqual(exact.coveredWeight)
    expect(search.bound).toBeLessThanOrEqual(1.01 * exact.coveredWeight)
  })
})

describe('everything as cheaply as possible', () => {
  test('behavior: on small problems everything is covered, and the bound holds under every choice', () => {
    fc.assert(
      fc.property(small, (given) => {
        const input = { ...given, budget: null, conflicts: [] }
        const best = bruteForce(input)
        const { cost, bound, coveredWeight, totalWeight, proven } = solve(input)
        expect(coveredWeight).toBeCloseTo(totalWeight, 9)
        expect(cost).toBeGreaterThanOrEqual(best)
        expect(bound).toBeLessThanOrEqual(best + 1e-9)
        if (proven) expect(cost).toBe(best)
        expect(solve({ ...input, exact: solver })).toMatchObject({ cost: best, proven: true })
      }),
      { seed: 24, numRuns: 60 },
    )
  })
  test('behavior: costs that are not whole leave the bound as it is', () => {
    const input = aSiteProblem(
      [
        [0, 1],
        [1, 2],
        [0, 2],
      ],
      3,
      { budget: null, cost: Float64Array.of(1.5, 1.5, 1.5) },
    )
    const { cost, bound, proven } = solve(input)
    expect(cost).toBe(3)
    expect(bound).toBeLessThanOrEqual(3)
    expect(bound).toBeGreaterThan(2.2)
    if (proven) expect(bound).toBe(3)
    expect(sayPlacement(solve({ ...input, exact: solver }), true)).toBe(
      '2 sites cover everything for 3. No choice is better: this is proven.',
    )
  })
})

test('behavior: the same problem gives the same answer, by search and by the solver', () => {
  const input = aScatter('twice', 120, 600, 0.08, { budget: 12 })
  expect(solve(input)).toEqual(solve(input))
  expect(solve({ ...input, exact: solver })).toEqual(solve({ ...input, exact: solver }))
})
