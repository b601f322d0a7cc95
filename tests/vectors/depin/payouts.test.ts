import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allocateProRata, fromUnits, toUnits } from '../../../src/networks/rules/proRata.ts'
import { jobRender, saladSettlement } from '../../../src/networks/rules/renderPay.ts'

test('behavior: a divided pool is kept whole, equal work is paid equally, more work never less, no work nothing', () => {
  const work = fc.array(fc.bigInt({ min: 0n, max: 10n ** 24n }), { maxLength: 30 })
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), work, (pool, shares) => {
      const { paid, unallocated } = allocateProRata(pool, shares)
      expect(paid.reduce((a, b) => a + b, 0n) + unallocated).toBe(pool)
      if (shares.some((share) => share > 0n)) expect(unallocated).toBeLessThan(BigInt(shares.length) + 1n)
      for (let i = 0; i < shares.length; i++) {
        if (shares[i] === 0n) expect(paid[i]).toBe(0n)
        for (let j = 0; j < i; j++) {
          if (shares[i] === shares[j]) expect(paid[i]).toBe(paid[j])
          if (shares[i]! > shares[j]!) expect(paid[i]! >= paid[j]!).toBe(true)
        }
      }
    }),
    { seed: 11, numRuns: 200 },
  )
})

test('behavior: money in floats becomes base units rounded down, and back within a billionth of a token', () => {
  expect(toUnits(1.5, 8)).toBe(150_000_000n)
  expect(toUnits(0, 8)).toBe(0n)
  expect(toUnits(-1, 8)).toBe(0n)
  expect(toUnits(NaN, 8)).toBe(0n)
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (amount) => {
      const back = fromUnits(toUnits(amount, 18), 18)
      expect(back).toBeLessThanOrEqual(amount * (1 + 1e-12))
      expect(amount - back).toBeLessThan(1e-9 + amount * 1e-12)
    }),
    { seed: 12, numRuns: 200 },
  )
})

// RNP-021 and RNP-023, worked examples
test('default: Render pays 74.40 for 500 hours and 14.88 for 100; Salad burns 300 and rewards 280, 266.7 and 294.74', () => {
  expect(jobRender(1, 500)).toBeCloseTo(74.4, 2)
  expect(jobRender(1, 100)).toBeCloseTo(14.88, 2)
  expect(saladSettlement(1000, 2, 2)).toEqual({ burned: 300, rewarded: 280 })
  expect(saladSettlement(1000, 2, 2.1).rewarded).toBeCloseTo(266.7, 1)
  expect(saladSettlement(1000, 2, 1.9).rewarded).toBeCloseTo(294.74, 2)
})
