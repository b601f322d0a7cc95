import { pow } from '../../base/math/pow.ts'
import { type Band, quantile } from '../../base/quantity.ts'
import { selectQuantiles } from '../../base/selectQuantiles.ts'
import type { EconomicsResult, Payback } from '../../model/economics.ts'
import type { CashNode } from './cashNode.ts'
import type { Draws } from './drawTable.ts'
import { irrPerYear, monthlyFactor } from './finance.ts'
import { breakEvenSentence, medianFlow, tornadoOf } from './medianPath.ts'

const bandOf = (sorted: Float64Array, decidedBy?: string): Band => ({
  p10: quantile(sorted, 0.1),
  p50: quantile(sorted, 0.5),
  p90: quantile(sorted, 0.9),
  ...(decidedBy === undefined ? {} : { decidedBy }),
})

/** P10, P50 and P90 of one column of a row-major table. */
function columnBand(
  table: Float64Array,
  width: number,
  column: number,
  scratch: Float64Array,
  decidedBy?: string,
): Band {
  for (let row = 0; row < scratch.length; row++) scratch[row] = table[row * width + column]
  const [p10, p50, p90] = selectQuantiles(scratch, [0.1, 0.5, 0.9])
  return { p10, p50, p90, ...(decidedBy === undefined ? {} : { decidedBy }) }
}

/** Draws that never pay back stand behind all others, and a quantile that falls among them is not a number. */
function paybackOf(months: Float64Array, decidedBy: string | undefined): Payback {
  const sorted = Float64Array.from(months, (m) => (Number.isNaN(m) ? Infinity : m)).sort()
  // the nearest rank: between a month and never there is nothing to interpolate
  const rank = (p: number): number => {
    const value = sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? Infinity
    return value < Infinity ? value : NaN
  }
  let paid = 0
  for (const m of sorted) if (m < Infinity) paid++
  return {
    months: { p10: rank(0.1), p50: rank(0.5), p90: rank(0.9), ...(decidedBy === undefined ? {} : { decidedBy }) },
    probability: sorted.length === 0 ? NaN : paid / sorted.length,
  }
}

/** Cost of a unit of work over the draws that made any; null when the node has no such unit or mostly makes nothing. */
function levelisedOf({ work }: CashNode, { levelisedUsd }: Draws, decidedBy: string | undefined) {
  if (!work) return null
  const made = levelisedUsd.filter((usd) => !Number.isNaN(usd)).sort()
  return made.length > levelisedUsd.length / 2 ? { unit: work.unit, usd: bandOf(made, decidedBy) } : null
}

/** Bands, payback, rate of return, sensitivity and the break-even sentence of a finished set of draws. */
export function summariseDraws(node: CashNode, draws: Draws, seed: number, discountRate: number): EconomicsResult {
  const { years } = draws
  const tornado = tornadoOf(node, discountRate)
  const decidedBy = tornado[0]?.title
  const flow = medianFlow(node)
  const scratch = new Float64Array(draws.count)
  const byYear = (table: Float64Array): Band[] =>
    Array.from({ length: years }, (_, year) => columnBand(table, years + 1, year, scratch, decidedBy))
  const whole = (table: Float64Array): Band => columnBand(table, years + 1, years, scratch, decidedBy)
  return {
    draws: draws.count,
    seed,
    months: node.months,
    outlayUsd: bandOf(draws.outlayUsd.slice().sort()),
    collateralUsd: flow.collateralUsd,
    grossPerMonthUsd: whole(draws.grossUsd),
    netPerMonthUsd: whole(draws.netUsd),
    grossByYearUsd: byYear(draws.grossUsd),
    netByYearUsd: byYear(draws.netUsd),
    npvUsd: bandOf(draws.npvUsd.slice().sort(), decidedBy),
    returnOnOutlay: bandOf(draws.returnOnOutlay.slice().sort(), decidedBy),
    levelised: levelisedOf(node, draws, decidedBy),
    collateralCostUsd: flow.collateralUsd - flow.collateralBackUsd / pow(monthlyFactor(discountRate), node.months),
    simplePayback: paybackOf(draws.paybackMonths, decidedBy),
    discountedPayback: paybackOf(draws.discountedPaybackMonths, decidedBy),
    irr: irrPerYear(Float64Array.of(-flow.outlayUsd, ...flow.netUsd)),
    energyKwhPerMonth: flow.energyKwh.reduce((sum, kwh) => sum + kwh, 0) / Math.max(1, node.months),
    tornado,
    breakEven: breakEvenSentence(node),
  }
}
