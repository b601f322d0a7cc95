import type { CashNode, DriverValues } from './cashNode.ts'

/** Money of one path: what is laid out first, then month by month. */
export interface CashFlow {
  outlayUsd: number // with collateral
  collateralUsd: number
  collateralBackUsd: number // what the collateral is worth when it comes back
  residualUsd: number
  readonly grossUsd: Float64Array // [months] after the network's share and the cost of selling
  readonly netUsd: Float64Array // [months] after energy, fees, repairs and running costs; the last with what is given back
  readonly costUsd: Float64Array // [months] energy, fees, repairs and running costs
  readonly energyKwh: Float64Array // [months]
  readonly earned: Float64Array // [months] tokens, before vesting
  readonly work: Float64Array // [months] what it made
}

export const createCashFlow = (months: number): CashFlow => ({
  outlayUsd: 0,
  collateralUsd: 0,
  collateralBackUsd: 0,
  residualUsd: 0,
  grossUsd: new Float64Array(months),
  netUsd: new Float64Array(months),
  costUsd: new Float64Array(months),
  energyKwh: new Float64Array(months),
  earned: new Float64Array(months),
  work: new Float64Array(months),
})

/**
 * Runs one path. `advance` sets the drivers of a month before it is counted and says how often the thing broke in it,
 * which may be a fraction: what is to be expected.
 *
 * Writes   flow
 * Cost     O(months x vesting)
 */
export function solveCashFlow(
  node: CashNode,
  values: DriverValues,
  advance: (month: number) => number,
  flow: CashFlow,
): void {
  const { months, tokenPrice, energyPrice, vesting, sellCost, failure, work } = node
  const { grossUsd, netUsd, costUsd, energyKwh, earned } = flow
  let broken = advance(0)
  const collateral = node.collateralTokens(values)
  flow.collateralUsd = tokenPrice === null ? 0 : collateral * values[tokenPrice]
  flow.outlayUsd = node.outlayUsd(values) + flow.collateralUsd
  const energyUsd = values[energyPrice]
  const running = node.runningUsd(values)
  const kept = sellCost === undefined ? 1 : 1 - values[sellCost]
  for (let month = 0; month < months; month++) {
    if (month > 0) broken = advance(month)
    const price = tokenPrice === null ? 0 : values[tokenPrice]
    const up = failure ? Math.max(0, 1 - failure.lostMonths * broken) : 1
    earned[month] = node.tokens(values, month) * up
    if (work) flow.work[month] = work.perMonth(values, month) * up
    let released = 0
    for (let lag = 0; lag < vesting.length && lag <= month; lag++) released += vesting[lag] * earned[month - lag]
    energyKwh[month] = node.energyKwh(values, month) * up
    const gross = node.usd(values, month) * up + released * price * kept
    const repairs = failure && broken > 0 ? failure.repairUsd(values) * broken : 0
    const worn = node.wearUsd ? node.wearUsd(values, month) : 0
    const costs = node.feeTokens(values, month) * price + energyKwh[month] * energyUsd + running + repairs + worn
    grossUsd[month] = gross
    costUsd[month] = costs
    netUsd[month] = gross - costs
  }
  flow.collateralBackUsd = 0
  flow.residualUsd = 0
  if (months === 0) return
  flow.residualUsd = node.residualUsd?.(values) ?? 0
  netUsd[months - 1] += flow.residualUsd
  if (tokenPrice === null) return
  // at the end the collateral comes back, and what is still locked is released
  let locked = 0
  for (let lag = 1; lag < vesting.length && lag <= months; lag++) {
    let later = 0
    for (let k = lag; k < vesting.length; k++) later += vesting[k]
    locked += earned[months - lag] * later
  }
  flow.collateralBackUsd = collateral * values[tokenPrice]
  netUsd[months - 1] += flow.collateralBackUsd + locked * kept * values[tokenPrice]
}
