import { TwinError } from '../../base/errors.ts'

/** One input of a loss model. Outside [min, max] the model is refused, unless `flagged` names a wider span it is known to bear. */
export interface LossColumn {
  readonly title: string
  readonly unit: string
  readonly min: number
  readonly max: number
  readonly initial?: number // what an absent column means; without it the column must be there
  readonly flagged?: readonly [min: number, max: number] // answered with a flag, beyond the published validity
  readonly choices?: readonly string[] // the value is an index into these words
}

/** A named propagation model. Answers the median loss between isotropic antennas. */
export interface LossModel {
  readonly id: string
  readonly title: string
  readonly source: string
  readonly columns: Readonly<Record<string, LossColumn>>
  readonly sigmaDb: number // standard deviation of shadow fading about the median; NaN when the source gives none
  lossDb(row: Readonly<Record<string, number>>): number
}

interface LossModelOf<Key extends string> extends Omit<LossModel, 'columns' | 'lossDb'> {
  readonly columns: Readonly<Record<Key, LossColumn>>
  readonly lossDb: (row: Readonly<Record<Key, number>>) => number
}

/** Types a model where it is written: `lossDb` may read its own columns and no others. */
export const defineLossModel = <const Key extends string>(model: LossModelOf<Key>): LossModel => model as LossModel

const column = (title: string, unit: string, min: number, max: number, more: Partial<LossColumn> = {}): LossColumn => ({
  title,
  unit,
  min,
  max,
  ...more,
})

/** The four columns that every model shares, each with the span of that model. */
export const freqMhz = (min: number, max: number, flagged?: readonly [number, number]): LossColumn =>
  column('Frequency', 'MHz', min, max, flagged ? { flagged } : {})
export const distanceM = (min: number, max: number, flagged?: readonly [number, number]): LossColumn =>
  column('Distance along the ground', 'm', min, max, flagged ? { flagged } : {})
export const txHeightM = (min: number, max: number): LossColumn => column('Transmitter above ground', 'm', min, max)
export const rxHeightM = (min: number, max: number): LossColumn => column('Receiver above ground', 'm', min, max)
export const optional = (title: string, unit: string, initial: number, min: number, max: number): LossColumn =>
  column(title, unit, min, max, { initial })
export const required = (title: string, unit: string, min: number, max: number): LossColumn =>
  column(title, unit, min, max)
export const choice = (title: string, choices: readonly string[], initial: number): LossColumn =>
  column(title, '', 0, choices.length - 1, { choices, initial })

export interface Loss {
  readonly lossDb: number
  readonly flags: readonly string[] // 'EXTRAPOLATED:f_mhz' …
}

/**
 * Loss of one row. Fills absent columns and enforces the model's validity.
 *
 * Throws   RADIO_OUT_OF_RANGE when a column is missing, not a number, or outside what the model bears.
 */
export function lossOf(model: LossModel, row: Readonly<Record<string, number>>): Loss {
  const flags: string[] = []
  const full: Record<string, number> = {}
  for (const [key, { title, unit, min, max, initial, flagged }] of Object.entries(model.columns)) {
    const value = Object.hasOwn(row, key) ? row[key] : (initial ?? NaN)
    full[key] = value
    if (value >= min && value <= max) continue
    if (flagged && value >= flagged[0] && value <= flagged[1]) {
      flags.push(`EXTRAPOLATED:${key}`)
      continue
    }
    const got = Number.isNaN(value) ? 'nothing' : String(value)
    throw new TwinError(
      'RADIO_OUT_OF_RANGE',
      `${model.id}: ${key} (${title}) is ${got}, expected ${min} to ${max}${unit && ` ${unit}`}.`,
      { model: model.id, column: key, expectedMin: min, expectedMax: max },
    )
  }
  return { lossDb: model.lossDb(full), flags }
}
