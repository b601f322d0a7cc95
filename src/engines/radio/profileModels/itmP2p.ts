import { TwinError } from '../../../base/errors.ts'
import { itmPointToPoint } from '../itm/pointToPoint.ts'
import { itmColumns, settingOf } from '../itm/row.ts'
import { warningsOf } from '../itm/warnings.ts'
import { defineProfileModel } from '../profileModel.ts'

const ID = 'itm-p2p'

/** The one step of a profile; the model is defined for equal steps only. */
function stepOf(distanceM: Float64Array): number {
  const intervals = distanceM.length - 1
  const stepM = distanceM[intervals] / intervals
  for (let i = 1; i < intervals; i++) {
    if (Math.abs(distanceM[i] - i * stepM) <= 1e-6 * stepM) continue
    const message = `${ID}: the steps of the profile differ at point ${i}, expected ${stepM} m throughout.`
    throw new TwinError('RADIO_OUT_OF_RANGE', message, { model: ID, point: i })
  }
  return stepM
}

/** Longley-Rice over a terrain profile. Not a street-level model: fitted on paths of a kilometre and more. */
export const itmP2p = defineProfileModel({
  id: ID,
  title: 'Longley-Rice (ITM), point to point',
  source:
    'G. Hufford, The ITS Irregular Terrain Model, version 1.2.2: the algorithm, NTIA 1995; limits of NTIA ITM 1.4',
  columns: itmColumns,
  lossDb: (row, { distanceM, heightM }) => {
    const prediction = itmPointToPoint(settingOf(ID, row), heightM, distanceM.length - 1, stepOf(distanceM))
    const { ground, terminals, referenceDb } = prediction
    return {
      lossDb: prediction.lossDb,
      flags: warningsOf(ID, prediction),
      steps: {
        referenceDb,
        deltaHM: terminals.deltaHM,
        surfaceRefractivity: ground.surfaceRefractivity,
        horizonTxM: terminals.horizonM[0],
        horizonRxM: terminals.horizonM[1],
        horizonTxRad: terminals.horizonRad[0],
        horizonRxRad: terminals.horizonRad[1],
        effectiveTxM: terminals.effectiveM[0],
        effectiveRxM: terminals.effectiveM[1],
      },
    }
  },
})
