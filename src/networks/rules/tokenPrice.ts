import type { Fact } from '../../base/quantity.ts'
import { shortNumber } from '../../base/shortNumber.ts'
import { type Driver, fact, TOKEN_PRICE } from '../network.ts'

/** What is known of how such prices move: fitted to HNT, May 2023 to February 2026, and taken for the others as well. */
const REVERSION = fact(
  2.82,
  '1/a',
  'Ornstein-Uhlenbeck fit of HNT, cryptozach.com Adaptive Tokenomics',
  '2026-02-28',
  'press',
)
const VOLATILITY = fact(
  1.1,
  '1/√a',
  'yearly volatility of small tokens, recalled; the fit above does not publish its own',
  '2026-07-04',
  'assumption',
)

/**
 * A token's price: the dated snapshot as the median of its level over the years, with a wide band because nobody knows it,
 * and month by month movement about that level. No trend is assumed.
 */
export const tokenPrice = (symbol: string, snapshot: Fact): Driver => ({
  id: TOKEN_PRICE,
  title: `${symbol} price`,
  fact: snapshot,
  p10: snapshot.value / 4,
  p90: snapshot.value * 3,
  shape: 'log',
  most: snapshot.value * 1000,
  path: { volatilityPerYear: VOLATILITY, reversionPerYear: REVERSION },
  wouldBe: (value, median) => `${symbol} stood at ${shortNumber(value / median)} × the snapshot of ${snapshot.asOf}`,
})
