import { philox } from '../../base/counterRandom.ts'
import { exp } from '../../base/math/exp.ts'
import { normalQuantile } from '../../base/math/normal.ts'
import type { Steps } from '../../base/steps.ts'
import { createCashFlow, solveCashFlow } from './cashFlow.ts'
import type { CashNode } from './cashNode.ts'
import { driverValue } from './driverValue.ts'
import { monthlyFactor, paybackPeriod } from './finance.ts'

/** Which draws of a run; any split gives the same numbers. */
export interface DrawRange {
  readonly seed: number
  readonly from: number
  readonly to: number
  readonly discountRate: number // a year
}

/** Results of draws in columns, one row a draw. */
export interface Draws {
  readonly count: number
  readonly years: number
  readonly npvUsd: Float64Array // [count]
  readonly outlayUsd: Float64Array // [count]
  readonly paybackMonths: Float64Array // [count] NaN: never
  readonly discountedPaybackMonths: Float64Array // [count]
  readonly grossUsd: Float64Array // [count, years + 1] mean month of each year, the last column of the whole life
  readonly netUsd: Float64Array // [count, years + 1]
}

function createDraws(count: number, years: number): Draws {
  const column = (width: number) => new Float64Array(count * width)
  return {
    count,
    years,
    npvUsd: column(1),
    outlayUsd: column(1),
    paybackMonths: column(1),
    discountedPaybackMonths: column(1),
    grossUsd: column(years + 1),
    netUsd: column(years + 1),
  }
}

const LEVEL = 1 // counter tag of the drivers themselves
const PATH = 2 // of their way from month to month
const DRAWS_PER_STEP = 128

/** Standard normal number of a 32-bit word. */
const normalOf = (word: number): number => normalQuantile((word + 0.5) / 4294967296)

/**
 * Runs a range of draws. Every number of chance is addressed by (seed; draw, driver, month), so that the same draw gives
 * the same bytes in any chunk.
 *
 *   level of a driver   its two-piece normal at one z per draw
 *   path of a driver    level x e^x, x_(t+1) = a x_t + s z, a = e^(-kappa / 12), s^2 = sigma^2 (1 - a^2) / (2 kappa), x_0 = 0
 *
 * Cost     O(draws x months); about 0.1 µs a month for a simple network
 */
export function* runDraws(node: CashNode, range: DrawRange): Steps<Draws> {
  const { seed, from, to, discountRate } = range
  const { drivers, months } = node
  const years = Math.ceil(months / 12)
  const draws = createDraws(to - from, years)
  const flow = createCashFlow(months)
  const toValue = drivers.map(driverValue)
  const levels = new Float64Array(drivers.length)
  const words = new Uint32Array(4)
  const values: Record<string, number> = Object.fromEntries(drivers.map(({ id, median }) => [id, median]))
  const paths = drivers.flatMap(({ id, path }, k) => {
    if (!path || path.volatilityPerYear === 0) return []
    const keep = exp(-path.reversionPerYear / 12)
    const kappa = path.reversionPerYear
    const variance = kappa > 0 ? (1 - keep * keep) / (2 * kappa) : 1 / 12
    return [{ k, id, keep, kick: path.volatilityPerYear * Math.sqrt(variance), x: 0, words: new Uint32Array(4) }]
  })
  const discount = 1 / monthlyFactor(discountRate)
  const monthlyRate = 1 / discount - 1
  let draw = from

  const advance = (month: number): void => {
    for (const path of paths) {
      if (month === 0) path.x = 0
      else {
        const slot = (month - 1) & 3
        if (slot === 0) philox(seed, PATH, draw, path.k, (month - 1) >> 2, 0, path.words)
        path.x = path.keep * path.x + path.kick * normalOf(path.words[slot])
      }
      values[path.id] = levels[path.k] * exp(path.x)
    }
  }

  for (; draw < to; draw++) {
    for (let k = 0; k < drivers.length; k++) {
      if ((k & 3) === 0) philox(seed, LEVEL, draw, k >> 2, 0, 0, words)
      levels[k] = toValue[k](normalOf(words[k & 3]))
      values[drivers[k].id] = levels[k]
    }
    solveCashFlow(node, values, advance, flow)
    record(draws, draw - from, flow.outlayUsd, flow.grossUsd, flow.netUsd, discount, monthlyRate)
    if ((draw - from + 1) % DRAWS_PER_STEP === 0) yield (draw - from + 1) / (to - from)
  }
  yield 1
  return draws
}

function record(
  draws: Draws,
  row: number,
  outlay: number,
  gross: Float64Array,
  net: Float64Array,
  discount: number,
  rate: number,
): void {
  const { years } = draws
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
  draws.paybackMonths[row] = paybackPeriod(outlay, net, 0)
  draws.discountedPaybackMonths[row] = paybackPeriod(outlay, net, rate)
}

/** Puts chunks together in the order given. */
export function joinDraws(chunks: readonly Draws[]): Draws {
  const count = chunks.reduce((sum, chunk) => sum + chunk.count, 0)
  const joined = createDraws(count, chunks[0]?.years ?? 0)
  let row = 0
  for (const chunk of chunks) {
    const wide = row * (chunk.years + 1)
    joined.npvUsd.set(chunk.npvUsd, row)
    joined.outlayUsd.set(chunk.outlayUsd, row)
    joined.paybackMonths.set(chunk.paybackMonths, row)
    joined.discountedPaybackMonths.set(chunk.discountedPaybackMonths, row)
    joined.grossUsd.set(chunk.grossUsd, wide)
    joined.netUsd.set(chunk.netUsd, wide)
    row += chunk.count
  }
  return joined
}
