import { TwinError } from '../../base/errors.ts'
import { normalQuantile } from '../../base/math/normal.ts'
import type { Steps } from '../../base/steps.ts'
import type { DriverSensitivity } from '../../model/economics.ts'
import type { CashNode } from './cashNode.ts'
import { driverValue } from './driverValue.ts'
import { medianFlow, npvOf, tornadoOf } from './medianPath.ts'
import { MOST_INPUTS, sobolIndices } from './sobolIndices.ts'

export interface SensitivityOptions {
  readonly discountRate: number // a year
  readonly seed: number
  readonly points?: number
  readonly replicates?: number
}

/**
 * Which drivers decide the net present value, when all of them move at once. Paths stay at their level and nothing is
 * taken to go together. Of more drivers than the sequence has room for, those with the widest bars are asked about.
 *
 * Throws   ECONOMICS_INVALID when the number of points is no power of two
 * Returns  widest total first
 */
export function* runSensitivity(node: CashNode, options: SensitivityOptions): Steps<DriverSensitivity[]> {
  const { discountRate, seed, points = 256, replicates = 8 } = options
  if (!Number.isInteger(points) || points < 2 || (points & (points - 1)) !== 0 || replicates < 2)
    throw new TwinError('ECONOMICS_INVALID', `The number of points is ${points}, expected a power of two.`, { points })
  const widest = tornadoOf(node, discountRate).slice(0, MOST_INPUTS)
  const asked = widest.flatMap(({ driver }) => node.drivers.filter(({ id }) => id === driver))
  const toValue = asked.map(driverValue)
  const changed: Record<string, number> = {}
  const npv = (point: Float64Array): number => {
    for (let i = 0; i < asked.length; i++) changed[asked[i].id] = toValue[i](normalQuantile(point[i]))
    return npvOf(medianFlow(node, changed), discountRate)
  }
  const { first, total } = yield* sobolIndices(npv, { inputs: asked.length, points, replicates, seed })
  return asked
    .map(({ id, title }, i) => ({ driver: id, title, first: first[i], total: total[i] }))
    .sort((a, b) => b.total.value - a.total.value || (a.driver < b.driver ? -1 : 1))
}
