import { itmArea as predict } from '../itm/area.ts'
import { itmColumns, settingOf } from '../itm/row.ts'
import { warningsOf } from '../itm/warnings.ts'
import { defineLossModel, required, whole } from '../lossModel.ts'

/** Longley-Rice over statistical terrain. */
export const itmArea = defineLossModel({
  id: 'itm-area',
  title: 'Longley-Rice (ITM), area',
  source:
    'G. Hufford, The ITS Irregular Terrain Model, version 1.2.2: the algorithm, NTIA 1995; limits of NTIA ITM 1.4',
  columns: {
    ...itmColumns,
    delta_h__meter: required('Terrain irregularity', 'm', 0, 3000),
    d__km: { ...required('Distance along the ground', 'km', 1, 1000), flagged: [0.001, 2000] },
    tx_siting_criteria: whole('Siting of the transmitter: 0 random, 1 careful, 2 very careful', 0, 2),
    rx_siting_criteria: whole('Siting of the receiver, likewise', 0, 2),
  },
  sigmaDb: NaN, // the quantiles are columns
  lossDb: (row) => {
    const siting = [row.tx_siting_criteria, row.rx_siting_criteria] as const
    const prediction = predict(settingOf('itm-area', row), row.d__km * 1000, row.delta_h__meter, siting)
    return { lossDb: prediction.lossDb, flags: warningsOf('itm-area', prediction) }
  },
})
