import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quotasFor } from '../../../../data/devnet/fleet/quotas.ts'
import { CENTRE_M, CLEARANCE_M, pickSpread } from '../../../../data/devnet/fleet/spread.ts'
import { createRandom } from '../../../../src/base/random.ts'

const field = (seed: number, count: number, halfM: number) => {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => ({
    xM: (random.next() - 0.5) * 2 * halfM,
    yM: (random.next() - 0.5) * 2 * halfM,
  }))
}
const apartM = (a: { xM: number; yM: number }, b: { xM: number; yM: number }): number =>
  Math.hypot(a.xM - b.xM, a.yM - b.yM)

test('behavior: picks keep their distance, to each other and to what was there (seed 4)', () => {
  fc.assert(
    fc.property(
      fc.nat(1_000),
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 12, max: 300 }),
      (seed, count, spacingM) => {
        const taken = field(seed + 1, 5, 500)
        const before = [...taken]
        const picks = pickSpread(
          field(seed, 200, 3_000),
          { count, spacingM, centreShare: 0.5 },
          createRandom(seed),
          taken,
        )
        expect(picks.length).toBeLessThanOrEqual(count)
        expect(taken.length).toBe(before.length + picks.length)
        picks.forEach((pick, i) => {
          for (const other of picks.slice(0, i)) expect(apartM(pick, other)).toBeGreaterThanOrEqual(spacingM)
          for (const old of before) expect(apartM(pick, old)).toBeGreaterThanOrEqual(CLEARANCE_M)
        })
      },
    ),
    { seed: 4, numRuns: 60 },
  )
})

test('behavior: the centre gets its share when it has room, and all when there is nothing else', () => {
  const random = createRandom(1)
  const picks = pickSpread(field(3, 2_000, 6_000), { count: 100, spacingM: 50, centreShare: 0.6 }, random, [])
  expect(picks.length).toBe(100)
  expect(picks.filter((pick) => Math.hypot(pick.xM, pick.yM) <= CENTRE_M).length).toBe(60)
  const inside = pickSpread(field(3, 300, 1_000), { count: 50, spacingM: 20, centreShare: 0.2 }, random, [])
  expect(inside.length).toBe(50)
})

test('behavior: nothing to pick from gives nothing', () => {
  expect(pickSpread([], { count: 5, spacingM: 10, centreShare: 1 }, createRandom(1), [])).toEqual([])
})

test('behavior: quotas add up to the fleet and hold every kind (seed 5)', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_000 }), (devices) => {
      const counts = Object.values(quotasFor(devices))
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(devices)
      expect(Math.min(...counts)).toBeGreaterThanOrEqual(devices >= 6 ? 1 : 0)
    }),
    { seed: 5 },
  )
})
