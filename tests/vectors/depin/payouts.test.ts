import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allocateProRata, fromUnits, toUnits } from '../../../src/networks/rules/proRata.ts'

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
