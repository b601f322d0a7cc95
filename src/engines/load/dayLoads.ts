import { exp } from '../../base/math/exp.ts'
import { log } from '../../base/math/log.ts'
import { hashText } from '../../base/random.ts'
import type { Steps } from '../../base/steps.ts'
import { BUILDING_USES, type BuildingUse } from '../../model/city.ts'
import type { BuildingLoads, DayLoads } from '../../model/load.ts'
import { PERSISTENCE, SINGLE_CUSTOMER_SPREAD, USE_LOADS } from './facts.ts'
import { dayShape } from './profile.ts'
import { PROFILE_IDS } from './profileTables.ts'

const HOURS_PER_YEAR = 8760

/** How many buildings between two reports of progress. */
const CHUNK = 1000

/** A standard normal of a building and a step, from bits alone: the sum of four bytes, within ±3.4. */
function normalOf(key: number, step: number): number {
  let h = Math.imul(key ^ Math.imul(step + 1, 0x9e3779b1), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  h ^= h >>> 16
  const sum = (h & 255) + ((h >>> 8) & 255) + ((h >>> 16) & 255) + (h >>> 24)
  return (sum - 510) / 147.80054 // mean and standard deviation of the sum
}

/**
 * Power of every building over a day: its standard profile, times a fluctuation of its own with mean 1.
 * The fluctuation is log-normal with the spread of one customer over √customers and lasts from step to step, so a single
 * house is peaky, a block is not, and the city is its profile.
 *
 * Shapes   [buildings, steps]
 * Units    W
 * Cost     one exponential per building and step
 */
export function* dayLoadsOf(
  loads: BuildingLoads,
  dayOfYear: number,
  { scale = 1, seed = 'veracity', steps = 96 }: { scale?: number; seed?: string; steps?: number } = {},
): Steps<DayLoads> {
  const { count, use, yearKwh, customers } = loads
  const shapes = new Map(PROFILE_IDS.map((id) => [id, dayShape(id, loads.year, dayOfYear, steps)]))
  const buildingW = new Float32Array(count * steps)
  const persistence = PERSISTENCE.value
  const fresh = Math.sqrt(1 - persistence * persistence)
  const root = hashText(`${seed}/load/${loads.year}/${dayOfYear}`)
  for (let b = 0; b < count; b++) {
    if (b % CHUNK === 0) yield b / count
    const meanW = (scale * yearKwh[b] * 1000) / HOURS_PER_YEAR
    if (meanW === 0) continue
    const shape = shapes.get(
      USE_LOADS[BUILDING_USES[use[b]] as Exclude<BuildingUse, 'unknown'>].profile,
    ) as Float64Array
    const relative = SINGLE_CUSTOMER_SPREAD.value
    const variance = log(1 + (relative * relative) / customers[b])
    const sigma = Math.sqrt(variance)
    const key = Math.imul(b + 1, 0x27d4eb2f) ^ root
    let z = normalOf(key, -1)
    for (let t = 0; t < steps; t++) {
      z = persistence * z + fresh * normalOf(key, t)
      buildingW[b * steps + t] = meanW * shape[t] * exp(sigma * z - variance / 2)
    }
  }
  yield 1
  return { steps, stepS: 86_400 / steps, buildingW }
}
