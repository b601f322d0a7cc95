import type { CashNode, DriverValues } from './cashNode.ts'

/** Money of one path: what is laid out first, then month by month. */
export interface CashFlow {
  outlayUsd: number // with collateral
  collateralUsd: number
  readonly grossUsd: Float64Array // [months] after the network's share
  readonly netUsd: Float64Array // [months] after energy, fees and running costs; the last with what is given back
  readonly energyKwh: Float64Array // [months]
  readonly earned: Float64Array // [months] tokens, before vesting
}

export const createCashFlow = (months: number): CashFlow => ({
  outlayUsd: 0,
  collateralUsd: 0,
  grossUsd: new Float64Array(months),
  netUsd: new Float64Array(months),
  energyKwh: new Float64Array(months),
  earned: new Float64Array(months),
})

/**
 * Runs one path. `advance` sets the drivers of a month before it is counted.
 *
 * Writes   flow
 * Cost     O(months x vesting)
 */
export function solveCashFlow(
  node: CashNode,
  values: DriverValues,
  advance: (month: number) => void,
  flow: CashFlow,
): void {
  const { months, tokenPrice, energyPrice, vesting } = node
  const { grossUsd, netUsd, energyKwh, earned } = flow
  advance(0)
  const collateral = node.collateralTokens(values)
  flow.collateralUsd = tokenPrice === null ? 0 : collateral * values[tokenPrice]
  flow.outlayUsd = node.outlayUsd(values) + flow.collateralUsd
  const energyUsd = values[energyPrice]
  const running = node.runningUsd(values)
  for (let month = 0; month < months; month++) {
    if (month > 0) advance(month)
    const price = tokenPrice === null ? 0 : values[tokenPrice]
    earned[month] = node.tokens(values, month)
    let released = 0
    for (let lag = 0; lag < vesting.length && lag <= month; lag++) released += vesting[lag] * earned[month - lag]
    energyKwh[month] = node.energyKwh(values, month)
    const gross = node.usd(values, month) + released * price
    const costs = node.feeTokens(values, month) * price + energyKwh[month] * energyUsd + running
    grossUsd[month] = gross
    netUsd[month] = gross - costs
  }
  if (months === 0 || tokenPrice === null) return
  // at the end the collateral comes back, and what is still locked is released
  let locked = 0
  for (let lag = 1; lag < vesting.length && lag <= months; lag++) {
    let later = 0
    for (let k = lag; k < vesting.length; k++) later += vesting[k]
    locked += earned[months - lag] * later
  }
  netUsd[months - 1] += (collateral + locked) * values[tokenPrice]
}
