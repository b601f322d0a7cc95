import { philox } from '../../base/counterRandom.ts'
import { exp } from '../../base/math/exp.ts'
import { SOBOL_DIMENSIONS, scrambledSobol } from '../../base/sobol.ts'
import type { CashNode } from './cashNode.ts'
import { correlate, correlationFactor } from './correlate.ts'
import { normalOf, pathWalker } from './pricePaths.ts'

/** Numbers of chance for a range of draws. They depend on no figure of a node, only on which of its drivers move and how. */
export interface Chance {
  readonly z: Float64Array // [draws, drivers] standard normal numbers behind the levels
  readonly factors: Float64Array // [draws, months, paths] of the level, 1 in month 0
  readonly failures: Uint32Array // [draws, months] chance of a breakdown; empty when nothing breaks
}

interface Path {
  readonly k: number // its driver
  readonly walker: ReturnType<typeof pathWalker>
  readonly words: Uint32Array
}

/** What the numbers are drawn for, made once for all draws. */
export interface ChanceShape {
  readonly drivers: number
  readonly months: number
  readonly breaks: boolean
  readonly paths: readonly Path[]
  readonly levelFactor: Float64Array | null
  readonly pathFactor: Float64Array | null
}

const LEVEL = 1 // counter tag of the drivers themselves, beyond the dimensions of the sequence
const PATH = 2 // of their way from month to month
const FAILURE = 3 // of months in which the thing breaks

export function chanceShape({ drivers, months, correlations = [], failure }: CashNode): ChanceShape {
  const ids = drivers.map(({ id }) => id)
  const paths = drivers.flatMap(({ path }, k) => {
    if (!path || (path.kind !== 'bootstrap' && path.volatilityPerYear === 0)) return []
    return [{ k, walker: pathWalker(path), words: new Uint32Array(4) }]
  })
  const moves = (id: string): boolean => paths.some(({ k }) => ids[k] === id)
  const together = correlations.filter(({ a, b }) => moves(a) && moves(b))
  const has = correlations.length > 0
  return {
    drivers: drivers.length,
    months,
    breaks: failure !== undefined,
    paths,
    levelFactor: has ? correlationFactor(ids, correlations) : null,
    pathFactor: has ? correlationFactor(ids, together) : null,
  }
}

/** Everything that a node's numbers of chance depend on: as long as this stands, they stand. */
export const chanceKey = ({ drivers, months, correlations, failure }: CashNode): string =>
  JSON.stringify([drivers.map(({ id, path }) => [id, path ?? null]), months, correlations ?? [], failure !== undefined])

export const createChance = ({ drivers, months, breaks, paths }: ChanceShape, draws: number): Chance => ({
  z: new Float64Array(draws * drivers),
  factors: new Float64Array(draws * months * paths.length),
  failures: new Uint32Array(breaks ? draws * months : 0),
})

/**
 * Draws the numbers of the draws `from` to `to` into the rows from 0. Levels of drivers are points of a scrambled Sobol
 * sequence; every other number is addressed by (seed; draw, driver, month).
 *
 *   z          one for each driver; z of drivers that go together are mixed
 *   factors    e^x, x walked by the model of the path, x_0 = 0
 *
 * Writes   chance
 */
export function drawChance(shape: ChanceShape, seed: number, from: number, to: number, chance: Chance): void {
  const { drivers, months, breaks, paths, levelFactor, pathFactor } = shape
  const { factors, failures } = chance
  const words = new Uint32Array(4)
  const shocks = new Float64Array(drivers)
  for (let draw = from; draw < to; draw++) {
    const row = draw - from
    const z = chance.z.subarray(row * drivers, (row + 1) * drivers)
    for (let k = 0; k < drivers; k++) {
      const beyond = k - SOBOL_DIMENSIONS
      if (beyond >= 0 && (beyond & 3) === 0) philox(seed, LEVEL, draw, beyond >> 2, 0, 0, words)
      z[k] = normalOf(beyond < 0 ? scrambledSobol(draw, k, seed) : words[beyond & 3])
    }
    if (levelFactor) correlate(levelFactor, z)

    let at = row * months * paths.length
    for (let p = 0; p < paths.length; p++) {
      paths[p].walker.reset()
      factors[at++] = 1
    }
    for (let month = 1; paths.length > 0 && month < months; month++) {
      const slot = (month - 1) & 3
      for (const { k, words: own } of paths) {
        if (slot === 0) philox(seed, PATH, draw, k, (month - 1) >> 2, 0, own)
        shocks[k] = normalOf(own[slot])
      }
      if (pathFactor) correlate(pathFactor, shocks)
      for (const { k, walker, words: own } of paths) factors[at++] = exp(walker.step(shocks[k], own[slot]))
    }

    if (!breaks) continue
    for (let month = 0; month < months; month++) {
      if ((month & 3) === 0) philox(seed, FAILURE, draw, month >> 2, 0, 0, words)
      failures[row * months + month] = words[month & 3]
    }
  }
}
