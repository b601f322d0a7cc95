import { dayOf } from './calendar.ts'
import { leastOf } from './extremes.ts'
import { NET_EMISSIONS_CAP } from './heliumEmission.ts'

const U32_MAX = 4_294_967_295n

/** The band that holds what Mobile data deployers earn, as a rule set fixes it. */
export interface Band {
  readonly floorPercent: bigint // of what payers paid
  readonly capPercent: bigint
  readonly bucketPercent: bigint // of the Mobile share that goes to data
  readonly direct: boolean // the top-up is minted to deployers, not through the split
}

/** HIP-149: floor 50 %, cap 300 %, bucket 70 %, the top-up passes through the split. */
export const HIP149: Band = { floorPercent: 50n, capPercent: 300n, bucketPercent: 70n, direct: false }
/** HIP-150 in its first year: floor 80 %, bucket 94 %, the top-up is minted to deployers. */
export const HIP150: Band = { floorPercent: 80n, capPercent: 300n, bucketPercent: 94n, direct: true }

const BUCKET_UNTIL = dayOf('2027-08-01') // end of the supplement's flat window
const FLOOR_UNTIL = dayOf('2027-08-31') // a year from the release; the second year that may follow is not assumed

/** HIP-150 on a day: both concessions end by themselves. */
export const hip150On = (day: number): Band => ({
  ...HIP150,
  floorPercent: day < FLOOR_UNTIL ? HIP150.floorPercent : HIP149.floorPercent,
  bucketPercent: day < BUCKET_UNTIL ? HIP150.bucketPercent : HIP149.bucketPercent,
})

export interface BackstopInput {
  readonly emission: bigint // bones of this epoch
  readonly smoothedBurn: bigint // bones
  readonly dcBurned: bigint // data credits the Mobile network burnt in this epoch
  readonly mobileShare: bigint // of u32::MAX
  readonly priceE8: bigint // USD per HNT, eight decimals
}

export interface Backstop {
  readonly reEmitted: bigint
  readonly topUp: bigint
  readonly pool: bigint // what deployers share, after the cap
  readonly overflow: bigint // above the cap, to stakers
}

/** Data credits to bones at a price: dc x 10^11 / price. */
export const dcToBones = (dc: bigint, priceE8: bigint): bigint =>
  priceE8 === 0n ? 0n : (dc * 100_000_000_000n) / priceE8

/**
 * What Mobile data deployers share in one epoch.
 *
 * Source   helium-program-library, programs/helium-sub-daos/src/backstop.rs (HIP-149); HIP-150, decisions 2 and 3 for the
 *          direct form. The program reads a floor price below the mean by twice its confidence; here both are one price.
 */
export function backstop(input: BackstopInput, band: Band): Backstop {
  const { emission, smoothedBurn, dcBurned, mobileShare, priceE8 } = input
  const reEmitted = leastOf(smoothedBurn, NET_EMISSIONS_CAP)
  const total = emission + reEmitted
  const cap = dcToBones((dcBurned * band.capPercent) / 100n, priceE8)
  const target = dcToBones((dcBurned * band.floorPercent) / 100n, priceE8)
  const bucketOf = (amount: bigint): bigint => (((amount * mobileShare) / U32_MAX) * band.bucketPercent) / 100n
  const baseline = bucketOf(total)
  const budget = smoothedBurn > NET_EMISSIONS_CAP ? smoothedBurn - NET_EMISSIONS_CAP : 0n
  const short = target > baseline ? target - baseline : 0n
  const demand =
    band.direct || mobileShare === 0n ? short : (short * U32_MAX * 100n) / (mobileShare * band.bucketPercent)
  const topUp = mobileShare === 0n ? 0n : leastOf(demand, budget)
  const earned = band.direct ? baseline + topUp : bucketOf(total + topUp)
  const overflow = cap > 0n && earned > cap ? earned - cap : 0n
  return { reEmitted, topUp, pool: earned - overflow, overflow }
}

/** The same in floats, for Monte Carlo: USD that deployers share a day when burn and price are steady. */
export function steadyPoolUsd(
  emissionHnt: number,
  burnUsd: number,
  priceUsd: number,
  mobileShare: number,
  band: Band,
): number {
  const netCap = Number(NET_EMISSIONS_CAP) / 1e8
  const bucket = mobileShare * (Number(band.bucketPercent) / 100)
  const burn = burnUsd / priceUsd
  const baseline = (emissionHnt + Math.min(burn, netCap)) * bucket
  const short = Math.max(0, ((Number(band.floorPercent) / 100) * burnUsd) / priceUsd - baseline)
  const topUp = Math.min(band.direct ? short : short / bucket, Math.max(0, burn - netCap))
  const earned = baseline + (band.direct ? topUp : topUp * bucket)
  return Math.min(earned * priceUsd, (Number(band.capPercent) / 100) * burnUsd)
}
