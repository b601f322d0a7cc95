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
  readonly open?: boolean // the ends of the range themselves are refused
  readonly whole?: boolean // fractions are refused
}

/** A named propagation model. Answers the median loss between isotropic antennas. */
export interface LossModel {
  readonly id: string
  readonly title: string
  readonly source: string
  readonly part: 'path' | 'end' // the whole way, or an addition at one end of it
  readonly columns: Readonly<Record<string, LossColumn>>
  readonly sigmaDb: number // standard deviation of shadow fading about the median; NaN when the source gives none
  lossDb(row: Readonly<Record<string, number>>): number | Loss
}

interface LossModelOf<Key extends string> extends Omit<LossModel, 'columns' | 'lossDb' | 'part'> {
  readonly part?: LossModel['part']
  readonly columns: Readonly<Record<Key, LossColumn>>
  readonly lossDb: (row: Readonly<Record<Key, number>>) => number | Loss
}

/** Types a model where it is written: `lossDb` may read its own columns and no others. */
export const defineLossModel = <const Key extends string>(model: LossModelOf<Key>): LossModel =>
  ({ part: 'path', ...model }) as LossModel

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
export const whole = (title: string, min: number, max: number): LossColumn =>
  column(title, '', min, max, { whole: true })
export const openPercent = (title: string, initial?: number): LossColumn =>
  column(title, '%', 0, 100, { open: true, ...(initial === undefined ? {} : { initial }) })
export const choice = (title: string, choices: readonly string[], initial: number): LossColumn =>
  column(title, '', 0, choices.length - 1, { choices, initial })

export interface Loss {
  readonly lossDb: number
  readonly flags: readonly string[] // 'EXTRAPOLATED:f_mhz' …
  readonly steps?: Readonly<Record<string, number>> // figures on the way, by their names in the source
}

const within = (value: number, min: number, max: number, open: boolean): boolean =>
  open ? value > min && value < max : value >= min && value <= max

/** The values of a row, absent ones filled in, and a flag for each that leaves the published validity. */
export interface CheckedRow {
  readonly row: Readonly<Record<string, number>>
  readonly flags: readonly string[]
}

/**
 * Fills absent columns and enforces a model's validity.
 *
 * Throws   RADIO_OUT_OF_RANGE when a column is missing, not a number, or outside what the model bears.
 */
export function checkRow(
  model: { readonly id: string; readonly columns: Readonly<Record<string, LossColumn>> },
  given: Readonly<Record<string, number>>,
): CheckedRow {
  const flags: string[] = []
  const row: Record<string, number> = {}
  for (const [key, wanted] of Object.entries(model.columns)) {
    const { title, unit, min, max, initial, flagged, open = false } = wanted
    const value = Object.hasOwn(given, key) ? given[key] : (initial ?? NaN)
    row[key] = value
    const kind = !wanted.whole || Number.isInteger(value)
    if (kind && within(value, min, max, open)) continue
    if (kind && flagged && within(value, flagged[0], flagged[1], open)) {
      flags.push(`EXTRAPOLATED:${key}`)
      continue
    }
    const got = Number.isNaN(value) ? 'nothing' : String(value)
    const range = open ? `between ${min} and ${max}` : `${wanted.whole ? 'a whole number from ' : ''}${min} to ${max}`
    throw new TwinError(
      'RADIO_OUT_OF_RANGE',
      `${model.id}: ${key} (${title}) is ${got}, expected ${range}${unit && ` ${unit}`}.`,
      { model: model.id, column: key, expectedMin: min, expectedMax: max },
    )
  }
  return { row, flags }
}

/** A model's answer with the flags of its row before its own. */
export const withFlags = (flags: readonly string[], answer: number | Loss): Loss =>
  typeof answer === 'number' ? { lossDb: answer, flags } : { ...answer, flags: [...flags, ...answer.flags] }

/**
 * Loss of one row.
 *
 * Throws   RADIO_OUT_OF_RANGE when the row leaves the model's validity
 */
export function lossOf(model: LossModel, given: Readonly<Record<string, number>>): Loss {
  const { row, flags } = checkRow(model, given)
  return withFlags(flags, model.lossDb(row))
}
