import { exp } from '../../base/math/exp.ts'
import type { Steps } from '../../base/steps.ts'
import { createCashFlow, solveCashFlow } from './cashFlow.ts'
import type { CashNode } from './cashNode.ts'
import { type Chance, chanceShape, createChance, drawChance } from './chance.ts'
import { createDraws, type Draws, recordDraw } from './drawTable.ts'
import { driverValue } from './driverValue.ts'
import { monthlyFactor } from './finance.ts'

/** Which draws of a run; any split gives the same numbers. */
export interface DrawRange {
  readonly seed: number
  readonly from: number
  readonly to: number
  readonly discountRate: number // a year
}

const DRAWS_PER_STEP = 128

/** The numbers of chance of a range, to be kept for the next run with other figures. */
export function* runChance(node: CashNode, { seed, from, to }: DrawRange): Steps<Chance> {
  const shape = chanceShape(node)
  const all = createChance(shape, to - from)
  const block = createChance(shape, DRAWS_PER_STEP)
  for (let draw = from; draw < to; draw += DRAWS_PER_STEP) {
    const end = Math.min(to, draw + DRAWS_PER_STEP)
    drawChance(shape, seed, draw, end, block)
    const share = (end - draw) / DRAWS_PER_STEP
    for (const key of ['z', 'factors', 'failures'] as const) {
      const width = block[key].length / DRAWS_PER_STEP
      all[key].set(block[key].subarray(0, block[key].length * share), (draw - from) * width)
    }
    yield (end - from) / (to - from)
  }
  return all
}

/**
 * Runs a range of draws. The same draw gives the same bytes in any chunk, and whether or not its chance was kept.
 *
 *   level of a driver   its two-piece normal at one z per draw
 *   path of a driver    level x factor of the month
 *   failure             in a month with probability 1 - e^(-rate / 12)
 *
 * Cost     O(draws x months); about 0.1 µs a month for a simple network
 */
export function* runDraws(node: CashNode, range: DrawRange, kept?: Chance): Steps<Draws> {
  const { seed, from, to, discountRate } = range
  const { drivers, months, failure } = node
  const draws = createDraws(to - from, Math.ceil(months / 12))
  const flow = createCashFlow(months)
  const toValue = drivers.map(driverValue)
  const ids = drivers.map(({ id }) => id)
  const shape = chanceShape(node)
  const chance = kept ?? createChance(shape, DRAWS_PER_STEP)
  const { z, factors, failures } = chance
  const pathDriver = shape.paths.map(({ k }) => k)
  const pathId = pathDriver.map((k) => ids[k])
  const paths = pathDriver.length
  const levels = new Float64Array(drivers.length)
  const values: Record<string, number> = Object.fromEntries(drivers.map(({ id, median }) => [id, median]))
  const rate = monthlyFactor(discountRate) - 1
  let row = 0
  let breaks = 0

  const advance = (month: number): number => {
    const at = (row * months + month) * paths
    for (let p = 0; p < paths; p++) values[pathId[p]] = levels[pathDriver[p]] * factors[at + p]
    if (!failure) return 0
    if (month === 0) breaks = (1 - exp(-values[failure.perYear] / 12)) * 4294967296
    return failures[row * months + month] < breaks ? 1 : 0
  }

  for (let draw = from; draw < to; draw++) {
    const since = draw - from
    if (!kept && since % DRAWS_PER_STEP === 0)
      drawChance(shape, seed, draw, Math.min(to, draw + DRAWS_PER_STEP), chance)
    row = kept ? since : since % DRAWS_PER_STEP
    for (let k = 0; k < drivers.length; k++) {
      levels[k] = toValue[k](z[row * drivers.length + k])
      values[ids[k]] = levels[k]
    }
    solveCashFlow(node, values, advance, flow)
    recordDraw(draws, since, flow, rate)
    if ((since + 1) % DRAWS_PER_STEP === 0) yield (since + 1) / (to - from)
  }
  yield 1
  return draws
}
