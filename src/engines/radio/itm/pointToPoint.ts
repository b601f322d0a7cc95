import { freeSpaceDb } from '../freeSpace.ts'
import { groundOf } from './ground.ts'
import type { ItmPrediction, ItmSetting } from './prediction.ts'
import { ITM_MODES, referenceAttenuation } from './reference.ts'
import { createTerminals, terminalsOfProfile } from './terminals.ts'
import { variabilityDb } from './variability.ts'

const deviate = new Float64Array(1)

/**
 * Longley-Rice prediction over a terrain profile.
 *
 * Shapes   height [intervals + 1] above the sea, the first under the transmitter
 * Writes   `terminals`, which the prediction carries; give the same ones again to spare memory
 * Units    m, MHz, dB
 * Cost     O(intervals)
 * Source   G. Hufford, The ITS Irregular Terrain Model, version 1.2.2: the algorithm, 1995; constants as in NTIA ITM 1.4
 */
export function itmPointToPoint(
  setting: ItmSetting,
  height: Float64Array,
  intervals: number,
  stepM: number,
  terminals = createTerminals(),
): ItmPrediction {
  const { freqMhz, txM, rxM } = setting
  const tenth = Math.trunc(0.1 * intervals)
  let sum = 0
  for (let i = tenth; i <= intervals - tenth; i++) sum += height[i]
  const meanM = sum / (intervals - 2 * tenth + 1)
  const { refractivity, vertical, permittivity, conductivity } = setting
  const ground = groundOf(freqMhz, meanM, refractivity, vertical, permittivity, conductivity)
  terminals.heightM[0] = txM
  terminals.heightM[1] = rxM
  terminalsOfProfile(height, intervals, stepM, ground.earthM, terminals)
  const distanceM = intervals * stepM
  const { referenceDb, mode } = referenceAttenuation(distanceM, freqMhz, true, ground, terminals)
  const excessDb = variabilityDb(setting.quantiles, terminals, freqMhz, distanceM, referenceDb, deviate)
  return {
    lossDb: excessDb + freeSpaceDb(distanceM, freqMhz),
    referenceDb,
    mode: ITM_MODES[mode],
    distanceM,
    ground,
    terminals,
    deviate: deviate[0],
  }
}
