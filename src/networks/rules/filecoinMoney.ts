import { leastOf, mostOf } from './extremes.ts'

// What Filecoin binds, fines and charges, in attoFIL, rounded down as the miner actor does.
//
// Source  filecoin-project/builtin-actors, actors/miner/src/monies.rs and policy.rs; FIP-0081, FIP-0098, FIP-0100

const EPOCHS_PER_DAY = 2880n
const MAX_PLEDGE_PER_BYTE = 1_000_000_000_000_000_000n / (32n << 30n)

/** The network at one moment, in the actor's units. */
export interface NetworkState {
  readonly epochReward: bigint // attoFIL to all winners of an epoch
  readonly qualityPower: bigint // bytes, quality-adjusted
  readonly baselinePower: bigint // bytes
  readonly circulating: bigint // attoFIL
}

/** Quality-adjusted bytes of a sector of which `verified` bytes hold verified deals for its whole life: ten times as much. */
export const qualityAdjusted = (bytes: bigint, verified: bigint): bigint =>
  ((bytes - verified) * 10n + verified * 100n) / 10n

/** Reward that some power may expect over a time while the network stands still. */
export const expectedReward = ({ epochReward, qualityPower }: NetworkState, power: bigint, epochs: bigint): bigint =>
  qualityPower === 0n ? epochReward : (epochReward * epochs * power) / qualityPower

/**
 * Pledge for new power: the reward of twenty days, and a share of three tenths of what circulates.
 *
 * Units    attoFIL; the skew is how far FIP-0081 has moved the share from the baseline to the network's power, 0 … 300 ‰
 */
export function initialPledge(state: NetworkState, power: bigint, skewPermille: bigint): bigint {
  const { qualityPower, baselinePower, circulating } = state
  const base = mostOf(1n, expectedReward(state, power, 20n * EPOCHS_PER_DAY))
  const target = circulating * 3n * power
  const gamma = 1000n - skewPermille
  const byBaseline = (gamma * target) / (mostOf(mostOf(qualityPower, baselinePower), power) * 10n * 1000n)
  const byPower = (skewPermille * target) / (mostOf(qualityPower, power) * 10n * 1000n)
  return leastOf(base + byBaseline + byPower, MAX_PLEDGE_PER_BYTE * power)
}

/** Skew of FIP-0081 so many days after it began: linear over a year. */
export const pledgeSkew = (days: number): bigint => {
  if (days <= 0) return 0n
  return days >= 365 ? 300n : BigInt(Math.floor((days * 300) / 365))
}

/** Fee for a day in fault: 3.51 days of reward. */
export const faultFee = (state: NetworkState, power: bigint): bigint =>
  expectedReward(state, power, (EPOCHS_PER_DAY * 351n) / 100n)

/** Fee for ending a sector early (FIP-0098): 8.5 % of its pledge, growing over 140 days, within its floors. */
export function terminationFee(pledge: bigint, ageDays: bigint, fault: bigint): bigint {
  const whole = mostOf((pledge * 85n) / 1000n, (fault * 105n) / 100n)
  return mostOf(leastOf((whole * ageDays) / 140n, whole), (pledge * 2n) / 100n)
}

/** Daily fee of some power (FIP-0100). */
export const dailyFee = (circulating: bigint, power: bigint): bigint =>
  (circulating * power * 161_817n) / 1_000_000_000_000_000_000_000_000_000_000n

/** Penalty of whoever makes two blocks for one epoch: five winners' rewards. */
export const consensusFaultPenalty = (epochReward: bigint): bigint => (epochReward * 5n) / 5n

const VESTING_DAYS = 180

/** What of a reward is locked and how much of it is free after so many whole days. */
export function vestedReward(reward: bigint, days: number): bigint {
  const locked = (reward * 3n) / 4n
  const freed = BigInt(Math.min(VESTING_DAYS, Math.max(0, Math.floor(days))))
  return reward - locked + (locked * freed) / BigInt(VESTING_DAYS)
}
