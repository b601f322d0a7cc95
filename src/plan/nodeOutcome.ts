import { selectQuantiles } from '../base/selectQuantiles.ts'
import type { Draws } from '../engines/economics/drawTable.ts'
import { summariseDraws } from '../engines/economics/summary.ts'
import type { Asset } from '../model/asset.ts'
import type { DriverInfo, Histogram, NodeOutcome } from '../model/economics.ts'
import type { Driver, Site } from '../networks/network.ts'
import { reportAsset } from './assetReport.ts'
import { type DriverChange, type NodeRequest, type PlannedNode, planNode } from './plannedNode.ts'
import { typicalSite } from './typicalSite.ts'

/** One node somebody asks about, placed or only thought of. */
export interface NodeQuestion {
  readonly asset: Asset
  readonly era: string | null // null: the rule set in force
  readonly site: Partial<Site> // what is known of the place; the rest is typical
  readonly startDay: number // days since 1970-01-01
  readonly energyPriceUsd: number // per kWh
  readonly tokenPriceScale: number // × snapshot
  readonly changes: readonly DriverChange[]
}

/** A question with its place filled in. */
export const requestOf = ({ asset, era, site, startDay, changes, ...prices }: NodeQuestion): NodeRequest => ({
  asset,
  ...(era === null ? {} : { era }),
  site: typicalSite(asset, startDay, site),
  ...prices,
  ...(changes.length > 0 ? { changes } : {}),
})

const BINS = 48

/**
 * Counts values between their P1 and P99, and no further beyond P10 and P90 than these are apart: a tail that reaches to
 * the moon would leave nothing to see of the rest.
 */
function histogramOf(values: Float64Array, bins = BINS): Histogram {
  const [p1, p10, p90, p99] = selectQuantiles(values.slice(), [0.01, 0.1, 0.9, 0.99])
  const from = Math.max(p1, p10 - (p90 - p10))
  const to = Math.min(p99, p90 + (p90 - p10))
  const counts = new Uint32Array(bins)
  const width = (to - from) / bins
  for (const value of values) {
    const bin = width > 0 ? Math.floor((value - from) / width) : 0
    counts[Math.min(Math.max(bin, 0), bins - 1)]++
  }
  return { from, to, counts }
}

const infoOf = ({ id, title, fact, p10, p90, shape, most }: Driver): DriverInfo => ({
  id,
  title,
  unit: fact.unit,
  value: fact.value,
  fact,
  p10,
  p90,
  shape,
  most,
})

/** Share of draws that have paid back by the end of each year of the life. */
function paidBackBy({ paybackMonths, years, count }: Draws): number[] {
  const paid = new Array<number>(years).fill(0)
  for (const months of paybackMonths)
    for (let year = 0; year < years; year++) if (months <= 12 * (year + 1)) paid[year]++
  return paid.map((n) => n / Math.max(1, count))
}

/** What finished draws of a node say. */
export function outcomeOf(node: PlannedNode, draws: Draws, seed: number, discountRate: number): NodeOutcome {
  const result = summariseDraws(node.cash, draws, seed, discountRate)
  return {
    report: reportAsset(node, result),
    result,
    drivers: node.drivers.map(infoOf),
    stated: node.stated.drivers.map(infoOf),
    npvUsd: histogramOf(draws.npvUsd),
    paidBackBy: paidBackBy(draws),
  }
}

export const plannedOf = (question: NodeQuestion): PlannedNode => planNode(requestOf(question))
