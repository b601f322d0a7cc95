import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayOf } from '../../../src/networks/rules/calendar.ts'
import {
  consensusFaultPenalty,
  dailyFee,
  expectedReward,
  faultFee,
  initialPledge,
  type NetworkState,
  pledgeSkew,
  qualityAdjusted,
  terminationFee,
  vestedReward,
} from '../../../src/networks/rules/filecoinMoney.ts'
import { STATE } from '../../../src/networks/rules/filecoinState.ts'

const FIL = 10n ** 18n
const SECTOR = 32n << 30n
const eib = (value: number): bigint => BigInt(Math.round(value * 1e6)) * ((1n << 60n) / 1_000_000n)
const snapshot: NetworkState = {
  epochReward: (BigInt(STATE.dayReward.value) * FIL) / 2880n,
  qualityPower: eib(STATE.qualityPowerEib.value),
  baselinePower: eib(STATE.baselineEib.value),
  circulating: BigInt(STATE.circulating.value) * FIL,
}

test('default: the pledge of the snapshot’s day, 0.1374 FIL a sector, within a tenth of a percent', () => {
  const skew = pledgeSkew(dayOf(STATE.date) - dayOf('2024-11-20'))
  const pledge = Number(initialPledge(snapshot, SECTOR, skew)) / 1e18
  expect(Math.abs(pledge / STATE.pledgePerSector.value - 1)).toBeLessThan(1.5e-3)
})

test('default: FIP-0100’s example: 680 million FIL in circulation, a bare sector pays 3,780 nanoFIL a day', () => {
  expect(dailyFee(680_000_000n * FIL, SECTOR) / 10n ** 9n).toBe(3780n)
})

test('default: bare capacity counts once, verified data ten times', () => {
  expect(qualityAdjusted(SECTOR, 0n)).toBe(SECTOR)
  expect(qualityAdjusted(SECTOR, SECTOR)).toBe(10n * SECTOR)
  expect(qualityAdjusted(100n, 50n)).toBe(550n)
})

// builtin-actors, monies.rs, pledge_penalty_for_termination_test; the floors are those of FIP-0098 as adopted
test.each([
  [1000n, 1n, 5n, 20n],
  [1000n, 70n, 0n, 42n],
  [1000n, 140n, 0n, 85n],
  [1000n, 500n, 0n, 85n],
  [1000n, 140n, 200n, 210n],
])('default: a pledge of %d ended after %d days with a fault fee of %d costs %d', (pledge, age, fault, fee) => {
  expect(terminationFee(pledge, age, fault)).toBe(fee)
})

test('default: a quarter of a reward is free at once, all of it after 180 days', () => {
  expect(vestedReward(1000n, 0)).toBe(250n)
  expect(vestedReward(1000n, 90)).toBe(625n)
  expect(vestedReward(1000n, 180)).toBe(1000n)
  expect(vestedReward(1000n, 9999)).toBe(1000n)
  expect(vestedReward(1000n, -1)).toBe(250n)
  expect(consensusFaultPenalty(78n)).toBe(78n)
})

describe('laws', () => {
  const state = fc.record({
    epochReward: fc.bigInt({ min: 1n, max: 200n * FIL }),
    qualityPower: fc.bigInt({ min: 1n << 40n, max: 1n << 66n }),
    baselinePower: fc.bigInt({ min: 1n << 40n, max: 1n << 68n }),
    circulating: fc.bigInt({ min: FIL, max: 2_000_000_000n * FIL }),
  })
  const power = fc.bigInt({ min: 1n, max: 1n << 50n })
  test('behavior: pledge, fees and fines are never negative, grow with power, and a pledge keeps its cap', () => {
    fc.assert(
      fc.property(state, power, power, fc.bigInt({ min: 0n, max: 300n }), (s, a, b, skew) => {
        const [small, large] = a < b ? [a, b] : [b, a]
        for (const of of [
          (p: bigint) => initialPledge(s, p, skew),
          (p: bigint) => faultFee(s, p),
          (p: bigint) => dailyFee(s.circulating, p),
        ]) {
          expect(of(small) >= 0n).toBe(true)
          expect(of(small) <= of(large)).toBe(true)
        }
        expect(initialPledge(s, large, skew) <= (FIL * large) / SECTOR).toBe(true)
      }),
      { seed: 98, numRuns: 300 },
    )
  })
  test('behavior: vesting never gives more than the reward, nor takes back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 24n }), fc.nat(400), (reward, day) => {
        expect(vestedReward(reward, day) <= vestedReward(reward, day + 1)).toBe(true)
        expect(vestedReward(reward, day) <= reward).toBe(true)
      }),
      { seed: 180, numRuns: 300 },
    )
  })
  test('args: a network without power pays its whole reward, and the skew stands still outside its year', () => {
    expect(expectedReward({ ...snapshot, qualityPower: 0n }, SECTOR, 20n)).toBe(snapshot.epochReward)
    expect([pledgeSkew(-5), pledgeSkew(0), pledgeSkew(365), pledgeSkew(9000)]).toEqual([0n, 0n, 300n, 300n])
  })
})
