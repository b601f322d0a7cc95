import type { Stream, TokenEconomy, WhatIf } from '../network.ts'
import { leastOf } from './extremes.ts'
import { unitOf } from './proRata.ts'

/** The rules as they are. */
export const AS_IT_IS: WhatIf = { demandScale: 1, feeScale: 1, issueScale: 1, delayEpochs: 0 }

/** What one epoch did, in base units. */
export interface EpochRow {
  readonly epoch: number
  readonly issued: bigint // by schedule
  readonly reminted: bigint // burnt before, put back
  readonly burnt: bigint
  readonly pools: readonly bigint[] // in the order of the economy's pools
  readonly unallocated: bigint // left by rounding
  readonly supply: bigint // at its end
  readonly locked: bigint // at its end
}

const MILLION = 1_000_000n

/** Splits streams over pools, each share rounded down: pools + unallocated = all that was to be split. */
export function splitStreams(streams: readonly Stream[], pools: number) {
  const paid = new Array<bigint>(pools).fill(0n)
  let all = 0n
  let given = 0n
  for (const { amount, millionths } of streams) {
    all += amount
    for (let i = 0; i < pools; i++) {
      const share = (amount * (millionths[i] ?? 0n)) / MILLION
      paid[i]! += share
      given += share
    }
  }
  return { pools: paid, unallocated: all - given }
}

/**
 * An economy that runs epoch by epoch under a what-if.
 *
 *   supply' = supply + issued + reminted - burnt, where a fund pays nothing new into it
 *   smoothed' = smoothed (n - 1) / n + burnt / n, reminted = min(smoothed', cap)
 *
 * Returns  a function that makes one epoch after the other
 */
export function openEconomy(economy: TokenEconomy, whatIf: WhatIf, priceE8: (epoch: number) => bigint): () => EpochRow {
  const { remint, pools, fromFund } = economy
  const rules = economy.open(whatIf)
  const scale = BigInt(Math.round(whatIf.issueScale * 1e6))
  let epoch = 0
  let supply = economy.supply
  let smoothed = remint?.start ?? 0n
  return () => {
    const planned = rules.streams(epoch - whatIf.delayEpochs, supply)
    const streams = planned.map((stream) => ({ ...stream, amount: (stream.amount * scale) / MILLION }))
    const issued = streams.reduce((sum, { amount }) => sum + amount, 0n)
    const price = priceE8(epoch)
    const [first, ...rest] = streams
    const capped = remint ? leastOf(smoothed, remint.cap) : 0n
    const topUp = rules.topUp?.(first?.amount ?? 0n, smoothed, price) ?? 0n
    const reminted = first ? leastOf(smoothed, capped + topUp) : 0n
    const split = splitStreams(first ? [{ ...first, amount: first.amount + reminted }, ...rest] : [], pools.length)
    const before = supply + (fromFund ? 0n : issued) + reminted
    const burnt = leastOf(before, rules.burn(epoch, supply, price))
    supply = before - burnt
    if (remint) smoothed = (smoothed * (remint.epochs - 1n)) / remint.epochs + burnt / remint.epochs
    const locked = leastOf(supply, rules.locked(epoch, supply))
    return { epoch: epoch++, issued, reminted, burnt, ...split, supply, locked }
  }
}

/** Tokens that an amount of USD buys at a price in 10⁻⁸ USD, in base units of `decimals`; nothing at no price. */
export function unitsForUsd(usd: number, priceE8: bigint, decimals: number): bigint {
  if (priceE8 <= 0n || !(usd > 0)) return 0n
  return (BigInt(Math.round(usd * 1e8)) * unitOf(decimals)) / priceE8
}
