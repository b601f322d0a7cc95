import type { Correlation } from './correlate.ts'
import type { PathModel } from './pricePaths.ts'

/** An uncertain input as the engine draws it. */
export interface CashDriver {
  readonly id: string
  readonly title: string
  readonly median: number
  readonly p10: number
  readonly p90: number
  readonly shape: 'log' | 'share' | 'plain'
  readonly most: number // where the search for break-even ends
  readonly path?: PathModel
  readonly wouldBe?: (value: number, median: number) => string
}

/** Values of all drivers in one month, by id. The engine changes one object in place; nobody may keep it. */
export type DriverValues = Readonly<Record<string, number>>

/** What happens when the thing itself breaks. */
export interface Failure {
  readonly perYear: string // id of the driver: how often
  readonly repairUsd: (values: DriverValues) => number
  readonly lostMonths: number // income that a failure takes, in months
}

/** What the node makes, by which its cost is levelled. */
export interface Work {
  readonly unit: string // 'GB', 'kWh', 'swap'
  readonly perMonth: (values: DriverValues, month: number) => number
}

/** A node as a source of monthly cash: rules of a network, costs of a thing and figures of a place, already joined. */
export interface CashNode {
  readonly drivers: readonly CashDriver[]
  readonly correlations?: readonly Correlation[]
  readonly tokenPrice: string | null // id of the driver that prices tokens
  readonly months: number
  readonly outlayUsd: (values: DriverValues) => number // once, without collateral
  readonly residualUsd?: (values: DriverValues) => number // what the thing is worth at the end
  readonly collateralTokens: (values: DriverValues) => number
  readonly tokens: (values: DriverValues, month: number) => number
  readonly usd: (values: DriverValues, month: number) => number
  readonly vesting: readonly number[] // share of a month's tokens released 0, 1, 2 … months later
  readonly sellCost?: string // id of the driver: share of a token's price that selling it takes
  readonly feeTokens: (values: DriverValues, month: number) => number
  readonly energyKwh: (values: DriverValues, month: number) => number
  readonly energyPrice: string // id of the driver, USD per kWh; one price for the whole life
  readonly runningUsd: (values: DriverValues) => number // a month, without energy; the same in all
  readonly wearUsd?: (values: DriverValues, month: number) => number // what the work wears out and is bought anew
  readonly failure?: Failure
  readonly work?: Work
}
