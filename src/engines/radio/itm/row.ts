import { TwinError } from '../../../base/errors.ts'
import { type LossColumn, openPercent, required, whole } from '../lossModel.ts'
import { CLIMATES } from './climates.ts'
import type { ItmSetting } from './prediction.ts'

/** The columns that both modes share, named as in NTIA's own files. */
export const itmColumns = {
  h_tx__meter: { ...required('Transmitter above ground', 'm', 1, 1000), flagged: [0.5, 3000] },
  h_rx__meter: { ...required('Receiver above ground', 'm', 1, 1000), flagged: [0.5, 3000] },
  epsilon: required('Relative permittivity of the ground', '', 1, 1e3),
  sigma: { ...required('Conductivity of the ground', 'S/m', 0, 1e3), open: true },
  N_0: required('Refractivity at sea level', 'N-units', 250, 400),
  f__mhz: { ...required('Frequency', 'MHz', 40, 10_000), flagged: [20, 20_000] },
  pol: whole('Polarisation, 0 horizontal, 1 vertical', 0, 1),
  climate: whole(`Radio climate: ${CLIMATES.map(({ title }, i) => `${i + 1} ${title}`).join(', ')}`, 1, 7),
  time: openPercent('Share of time the loss holds for'),
  location: openPercent('Share of places'),
  situation: openPercent('Share of situations'),
  mdvar: whole(
    'Variability: 0 single message, 1 accidental, 2 mobile, 3 broadcast; +10 none of places, +20 none of situations',
    0,
    33,
  ),
} as const satisfies Record<string, LossColumn>

type ItmRow = Readonly<Record<keyof typeof itmColumns, number>>

/** The setting of a row of values already within their columns.
 *
 * Throws   RADIO_OUT_OF_RANGE for a mode of variability between the known ones
 */
export function settingOf(model: string, row: ItmRow): ItmSetting {
  if (row.mdvar % 10 > 3) {
    const message = `${model}: mdvar is ${row.mdvar}, expected 0 to 3, or those with 10, 20 or 30 added.`
    throw new TwinError('RADIO_OUT_OF_RANGE', message, { model, column: 'mdvar' })
  }
  return {
    freqMhz: row.f__mhz,
    txM: row.h_tx__meter,
    rxM: row.h_rx__meter,
    refractivity: row.N_0,
    vertical: row.pol === 1,
    permittivity: row.epsilon,
    conductivity: row.sigma,
    quantiles: {
      time: row.time / 100,
      location: row.location / 100,
      situation: row.situation / 100,
      mode: row.mdvar,
      climate: row.climate,
    },
  }
}
