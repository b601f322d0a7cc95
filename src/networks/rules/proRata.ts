/** Shares of a pool and what rounding left over. */
export interface Allocation {
  readonly paid: readonly bigint[]
  readonly unallocated: bigint
}

/**
 * Divides a pool by work, each share rounded down. Equal work is paid equally; no work, no pay;
 * what rounding leaves stays in the pool: sum of paid + unallocated = pool.
 */
export function allocateProRata(pool: bigint, work: readonly bigint[]): Allocation {
  const total = work.reduce((sum, each) => sum + each, 0n)
  const paid = work.map((each) => (total === 0n ? 0n : (pool * each) / total))
  return { paid, unallocated: pool - paid.reduce((sum, each) => sum + each, 0n) }
}

/** Base units of one whole token. */
export const unitOf = (decimals: number): bigint => BigInt(`1${'0'.repeat(decimals)}`)

/** A non-negative float as an integer of base units, rounded down. Exact for what a float can hold. */
export function toUnits(amount: number, decimals: number): bigint {
  if (!(amount > 0)) return 0n
  const whole = Math.floor(amount)
  const rest = Math.floor((amount - whole) * 1e9)
  const unit = unitOf(decimals)
  return BigInt(whole) * unit + (BigInt(rest) * unit) / 1_000_000_000n
}

/** Base units as a float of whole tokens, for money. */
export const fromUnits = (units: bigint, decimals: number): number => Number(units) / Number(unitOf(decimals))
