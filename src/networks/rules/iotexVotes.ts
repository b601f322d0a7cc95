import { log } from '../../base/math/log.ts'

/** How votes are bound: by days, renewed or running out, own stake of a delegate or not. */
export interface VoteTerms {
  readonly days: number
  readonly autoStake: boolean
  readonly selfStake: boolean
}

const DURATION_BASE = 1.2
const AUTO_STAKE = 1 // renewed time counts twice
const SELF_STAKE = 1.06
const SELF_STAKE_DAYS = 91

/** What a token counts in votes. */
function voteFactor({ days, autoStake, selfStake }: VoteTerms): number {
  let factor = 1
  if (days > 0) factor += log(Math.ceil(days) * (1 + (autoStake ? AUTO_STAKE : 0))) / log(DURATION_BASE) / 100
  return selfStake && autoStake && days >= SELF_STAKE_DAYS ? factor * SELF_STAKE : factor
}

/** A double in [1, 2^53) as a whole number over 2^52. Exact. */
const over52 = (factor: number): bigint => {
  const whole = Math.floor(factor)
  return (BigInt(whole) << 52n) + BigInt((factor - whole) * 4503599627370496)
}

const bitsOf = (value: bigint): number => value.toString(2).length

/** Rounds to a number of leading bits, half to even, as a big float of that precision does. */
function roundToBits(value: bigint, bits: number): bigint {
  const drop = BigInt(Math.max(0, bitsOf(value) - bits))
  if (drop === 0n) return value
  const kept = value >> drop
  const rest = value - (kept << drop)
  const half = 1n << (drop - 1n)
  const up = rest > half || (rest === half && kept % 2n === 1n)
  return (up ? kept + 1n : kept) << drop
}

/**
 * Votes of a bucket, in the units of its amount: the product as a big float of the amount's own precision, at least 64
 * bits, then rounded down.
 *
 * Source   iotex-core, action/protocol/staking/vote_bucket.go, CalculateVoteWeight
 */
export function voteWeight(amount: bigint, terms: VoteTerms): bigint {
  if (amount <= 0n) return 0n
  return roundToBits(amount * over52(voteFactor(terms)), Math.max(64, bitsOf(amount))) >> 52n
}
