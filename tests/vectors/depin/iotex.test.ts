import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { networkById } from '../../../src/networks/index.ts'
import { burnDrop, phaseDevices } from '../../../src/networks/rules/burnDrop.ts'
import { IOTX } from '../../../src/networks/rules/iotexDelegate.ts'
import { voteWeight } from '../../../src/networks/rules/iotexVotes.ts'

// iotex-core, action/protocol/staking/vote_bucket_test.go, as written down in reference/depin/vectors.md
test.each([
  [100, true, 100n, true, 136n],
  [100, true, 100n, false, 129n],
  [100, false, 100n, true, 125n],
  [100, false, 100n, false, 125n],
  [30, true, 10_000n, false, 12_245n],
  [30, false, 10_000n, false, 11_865n],
  [91, true, 10_000n, false, 12_854n],
  [91, false, 10_000n, true, 12_474n],
  [91, true, 100_000n, false, 128_543n],
  [91, false, 100_000n, true, 124_741n],
  [2, true, 1000n, false, 1076n],
  [2, false, 1000n, true, 1038n],
])('default: %d days, renewed %s, %d, own stake %s: %d votes', (days, autoStake, amount, selfStake, votes) => {
  expect(voteWeight(amount, { days, autoStake, selfStake })).toBe(votes)
})

describe('votes', () => {
  const terms = fc.record({
    days: fc.integer({ min: 0, max: 1050 }),
    autoStake: fc.boolean(),
    selfStake: fc.boolean(),
  })
  const rau = fc.bigInt({ min: 0n, max: 10n ** 28n })
  test('behavior: never fewer than the stake, more for more stake and for a longer time', () => {
    fc.assert(
      fc.property(rau, rau, terms, (a, b, how) => {
        const [small, large] = a < b ? [a, b] : [b, a]
        expect(voteWeight(small, how)).toBeGreaterThanOrEqual(small)
        expect(voteWeight(small, how)).toBeLessThanOrEqual(voteWeight(large, how))
        expect(voteWeight(small, how)).toBeLessThanOrEqual(voteWeight(small, { ...how, days: how.days + 1 }))
        expect(voteWeight(small, how)).toBeLessThanOrEqual(voteWeight(small, { ...how, autoStake: true }))
      }),
      { seed: 41, numRuns: 300 },
    )
  })
  test('args: nothing staked has no votes, and a day of nothing counts as the stake alone', () => {
    expect(voteWeight(0n, { days: 91, autoStake: true, selfStake: true })).toBe(0n)
    expect(voteWeight(-5n, { days: 91, autoStake: true, selfStake: true })).toBe(0n)
    expect(voteWeight(7n, { days: 0, autoStake: true, selfStake: false })).toBe(7n)
  })
})

describe('Burn-Drop', () => {
  test('default: ten phases burn and drop a billion IOTX over 1,023,000 devices', () => {
    let [devices, burnt, dropped, before] = [0n, 0n, 0n, 0n]
    for (let phase = 1; phase <= 10; phase++) {
      const count = phaseDevices(phase)
      const first = burnDrop(before)
      expect(burnDrop(before + count - 1n)).toEqual(first)
      devices += count
      burnt += first.burnt * count
      dropped += first.dropped * count
      before += count
    }
    expect(devices).toBe(1_023_000n)
    expect([burnt, dropped]).toEqual([900_000_000n * IOTX, 100_000_000n * IOTX])
    expect(burnDrop(0n)).toEqual({ burnt: 90_000n * IOTX, dropped: 10_000n * IOTX })
  })
  test('args: before the first and after the last device nothing is dropped', () => {
    expect(burnDrop(-1n)).toEqual({ burnt: 0n, dropped: 0n })
    expect(burnDrop(1_023_000n)).toEqual({ burnt: 0n, dropped: 0n })
  })
})

test('default: 214.7 million IOTX a year are at most 2.27 % of what exists, and the maximum is 10 billion', () => {
  const network = networkById.get('iotex-device')!
  const { emission } = network.eras.find(({ status }) => status === 'active')!
  let year = 0n
  for (let hour = 0; hour < 8760; hour++) year += emission!.at(hour)
  expect(year).toBe(214_707_600n * IOTX)
  expect(Number(year / IOTX) / 9_441_378_959).toBeCloseTo(0.0227, 4)
  expect(network.token!.cap!.fact.value).toBe(10_000_000_000)
})
