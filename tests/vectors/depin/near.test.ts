import fc from 'fast-check'
import { expect, test } from 'vitest'
import { powQ, Q128, ratioQ } from '../../../src/networks/rules/fixedPoint.ts'
import {
  epochReward,
  NEAR,
  nearEmission,
  onlineFactor,
  SUPPLY_NEAR,
  treasuryPart,
  validatorReward,
} from '../../../src/networks/rules/nearReward.ts'

test('default: a year of epochs mints 2.5 % of the supply, a little more when compounded', () => {
  let year = 0n
  for (let epoch = 0; epoch < 730; epoch++) year += nearEmission(epoch)
  const share = Number(year) / Number(SUPPLY_NEAR * NEAR)
  expect(share).toBeGreaterThan(0.025)
  expect(share).toBeLessThan(0.02532)
})

test('behavior: compounding at once stays within one yoctoNEAR of adding epoch after epoch', () => {
  let supply = SUPPLY_NEAR * NEAR
  for (let epoch = 0; epoch < 3000; epoch++) {
    const reward = epochReward(supply)
    const apart = reward - nearEmission(epoch)
    expect(apart >= -1n && apart <= 1n, String(epoch)).toBe(true)
    supply += reward
  }
})

test('default: a tenth goes to the treasury, the rest to validators, and nothing is lost', () => {
  const reward = nearEmission(0)
  expect(treasuryPart(reward)).toBe(reward / 10n)
})

test('default: uptime pays from 90 % on and fully from 99 % on', () => {
  expect(onlineFactor(0.9)).toBe(0)
  expect(onlineFactor(0.5)).toBe(0)
  expect(onlineFactor(0.945)).toBeCloseTo(0.5, 12)
  expect(onlineFactor(0.99)).toBe(1)
  expect(onlineFactor(1)).toBe(1)
})

test('behavior: rewards of validators never exceed the part, and rise with stake and uptime', () => {
  const stakes = fc.array(fc.bigInt({ min: 0n, max: 10n ** 32n }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 30n }),
      stakes,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (part, all, up) => {
        const total = all.reduce((a, b) => a + b, 0n)
        const paid = all.map((stake) => validatorReward(part, stake, total, up))
        expect(paid.reduce((a, b) => a + b, 0n) <= part).toBe(true)
        all.forEach((stake, i) => {
          expect(validatorReward(part, stake, total, 1) >= paid[i]!).toBe(true)
          expect(validatorReward(part, stake, total + 1n, up) <= paid[i]!).toBe(true)
        })
      },
    ),
    { seed: 43, numRuns: 200 },
  )
  expect(validatorReward(1000n, 0n, 0n, 1)).toBe(0n)
})

test('args: a power of zero is one, and a half to the tenth is 2^-10', () => {
  expect(powQ(ratioQ(1n, 2n), 0)).toBe(Q128)
  expect(powQ(ratioQ(1n, 2n), 10)).toBe(Q128 >> 10n)
})
