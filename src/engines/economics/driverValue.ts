import { exp } from '../../base/math/exp.ts'
import { log } from '../../base/math/log.ts'
import type { CashDriver } from './cashNode.ts'

/** Standard normal quantile of 90 %. */
const Z90 = 1.2815515655446004

const odds = (share: number): number => log(share / (1 - share))
const shareOf = (logOdds: number): number => 1 / (1 + exp(-logOdds))

/** Turns a standard normal number into a value whose P10, P50 and P90 are the driver's own. */
export type ToValue = (z: number) => number

/**
 * The two-piece normal in the driver's own scale: below the median with the spread towards P10, above towards P90.
 * A share of exactly 0 or 1 as median is taken as certain.
 */
export function driverValue({ median, p10, p90, shape }: CashDriver): ToValue {
  if (shape === 'plain') {
    const low = (median - p10) / Z90
    const high = (p90 - median) / Z90
    return (z) => median + z * (z < 0 ? low : high)
  }
  const to = shape === 'log' ? log : odds
  const from = shape === 'log' ? exp : shareOf
  const middle = to(median)
  if (!Number.isFinite(middle)) return () => median
  const low = (middle - to(p10)) / Z90
  const high = (to(p90) - middle) / Z90
  // the median itself comes back exactly, not through logarithm and back
  return (z) => (z === 0 ? median : from(middle + z * (z < 0 ? low : high)))
}
