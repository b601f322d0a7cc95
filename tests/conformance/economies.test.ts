import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { networks } from '../../src/networks/index.ts'
import type { Stream, TokenEconomy, WhatIf } from '../../src/networks/network.ts'
import { AS_IT_IS, type EpochRow, openEconomy, splitStreams } from '../../src/networks/rules/economyStep.ts'
import { allocateProRata } from '../../src/networks/rules/proRata.ts'
import { exampleNetwork } from '../support/exampleNetwork.ts'

const all = [...networks, exampleNetwork].flatMap(({ eras }) =>
  eras.flatMap(({ id, economy }) => (economy ? [{ era: id, economy }] : [])),
)

const whatIfs = fc.record({
  demandScale: fc.double({ min: 0, max: 50, noNaN: true }),
  feeScale: fc.double({ min: 0, max: 3, noNaN: true }),
  issueScale: fc.double({ min: 0, max: 3, noNaN: true }),
  delayEpochs: fc.integer({ min: -400, max: 400 }),
})
const prices = fc.bigInt({ min: 0n, max: 10_000_000_000n })

/** Runs epochs and checks every law in each of them. */
function holdsEveryLaw(economy: TokenEconomy, whatIf: WhatIf, priceE8: bigint, epochs: number): void {
  const next = openEconomy(economy, whatIf, () => priceE8)
  const { remint, pools, fromFund } = economy
  let supply = economy.supply
  let smoothed = remint?.start ?? 0n
  for (let i = 0; i < epochs; i++) {
    const row: EpochRow = next()
    const paid = row.pools.reduce((a, b) => a + b, 0n)
    // pools + unallocated = emission, and rounding leaves less than a unit for each pool of each stream
    expect(paid + row.unallocated).toBe(row.issued + row.reminted)
    expect(row.unallocated >= 0n && row.unallocated < BigInt(4 * pools.length)).toBe(true)
    expect(row.pools.every((share) => share >= 0n)).toBe(true)
    // nothing comes from nowhere
    expect(row.supply).toBe(supply + (fromFund ? 0n : row.issued) + row.reminted - row.burnt)
    expect(row.supply >= 0n && row.burnt >= 0n && row.issued >= 0n).toBe(true)
    expect(row.locked >= 0n && row.locked <= row.supply).toBe(true)
    // what is put back was burnt before
    expect(row.reminted <= smoothed).toBe(true)
    if (remint) smoothed = (smoothed * (remint.epochs - 1n)) / remint.epochs + row.burnt / remint.epochs
    else expect(row.reminted).toBe(0n)
    supply = row.supply
  }
}

describe.each(all)('$era', ({ economy }) => {
  test('behavior: every law holds in every epoch, as it is', () => {
    holdsEveryLaw(economy, AS_IT_IS, 100_000_000n, 800)
  })
  test('behavior: every law holds under any what-if and at any price', () => {
    fc.assert(
      fc.property(whatIfs, prices, (whatIf, price) => holdsEveryLaw(economy, whatIf, price, 60)),
      { seed: 71, numRuns: 25 },
    )
  })
  test('default: shares of a stream are a whole at most, and every fact has its source', () => {
    for (const epoch of [0, 1, 500]) {
      for (const { amount, millionths } of economy.open(AS_IT_IS).streams(epoch, economy.supply)) {
        expect(amount >= 0n).toBe(true)
        expect(millionths.length).toBe(economy.pools.length)
        expect(millionths.reduce((a, b) => a + b, 0n)).toBe(1_000_000n)
      }
    }
    for (const { fact } of economy.facts) {
      expect(Number.isFinite(fact.value)).toBe(true)
      expect(fact.source.length).toBeGreaterThan(3)
      expect(fact.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/)
      if (/^assumed/.test(fact.source)) expect(fact.grade).toBe('assumption')
      if (/recalled/.test(fact.source)) expect(['memory', 'assumption']).toContain(fact.grade)
    }
    expect(Number.isNaN(Date.parse(economy.start))).toBe(false)
  })
  test('behavior: more emission never pays a pool less, more use never burns less', () => {
    const total = (whatIf: WhatIf) => {
      const next = openEconomy(economy, whatIf, () => 100_000_000n)
      const rows = Array.from({ length: 60 }, next)
      return {
        paid: rows.reduce((sum, row) => sum + row.pools.reduce((a, b) => a + b, 0n), 0n),
        burnt: rows.reduce((sum, row) => sum + row.burnt, 0n),
      }
    }
    expect(total({ ...AS_IT_IS, issueScale: 2 }).paid >= total(AS_IT_IS).paid).toBe(true)
    expect(total({ ...AS_IT_IS, demandScale: 3 }).burnt >= total(AS_IT_IS).burnt).toBe(true)
  })
})

