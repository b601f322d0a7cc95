import type { Band, Fact } from '../base/quantity.ts'
import type { AssetKind } from './asset.ts'
import type { AssetReport } from './plan.ts'

/** How many internal rates of return a cash flow has, and which. */
export interface Irr {
  readonly kind: 'one' | 'none' | 'multiple'
  readonly perYear: number // the one nearest zero; NaN when there is none
  readonly all: readonly number[] // in rising order
}

/** What one driver does to the net present value when it alone is bad or good. */
export interface TornadoBar {
  readonly driver: string
  readonly title: string
  readonly atP10Usd: number // net present value with the driver at its P10, all others at their medians
  readonly atP90Usd: number
}

/** How much of the variance of the net present value one driver decides, alone and together with others. */
export interface DriverSensitivity {
  readonly driver: string
  readonly title: string
  readonly first: { readonly value: number; readonly standardError: number }
  readonly total: { readonly value: number; readonly standardError: number }
}

/** Payback over the draws. A draw that never pays back counts as later than all others: its quantile is NaN. */
export interface Payback {
  readonly months: Band
  readonly probability: number // within the life of the node
}

/** Earnings of a node as distributions over many draws. Money in USD, positive is income. */
export interface EconomicsResult {
  readonly draws: number
  readonly seed: number
  readonly months: number // life
  readonly outlayUsd: Band // bought, put up, bound as collateral
  readonly collateralUsd: number // of it bound, at the snapshot's price
  readonly grossPerMonthUsd: Band // mean over the life, after the network's share
  readonly netPerMonthUsd: Band // after energy, fees and running costs
  readonly grossByYearUsd: readonly Band[] // mean month of each year
  readonly netByYearUsd: readonly Band[]
  readonly npvUsd: Band
  readonly returnOnOutlay: Band // all that came in over the outlay, less one; without discount
  readonly levelised: { readonly unit: string; readonly usd: Band } | null // cost of a unit of work
  readonly collateralCostUsd: number // what binding the collateral costs at the discount rate; the net present value has it
  readonly simplePayback: Payback
  readonly discountedPayback: Payback
  readonly irr: Irr // of the path with every driver at its median
  readonly energyKwhPerMonth: number // of that path, mean over the life
  readonly tornado: readonly TornadoBar[] // widest first
  readonly breakEven: string | null // what would have to be true, when the median path does not pay back
}

/** Draws counted in bins of equal width. What lies beyond the first and last edge is counted in the bins at the ends. */
export interface Histogram {
  readonly from: number
  readonly to: number
  readonly counts: Uint32Array // [bins]
}

/** A driver as it may be shown and moved. */
export interface DriverInfo {
  readonly id: string
  readonly title: string
  readonly unit: string
  readonly value: number
  readonly fact: Fact // of which value and unit are
  readonly p10: number
  readonly p90: number
  readonly shape: 'log' | 'share' | 'plain'
  readonly most: number
}

/** All that a calculator shows of one node. */
export interface NodeOutcome {
  readonly report: AssetReport
  readonly result: EconomicsResult
  readonly drivers: readonly DriverInfo[] // as they entered
  readonly stated: readonly DriverInfo[] // before the plan or anybody changed one
  readonly npvUsd: Histogram
  readonly paidBackBy: readonly number[] // share of draws that have paid back by the end of each year
}

/** One kind of node at a place, beside others. */
export interface RankedNode {
  readonly network: string
  readonly era: string
  readonly kind: AssetKind
  readonly outlayUsd: number // of one node, at the medians
  readonly affordable: boolean
  readonly result: EconomicsResult
}
