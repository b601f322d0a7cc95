import { exp } from '../../base/math/exp.ts'
import type { Waiting } from './queueing.ts'

/** One queue on the way of a packet. */
export interface Stage {
  readonly waiting: Waiting
  readonly serviceS: number // mean
  readonly cv2: number // squared coefficient of variation of the service
}

const CELLS = 4096

/**
 * Lets the delay behind `mass` be followed by an exponential one of a mean, that comes with probability `share`.
 * The exponential's mass in a cell is laid half on either end, so that its mean is kept.
 *
 * Writes   mass; the mass beyond the last cell is lost to the horizon
 */
function followExponential(mass: Float64Array, cellS: number, meanS: number, share: number): void {
  if (!(meanS > 0 && share > 0)) return
  const keep = exp(-cellS / meanS)
  let lagged = 0
  let before = 0
  for (let k = 0; k < mass.length; k++) {
    lagged = keep * lagged + (1 - keep) * mass[k]
    mass[k] = (1 - share) * mass[k] + share * 0.5 * (lagged + before)
    before = lagged
  }
}

/** Service as stages: constant, Erlang-k when packets vary less than exponentially, else two exponentials in balance. */
function followService(mass: Float64Array, cellS: number, { serviceS, cv2 }: Stage, spare: Float64Array): void {
  if (cv2 <= 1) {
    const stages = Math.max(1, Math.round(1 / cv2))
    for (let k = 0; k < stages; k++) followExponential(mass, cellS, serviceS / stages, 1)
    return
  }
  const p = 0.5 * (1 + Math.sqrt((cv2 - 1) / (cv2 + 1)))
  spare.set(mass)
  followExponential(mass, cellS, serviceS / (2 * p), 1)
  followExponential(spare, cellS, serviceS / (2 * (1 - p)), 1)
  for (let k = 0; k < mass.length; k++) mass[k] = p * mass[k] + (1 - p) * spare[k]
}

/** Packets are called constant when they vary less than this: an Erlang law of fifty stages and more. */
const CONSTANT_CV2 = 0.02

/**
 * Quantiles of the delay over queues in a row, each waiting and service independent of the others (Kleinrock's assumption).
 *
 * Shapes   shares in rising order; `fixedS` is delay that does not vary
 * Returns  seconds for each share; Infinity when a queue only grows
 * Cost     O(stages x 4096) for each doubling of the horizon
 */
export function delayQuantiles(stages: readonly Stage[], fixedS: number, shares: readonly number[]): number[] {
  if (stages.some(({ waiting }) => waiting.meanS === Infinity)) return shares.map(() => Infinity)
  const isConstant = ({ cv2 }: Stage): boolean => cv2 < CONSTANT_CV2
  const base = stages.reduce((sum, stage) => sum + (isConstant(stage) ? stage.serviceS : 0), fixedS)
  const varying = stages.reduce(
    (sum, stage) => sum + stage.waiting.share * stage.waiting.meanS + (isConstant(stage) ? 0 : stage.serviceS),
    0,
  )
  if (varying === 0) return shares.map(() => base)
  const most = shares.at(-1) ?? 0
  const mass = new Float64Array(CELLS)
  const spare = new Float64Array(CELLS)
  for (let horizonS = 8 * varying; ; horizonS *= 2) {
    const cellS = horizonS / CELLS
    mass.fill(0)
    mass[0] = 1
    for (const stage of stages) {
      followExponential(mass, cellS, stage.waiting.meanS, stage.waiting.share)
      if (!isConstant(stage)) followService(mass, cellS, stage, spare)
    }
    const total = mass.reduce((a, b) => a + b, 0)
    if (total > 1 - (1 - most) / 10) return shares.map((share) => base + quantileOf(mass, cellS, share))
  }
}

/** Where the mass, each cell's spread evenly around its place, reaches a share. */
function quantileOf(mass: Float64Array, cellS: number, share: number): number {
  let below = 0
  for (let k = 0; k < mass.length; k++) {
    const next = below + mass[k]
    // what lies in the first cell does not vary: nobody waited
    if (next >= share) return k === 0 ? 0 : Math.max(0, k - 0.5 + (share - below) / mass[k]) * cellS
    below = next
  }
  return mass.length * cellS
}
