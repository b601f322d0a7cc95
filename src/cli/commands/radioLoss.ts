import { TwinError } from '../../base/errors.ts'
import { bullingtonLossDb } from '../../engines/radio/diffraction.ts'
import { freeSpaceDb, wavelengthM } from '../../engines/radio/freeSpace.ts'
import { type Loss, type LossColumn, type LossModel, lossOf } from '../../engines/radio/lossModel.ts'
import { lossModelById, lossModels } from '../../engines/radio/models/index.ts'
import { type CliArgs, defineCommand } from '../command.ts'
import { parseCsv } from '../csv.ts'
import { jsonText, textOption } from '../options.ts'
import { readText } from '../readInput.ts'

/** Named in the design, built later: told apart from names that do not exist. */
const LATER = ['itm-p2p', 'itm-area', 'p1812', 'p2108-height-gain', 'p2108-terrestrial']
const BULLINGTON = 'bullington'

const columnLine = ([key, { title, unit, min, max, initial, choices, flagged }]: [string, LossColumn]): string => {
  const range = choices ? choices.join(' | ') : `${min} to ${max}${unit && ` ${unit}`}`
  const more = flagged ? `; answered with a flag from ${flagged[0]} to ${flagged[1]}` : ''
  const absent = initial === undefined ? '' : `; when absent ${choices ? choices[initial] : initial}`
  return `  ${key.padEnd(14)} ${title}: ${range}${more}${absent}`
}

const modelHelp = ({ id, title, source, columns }: LossModel): string =>
  [`${id}: ${title}`, `  ${source}`, 'Columns:', ...Object.entries(columns).map(columnLine)].join('\n')

function help(rest: readonly string[]): string {
  const named =
    rest.find((_, i) => rest[i - 1] === '--model') ?? rest.find((word) => word.startsWith('--model='))?.slice(8)
  const model = named === undefined ? undefined : lossModelById.get(named)
  if (model) return modelHelp(model)
  return [
    'Models:',
    ...lossModels.map(({ id, title }) => `  ${id.padEnd(34)}${title}`),
    `  ${BULLINGTON.padEnd(34)}Free space and Bullington diffraction over --profiles FILE`,
    `Not available yet: ${LATER.join(', ')}.`,
    '',
    'The CSV has a header row. With --model NAME --help the columns of that model are listed.',
    'A row outside a model’s range has lossDb null and says why in its flags; the exit code is then 1.',
    `${BULLINGTON} takes the columns f_mhz, h_tx_m, h_rx_m, and one profile a line: np,step_m,z0,z1,…`,
  ].join('\n')
}

/** A cell as the model's number: a word of its choices, or a figure. */
function cellOf(text: string, column: LossColumn | undefined): number {
  const word = column?.choices?.indexOf(text) ?? -1
  if (word >= 0) return word
  return text === '' ? NaN : Number(text)
}

interface Row {
  readonly lossDb: number | null
  readonly flags: readonly string[]
}

/** What cannot be answered is a row of its own kind, so that one bad row does not hide the others. */
function answer(compute: () => Loss): Row {
  try {
    const { lossDb, flags } = compute()
    return Number.isFinite(lossDb) ? { lossDb, flags } : { lossDb: null, flags: ['NOT_FINITE'] }
  } catch (error) {
    if (error instanceof TwinError && error.code === 'RADIO_OUT_OF_RANGE') {
      return { lossDb: null, flags: [`${error.code}: ${error.message}`] }
    }
    throw error
  }
}

const profileLoss = (row: Readonly<Record<string, number>>, line: string, at: number): Loss => {
  const [np = NaN, stepM = NaN, ...z] = line.split(',').map(Number)
  if (!(np >= 1) || z.length !== np + 1 || z.some(Number.isNaN) || !(stepM > 0)) {
    throw new TwinError('FORMAT_BROKEN', `Profile ${at + 1} has ${z.length} heights, expected np + 1 = ${np + 1}.`, {
      profile: at + 1,
    })
  }
  const { f_mhz: freqMhz = NaN, h_tx_m: txM = NaN, h_rx_m: rxM = NaN } = row
  if (!(freqMhz >= 30 && freqMhz <= 300_000) || !(txM > 0) || !(rxM > 0)) {
    throw new TwinError('RADIO_OUT_OF_RANGE', `${BULLINGTON}: f_mhz, h_tx_m or h_rx_m is missing or out of range.`, {})
  }
  const inner = z.slice(1, -1)
  const distanceM = np * stepM
  const [tx, rx] = [z[0]! + txM, z.at(-1)! + rxM]
  const profile = {
    count: inner.length,
    distanceM: Float64Array.from(inner, (_, i) => (i + 1) * stepM),
    heightM: Float64Array.from(inner),
  }
  const straight = Math.sqrt(distanceM * distanceM + (tx - rx) * (tx - rx))
  const diffraction = bullingtonLossDb(profile, tx, rx, distanceM, wavelengthM(freqMhz))
  return { lossDb: freeSpaceDb(straight, freqMhz) + diffraction, flags: [] }
}

function required(args: CliArgs, name: string): string {
  const value = textOption(args, name)
  if (value !== undefined) return value
  throw new TwinError('BAD_USAGE', `--${name} is missing.`, { option: name })
}

export const radioLoss = defineCommand({
  name: 'radio loss',
  usage: '--model NAME --csv FILE',
  summary: 'path loss in dB for each row',
  options: { model: { type: 'string' }, csv: { type: 'string' }, profiles: { type: 'string' } },
  help,
  async run(args, io) {
    const name = required(args, 'model')
    if (LATER.includes(name))
      throw new TwinError('NOT_AVAILABLE_YET', `The model ${name} is not available yet.`, { name })
    const model = lossModelById.get(name)
    if (!model && name !== BULLINGTON) {
      const known = [...lossModels.map(({ id }) => id), BULLINGTON].join(', ')
      throw new TwinError('BAD_USAGE', `--model is "${name}", expected one of: ${known}.`, { name })
    }
    const path = required(args, 'csv')
    const { columns, rows } = parseCsv(readText(path), path)
    const unused = model ? columns.filter((key) => !Object.hasOwn(model.columns, key)) : []
    if (unused.length > 0) io.err(`Columns that ${name} does not use: ${unused.join(', ')}.`)
    const values = rows.map((row) =>
      Object.fromEntries(columns.map((key, i) => [key, cellOf(row[i]!, model?.columns[key])])),
    )
    const profiles = model
      ? []
      : readText(required(args, 'profiles'))
          .split('\n')
          .filter((line) => line.trim() !== '')
    if (!model && profiles.length !== rows.length) {
      throw new TwinError('BAD_USAGE', `${profiles.length} profiles, expected one for each of ${rows.length} rows.`, {})
    }
    const answers = values.map((row, i) =>
      answer(() => (model ? lossOf(model, row) : profileLoss(row, profiles[i]!, i))),
    )
    if (args.values.json) io.out(jsonText({ model: name, rows: answers }))
    else for (const { lossDb, flags } of answers) io.out([lossDb?.toFixed(4) ?? 'none', ...flags].join('  '))
    return answers.some(({ lossDb }) => lossDb === null) ? 1 : 0
  },
})
