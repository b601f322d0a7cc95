import { freeSpaceDb } from '../freeSpace.ts'
import { groundOf } from './ground.ts'
import type { ItmPrediction, ItmSetting } from './prediction.ts'
import { ITM_MODES, referenceAttenuation } from './reference.ts'
import { createTerminals, terminalsOfArea } from './terminals.ts'
import { variabilityDb } from './variability.ts'

const deviate = new Float64Array(1)

/**
 * Longley-Rice prediction without a profile: over terrain known by its irregularity alone.
 *
 * Units    m, MHz, dB
 * Source   G. Hufford, The ITS Irregular Terrain Model, version 1.2.2: the algorithm, 1995; constants as in NTIA ITM 1.4
 */
export function itmArea(
  setting: ItmSetting,
  distanceM: number,
  deltaHM: number,
  siting: readonly [number, number],
): ItmPrediction {
  const { freqMhz, txM, rxM, refractivity, vertical, permittivity, conductivity } = setting
  const ground = groundOf(freqMhz, 0, refractivity, vertical, permittivity, conductivity)
  const terminals = createTerminals()
  terminals.heightM[0] = txM
  terminals.heightM[1] = rxM
  terminals.deltaHM = deltaHM
  terminalsOfArea(siting, ground.earthM, terminals)
  const { referenceDb, mode } = referenceAttenuation(distanceM, freqMhz, false, ground, terminals)
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