/** Economies that no network has: any number of pools, any split, any burn, with and without re-emission. */
const randomEconomy: fc.Arbitrary<TokenEconomy> = fc
  .record({
    weights: fc.array(fc.array(fc.nat(1000), { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
    amounts: fc.array(fc.bigInt({ min: 0n, max: 10n ** 24n }), { minLength: 4, maxLength: 4 }),
    supply: fc.bigInt({ min: 0n, max: 10n ** 28n }),
    burn: fc.bigInt({ min: 0n, max: 10n ** 25n }),
    fromFund: fc.boolean(),
    remint: fc.option(
      fc.record({ epochs: fc.bigInt({ min: 1n, max: 40n }), cap: fc.bigInt({ min: 0n, max: 10n ** 23n }) }),
    ),
  })
  .map(({ weights, amounts, supply, burn, fromFund, remint }) => ({
    title: 'random',
    source: 'nowhere',
    epochS: 86_400,
    start: '2026-01-01T00:00:00Z',
    fromFund,
    supply,
    pools: [0, 1, 2].map((i) => ({ id: String(i), title: String(i), to: 'nodes' as const })),
    remint: remint && { ...remint, start: 0n },
    facts: [],
    open: ({ demandScale }: WhatIf) => ({
      streams: (epoch: number): Stream[] =>
        weights.map((parts, k) => {
          const sum = BigInt(parts.reduce((a, b) => a + b, 0))
          const millionths = parts.map((part) => (sum === 0n ? 0n : (BigInt(part) * 1_000_000n) / sum))
          return { amount: amounts[(k + Math.abs(epoch)) % 4]!, millionths }
        }),
      burn: (epoch: number) => (burn * BigInt(Math.round(demandScale * 100)) * BigInt(1 + (epoch % 3))) / 100n,
      locked: () => burn,
    }),
  }))

describe('random economies', () => {
  test('behavior: the supply identity, the bound of re-emission and the split hold', () => {
    fc.assert(
      fc.property(randomEconomy, whatIfs, (economy, whatIf) => {
        const next = openEconomy(economy, whatIf, () => 100_000_000n)
        let supply = economy.supply
        let burntBefore = 0n
        let put = 0n
        for (let i = 0; i < 40; i++) {
          const row = next()
          const paid = row.pools.reduce((a, b) => a + b, 0n)
          expect(paid + row.unallocated).toBe(row.issued + row.reminted)
          expect(row.supply).toBe(supply + (economy.fromFund ? 0n : row.issued) + row.reminted - row.burnt)
          put += row.reminted
          expect(put <= burntBefore).toBe(true) // never more than was burnt in all
          burntBefore += row.burnt
          supply = row.supply
        }
      }),
      { seed: 72, numRuns: 200 },
    )
  })
  test('behavior: a stream is split monotonously, equal shares get the same, and dust stays under a unit a pool', () => {
    const share = fc.bigInt({ min: 0n, max: 333_333n })
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), share, share, (amount, a, b) => {
        const { pools, unallocated } = splitStreams([{ amount, millionths: [a, b, a, 1_000_000n - 2n * a - b] }], 4)
        expect(pools[0]).toBe(pools[2])
        if (a > b) expect(pools[0]! >= pools[1]!).toBe(true)
        expect(unallocated >= 0n && unallocated < 4n).toBe(true)
      }),
      { seed: 73, numRuns: 300 },
    )
  })
  test('behavior: inside a pool, equal work is paid equally and more work never less', () => {
    fc.assert(
      fc.property(
        randomEconomy,
        fc.array(fc.bigInt({ min: 0n, max: 10n ** 15n }), { minLength: 2, maxLength: 12 }),
        (economy, work) => {
          const [pool] = openEconomy(economy, AS_IT_IS, () => 1n)().pools
          const { paid, unallocated } = allocateProRata(pool!, work)
          expect(paid.reduce((a, b) => a + b, 0n) + unallocated).toBe(pool)
          work.forEach((mine, i) => {
            work.forEach((other, j) => {
              if (mine === other) expect(paid[i]).toBe(paid[j])
              if (mine > other) expect(paid[i]! >= paid[j]!).toBe(true)
            })
          })
        },
      ),
      { seed: 74, numRuns: 100 },
    )
  })
})
