import { philox } from '../../base/counterRandom.ts'
import { exp } from '../../base/math/exp.ts'
import { SOBOL_DIMENSIONS, scrambledSobol } from '../../base/sobol.ts'
import type { Steps } from '../../base/steps.ts'
import { createCashFlow, solveCashFlow } from './cashFlow.ts'
import type { CashNode } from './cashNode.ts'
import { correlate, correlationFactor } from './correlate.ts'
import { createDraws, type Draws, recordDraw } from './drawTable.ts'
import { driverValue } from './driverValue.ts'
import { monthlyFactor } from './finance.ts'
import { normalOf, pathWalker } from './pricePaths.ts'

/** Which draws of a run; any split gives the same numbers. */
export interface DrawRange {
  readonly seed: number
  readonly from: number
  readonly to: number
  readonly discountRate: number // a year
}

const LEVEL = 1 // counter tag of the drivers themselves, beyond the dimensions of the sequence
const PATH = 2 // of their way from month to month
const FAILURE = 3 // of months in which the thing breaks
const DRAWS_PER_STEP = 128

/**
 * Runs a range of draws. Levels of drivers are points of a scrambled Sobol sequence; every other number of chance is
 * addressed by (seed; draw, driver, month). Both ways the same draw gives the same bytes in any chunk.
 *
 *   level of a driver   its two-piece normal at one z per draw; z of drivers that go together are mixed
 *   path of a driver    level x e^x, x walked by its model, x_0 = 0
 *   failure             in a month with probability 1 - e^(-rate / 12)
 *
 * Cost     O(draws x months); about 0.1 µs a month for a simple network
 */
export function* runDraws(node: CashNode, range: DrawRange): Steps<Draws> {
  const { seed, from, to, discountRate } = range
  const { drivers, months, correlations = [], failure } = node
  const draws = createDraws(to - from, Math.ceil(months / 12))
  const flow = createCashFlow(months)
  const toValue = drivers.map(driverValue)
  const ids = drivers.map(({ id }) => id)
  const factor = correlations.length > 0 ? correlationFactor(ids, correlations) : null
  const z = new Float64Array(drivers.length)
  const levels = new Float64Array(drivers.length)
  const words = new Uint32Array(4)
  const failureWords = new Uint32Array(4)
  const values: Record<string, number> = Object.fromEntries(drivers.map(({ id, median }) => [id, median]))
  const paths = drivers.flatMap(({ id, path }, k) => {
    if (!path || (path.kind !== 'bootstrap' && path.volatilityPerYear === 0)) return []
    return [{ k, id, walker: pathWalker(path), words: new Uint32Array(4) }]
  })
  const pathFactor =
    factor &&
    correlationFactor(
      ids,
      correlations.filter(({ a, b }) => moves(a) && moves(b)),
    )
  const shocks = new Float64Array(drivers.length)
  function moves(id: string): boolean {
    return paths.some((path) => path.id === id)
  }
  const rate = monthlyFactor(discountRate) - 1
  let draw = from
  let breaks = 0

  const advance = (month: number): number => {
    if (month === 0) {
      for (const path of paths) {
        path.walker.reset()
        values[path.id] = levels[path.k]
      }
      breaks = failure ? 1 - exp(-values[failure.perYear] / 12) : 0
    } else {
      const slot = (month - 1) & 3
      for (const path of paths) {
        if (slot === 0) philox(seed, PATH, draw, path.k, (month - 1) >> 2, 0, path.words)
        shocks[path.k] = normalOf(path.words[slot])
      }
      if (pathFactor) correlate(pathFactor, shocks)
      for (const path of paths)
        values[path.id] = levels[path.k] * exp(path.walker.step(shocks[path.k], path.words[slot]))
    }
    if (!failure) return 0
    if ((month & 3) === 0) philox(seed, FAILURE, draw, month >> 2, 0, 0, failureWords)
    return failureWords[month & 3] < breaks * 4294967296 ? 1 : 0
  }

  for (; draw < to; draw++) {
    for (let k = 0; k < drivers.length; k++) {
      const beyond = k - SOBOL_DIMENSIONS
      if (beyond >= 0 && (beyond & 3) === 0) philox(seed, LEVEL, draw, beyond >> 2, 0, 0, words)
      z[k] = normalOf(beyond < 0 ? scrambledSobol(draw, k, seed) : words[beyond & 3])
    }
    if (factor) correlate(factor, z)
    for (let k = 0; k < drivers.length; k++) {
      levels[k] = toValue[k](z[k])
      values[drivers[k].id] = levels[k]
    }
    solveCashFlow(node, values, advance, flow)
    recordDraw(draws, draw - from, flow, rate)
    if ((draw - from + 1) % DRAWS_PER_STEP === 0) yield (draw - from + 1) / (to - from)
  }
  yield 1
  return draws
}
