import { exp } from '../../../base/math/exp.ts'
import { sin } from '../../../base/math/trig.ts'
import { terrainIrregularity } from './irregularity.ts'
import { fitLine, fitted } from './leastSquares.ts'

/** Both ends of a path: 0 is the transmitter, 1 the receiver. */
export interface ItmTerminals {
  readonly heightM: Float64Array // [2] structural, above ground
  readonly effectiveM: Float64Array // [2] above the terrain that reflects
  readonly horizonM: Float64Array // [2] distance to the radio horizon
  readonly horizonRad: Float64Array // [2] angle of the radio horizon
  deltaHM: number // terrain irregularity
}

export const createTerminals = (): ItmTerminals => ({
  heightM: new Float64Array(2),
  effectiveM: new Float64Array(2),
  horizonM: new Float64Array(2),
  horizonRad: new Float64Array(2),
  deltaHM: 0,
})

const horizonOf = (smoothM: number, deltaHM: number, effectiveM: number): number =>
  smoothM * exp(-0.07 * Math.sqrt(deltaHM / Math.max(effectiveM, 5)))

const horizonAngle = (smoothM: number, horizonM: number, deltaHM: number, effectiveM: number): number =>
  (0.65 * deltaHM * (smoothM / horizonM - 1) - 2 * effectiveM) / smoothM

/** Writes the horizons of a profile: the steepest ray from either end over the effective earth. */
function findHorizons(height: Float64Array, intervals: number, stepM: number, earthM: number, t: ItmTerminals): void {
  const distanceM = intervals * stepM
  const tx = height[0] + t.heightM[0]
  const rx = height[intervals] + t.heightM[1]
  const bulge = 1 / (2 * earthM)
  let txRad = (rx - tx) / distanceM - distanceM * bulge
  let rxRad = (tx - rx) / distanceM - distanceM * bulge
  let txM = distanceM
  let rxM = distanceM
  let fromTx = 0
  let fromRx = distanceM
  for (let i = 1; i < intervals; i++) {
    fromTx += stepM
    fromRx -= stepM
    const z = height[i]
    const up = z - tx - fromTx * fromTx * bulge
    const back = z - rx - fromRx * fromRx * bulge
    // compared as products: a division only where the horizon moves
    if (up > txRad * fromTx) {
      txRad = up / fromTx
      txM = fromTx
    }
    if (back > rxRad * fromRx) {
      rxRad = back / fromRx
      rxM = fromRx
    }
  }
  t.horizonRad[0] = txRad
  t.horizonRad[1] = rxRad
  t.horizonM[0] = txM
  t.horizonM[1] = rxM
}

/**
 * What a terrain profile means to its two antennas: horizons, effective heights and irregularity.
 *
 * Shapes   height [intervals + 1] above the sea; `t.heightM` is read, the rest of `t` is written
 * Units    m, radians
 * Cost     O(intervals)
 * Source   G. Hufford, The ITS Irregular Terrain Model, version 1.2.2: the algorithm, section 6 (qlrpfl)
 */
export function terminalsOfProfile(
  height: Float64Array,
  intervals: number,
  stepM: number,
  earthM: number,
  t: ItmTerminals,
): void {
  const { heightM, effectiveM, horizonM, horizonRad } = t
  const distanceM = intervals * stepM
  findHorizons(height, intervals, stepM, earthM, t)
  // what stands right at an antenna says nothing of the terrain
  const fromM = Math.min(15 * heightM[0], 0.1 * horizonM[0])
  const toM = distanceM - Math.min(15 * heightM[1], 0.1 * horizonM[1])
  const deltaHM = terrainIrregularity(height, intervals, stepM, fromM, toM)
  t.deltaHM = deltaHM
  if (horizonM[0] + horizonM[1] <= 1.5 * distanceM) {
    fitLine(height, intervals, stepM, fromM, 0.9 * horizonM[0])
    effectiveM[0] = heightM[0] + Math.max(height[0] - fitted[0], 0)
    fitLine(height, intervals, stepM, distanceM - 0.9 * horizonM[1], toM)
    effectiveM[1] = heightM[1] + Math.max(height[intervals] - fitted[1], 0)
    return
  }
  // well within line of sight the horizons are those of statistical terrain
  fitLine(height, intervals, stepM, fromM, toM)
  effectiveM[0] = heightM[0] + Math.max(height[0] - fitted[0], 0)
  effectiveM[1] = heightM[1] + Math.max(height[intervals] - fitted[1], 0)
  for (let k = 0; k < 2; k++) {
    horizonM[k] = horizonOf(Math.sqrt(2 * effectiveM[k] * earthM), deltaHM, effectiveM[k])
  }
  const reach = horizonM[0] + horizonM[1]
  if (reach <= distanceM) {
    const lift = (distanceM / reach) * (distanceM / reach)
    for (let k = 0; k < 2; k++) {
      effectiveM[k] *= lift
      horizonM[k] = horizonOf(Math.sqrt(2 * effectiveM[k] * earthM), deltaHM, effectiveM[k])
    }
  }
  for (let k = 0; k < 2; k++) {
    horizonRad[k] = horizonAngle(Math.sqrt(2 * effectiveM[k] * earthM), horizonM[k], deltaHM, effectiveM[k])
  }
}

/** How an antenna's place was chosen: at random, with care, with great care. */
const SITING_GAIN = [0, 4, 9]

/**
 * The same from statistics: no profile, only irregularity and how well the sites were chosen.
 *
 * Source   Hufford 1995, section 3.1 (qlra), equations (3.2) to (3.4)
 */
export function terminalsOfArea(siting: readonly [number, number], earthM: number, t: ItmTerminals): void {
  const { heightM, effectiveM, horizonM, horizonRad, deltaHM } = t
  for (let k = 0; k < 2; k++) {
    const h = heightM[k]
    let effective = h
    if (siting[k] !== 0) {
      const gain = SITING_GAIN[siting[k]] * (h < 5 ? sin(0.1 * Math.PI * h) : 1)
      effective = h + (1 + gain) * exp(-Math.min(20, (2 * h) / Math.max(1e-3, deltaHM)))
    }
    const smooth = Math.sqrt(2 * effective * earthM)
    effectiveM[k] = effective
    horizonM[k] = horizonOf(smooth, deltaHM, effective)
    horizonRad[k] = horizonAngle(smooth, horizonM[k], deltaHM, effective)
  }
}
