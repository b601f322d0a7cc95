import type { CashFlow } from './cashFlow.ts'
import { paybackPeriod } from './finance.ts'

/** Results of draws in columns, one row a draw. */
export interface Draws {
  readonly count: number
  readonly years: number
  readonly npvUsd: Float64Array // [count]
  readonly outlayUsd: Float64Array // [count]
  readonly returnOnOutlay: Float64Array // [count] what came in over what was laid out, less one; without discount
  readonly levelisedUsd: Float64Array // [count] cost of one unit of work; NaN when it made none
  readonly paybackMonths: Float64Array // [count] NaN: never
  readonly discountedPaybackMonths: Float64Array // [count]
  readonly grossUsd: Float64Array // [count, years + 1] mean month of each year, the last column of the whole life
  readonly netUsd: Float64Array // [count, years + 1]
}

export function createDraws(count: number, years: number): Draws {
  const column = (width: number) => new Float64Array(count * width)
  return {
    count,
    years,
    npvUsd: column(1),
    outlayUsd: column(1),
    returnOnOutlay: column(1),
    levelisedUsd: column(1),
    paybackMonths: column(1),
    discountedPaybackMonths: column(1),
    grossUsd: column(years + 1),
    netUsd: column(years + 1),
  }
}

/**
 * Cost of one unit of work: all costs over all work, both at their present value. Collateral costs what binding it loses,
 * and what the thing is worth at the end is taken off.
 *
 * Returns  NaN when nothing was made
 */
export function levelisedCost(flow: CashFlow, rate: number): number {
  const v = 1 / (1 + rate)
  let [factor, cost, made] = [1, flow.outlayUsd, 0]
  for (let month = 0; month < flow.costUsd.length; month++) {
    factor *= v
    cost += flow.costUsd[month] * factor
    made += flow.work[month] * factor
  }
  cost -= (flow.residualUsd + flow.collateralBackUsd) * factor
  return made > 0 ? cost / made : NaN
}

/** Writes one finished path into its row. `rate` is that of a month. */
export function recordDraw(draws: Draws, row: number, flow: CashFlow, rate: number): void {
  const { years } = draws
  const { outlayUsd: outlay, grossUsd: gross, netUsd: net } = flow
  const discount = 1 / (1 + rate)
  let factor = 1
  let npv = -outlay
  let wholeGross = 0
  let wholeNet = 0
  const width = years + 1
  for (let year = 0; year < years; year++) {
    const last = Math.min(net.length, 12 * year + 12)
    let [yearGross, yearNet] = [0, 0]
    for (let month = 12 * year; month < last; month++) {
      factor *= discount
      npv += net[month] * factor
      yearGross += gross[month]
      yearNet += net[month]
    }
    const n = last - 12 * year
    draws.grossUsd[row * width + year] = yearGross / n
    draws.netUsd[row * width + year] = yearNet / n
    wholeGross += yearGross
    wholeNet += yearNet
  }
  draws.grossUsd[row * width + years] = wholeGross / net.length
  draws.netUsd[row * width + years] = wholeNet / net.length
  draws.npvUsd[row] = npv
  draws.outlayUsd[row] = outlay
  draws.returnOnOutlay[row] = outlay > 0 ? wholeNet / outlay - 1 : NaN
  draws.levelisedUsd[row] = levelisedCost(flow, rate)
  draws.paybackMonths[row] = paybackPeriod(outlay, net, 0)
  draws.discountedPaybackMonths[row] = paybackPeriod(outlay, net, rate)
}

const NARROW = [
  'npvUsd',
  'outlayUsd',
  'returnOnOutlay',
  'levelisedUsd',
  'paybackMonths',
  'discountedPaybackMonths',
] as const

/** Puts chunks together in the order given. */
export function joinDraws(chunks: readonly Draws[]): Draws {
  const count = chunks.reduce((sum, chunk) => sum + chunk.count, 0)
  const joined = createDraws(count, chunks[0]?.years ?? 0)
  let row = 0
  for (const chunk of chunks) {
    const wide = row * (chunk.years + 1)
    for (const column of NARROW) joined[column].set(chunk[column], row)
    joined.grossUsd.set(chunk.grossUsd, wide)
    joined.netUsd.set(chunk.netUsd, wide)
    row += chunk.count
  }
  return joined
}
