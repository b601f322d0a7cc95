import { powQ, Q128, ratioQ } from './fixedPoint.ts'

/** One NEAR in yoctoNEAR. */
export const NEAR = 1_000_000_000_000_000_000_000_000n

/** Epochs of 43,200 blocks, one a second by the protocol's nominal clock. */
export const EPOCH_S = 43_200
const YEAR_S = 31_536_000n // as the protocol counts: 365 days
const MOST_INFLATION_PERMILLE = 25n // protocol version 81
const TREASURY_PERCENT = 10n

/** Total supply that the schedule starts from, in whole NEAR. */
export const SUPPLY_NEAR = 1_285_000_000n

/** What an epoch of the nominal length mints from a supply, in yoctoNEAR. */
export const epochReward = (supply: bigint): bigint =>
  (supply * MOST_INFLATION_PERMILLE * BigInt(EPOCH_S)) / (1000n * YEAR_S)

/** The treasury's part of it, rounded down; the rest is the validators'. */
export const treasuryPart = (reward: bigint): bigint => (reward * TREASURY_PERCENT) / 100n

const GROWTH = Q128 + ratioQ(MOST_INFLATION_PERMILLE * BigInt(EPOCH_S), 1000n * YEAR_S)

/**
 * The most that epoch `epoch` after the snapshot can mint: no gas burnt, nothing withheld for lost uptime. The supply is
 * compounded in Q.128 at once, which stays within one yoctoNEAR of adding epoch after epoch.
 */
export const nearEmission = (epoch: number): bigint => epochReward((SUPPLY_NEAR * NEAR * powQ(GROWTH, epoch)) >> 128n)

const ONLINE_MIN = 0.9
const ONLINE_MAX = 0.99

/** Share of its reward that a validator keeps for its uptime. Source: nearcore, RewardCalculator; nomicon, Economics */
export const onlineFactor = (uptime: number): number =>
  Math.min(1, Math.max(0, (uptime - ONLINE_MIN) / (ONLINE_MAX - ONLINE_MIN)))

/** A validator's reward of one epoch: the validators' part by stake, less what its uptime cost; rounded down twice. */
export function validatorReward(epochPart: bigint, stake: bigint, allStake: bigint, uptime: number): bigint {
  if (allStake === 0n) return 0n
  const online = BigInt(Math.round(onlineFactor(uptime) * 1e9))
  return (((epochPart * online) / 1_000_000_000n) * stake) / allStake
}
