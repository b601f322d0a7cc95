import { TwinError } from '../../base/errors.ts'
import { type Loss, type LossColumn, lossOf } from '../../engines/radio/lossModel.ts'
import { lossModelById, lossModels } from '../../engines/radio/models/index.ts'
import { profileLossOf } from '../../engines/radio/profileModel.ts'
import { profileModelById, profileModels } from '../../engines/radio/profileModels/index.ts'
import { type CliArgs, defineCommand } from '../command.ts'
import { parseCsv } from '../csv.ts'
import { jsonText, textOption } from '../options.ts'
import { type ProfileFile, readProfiles } from '../radio/profileFile.ts'
import { isSheet, readSheet } from '../radio/sheetRows.ts'
import { readText } from '../readInput.ts'

type Columns = Readonly<Record<string, LossColumn>>
type Row = Readonly<Record<string, number>>

const columnLine = ([key, wanted]: [string, LossColumn]): string => {
  const { title, unit, min, max, initial, choices, flagged, open } = wanted
  const range = choices ? choices.join(' | ') : `${open ? 'between ' : ''}${min} ${open ? 'and' : 'to'} ${max}`
  const more = flagged ? `; answered with a flag from ${flagged[0]} to ${flagged[1]}` : ''
  const absent = initial === undefined ? '' : `; when absent ${choices ? choices[initial] : initial}`
  return `  ${key.padEnd(20)} ${title}: ${range}${unit && !choices ? ` ${unit}` : ''}${more}${absent}`
}

interface Described {
  readonly id: string
  readonly title: string
  readonly source: string
  readonly columns: Columns
}

const modelHelp = ({ id, title, source, columns }: Described): string =>
  [`${id}: ${title}`, `  ${source}`, 'Columns:', ...Object.entries(columns).map(columnLine)].join('\n')

const listed = ({ id, title }: Described): string => `  ${id.padEnd(34)}${title}`

function help(rest: readonly string[]): string {
  const named =
    rest.find((_, i) => rest[i - 1] === '--model') ?? rest.find((word) => word.startsWith('--model='))?.slice(8)
  const model = named === undefined ? undefined : (lossModelById.get(named) ?? profileModelById.get(named))
  if (model) return modelHelp(model)
  return [
    'Models of a path, row by row:',
    ...lossModels.filter(({ part }) => part === 'path').map(listed),
    'Additions at one end of a path:',
    ...lossModels.filter(({ part }) => part === 'end').map(listed),
    'Models over terrain, with --profiles FILE:',
    ...profileModels.map(listed),
    '',
    'The CSV has a header row. With --model NAME --help the columns of that model are listed.',
    'A row outside a model’s range has lossDb null and says why in its flags; the exit code is then 1.',
    'Profiles: one a line, np,step_m,z0,z1,…, as many as rows, or one for all; or one path of the ITU-R Study Group 3',
    'data bank ({Begin of Profile} …), whose head fills columns that are absent, and whose measurements are the rows',
    'when no --csv is given. The --csv of p1812 may also be a parameter sheet of its reference (# Parameter,…).',
  ].join('\n')
}

/** A cell as the model's number: a word of its choices, or a figure. */
function cellOf(text: string, column: LossColumn | undefined): number {
  const word = column?.choices?.indexOf(text) ?? -1
  if (word >= 0) return word
  return text === '' ? NaN : Number(text)
}

interface Answered {
  readonly lossDb: number | null
  readonly flags: readonly string[]
  readonly steps?: Row
}

/** What cannot be answered is a row of its own kind, so that one bad row does not hide the others. */
function answer(compute: () => Loss): Answered {
  try {
    const loss = compute()
    return Number.isFinite(loss.lossDb) ? loss : { lossDb: null, flags: [...loss.flags, 'NOT_FINITE'] }
  } catch (error) {
    if (error instanceof TwinError && error.code === 'RADIO_OUT_OF_RANGE') {
      return { lossDb: null, flags: [`${error.code}: ${error.message}`] }
    }
    throw error
  }
}

function required(args: CliArgs, name: string): string {
  const value = textOption(args, name)
  if (value !== undefined) return value
  throw new TwinError('BAD_USAGE', `--${name} is missing.`, { option: name })
}

interface Rows {
  readonly unused: readonly string[]
  readonly rows: readonly Row[]
}

function readRows(path: string, wanted: Columns): Rows {
  const text = readText(path)
  if (isSheet(text)) return { unused: [], rows: [readSheet(text, path)] }
  const { columns, rows } = parseCsv(text, path)
  return {
    unused: columns.filter((key) => !Object.hasOwn(wanted, key)),
    // a cell left empty is a column that is absent
    rows: rows.map((row) =>
      Object.fromEntries(
        columns.flatMap((key, i) => (row[i] === '' ? [] : [[key, cellOf(row[i]!, wanted[key])] as const])),
      ),
    ),
  }
}

/** The rows of a profile model: from the table, else the measurements beside the profile. */
function profileRows(args: CliArgs, wanted: Columns, file: ProfileFile): Rows {
  const path = textOption(args, 'csv')
  if (path === undefined && file.rows.length === 0) required(args, 'csv')
  const { rows, unused } = path === undefined ? { rows: file.rows, unused: [] } : readRows(path, wanted)
  const { length } = file.profiles
  if (length !== 1 && length !== rows.length) {
    throw new TwinError(
      'BAD_USAGE',
      `${length} profiles, expected one for each of ${rows.length} rows, or one for all.`,
    )
  }
  return { unused, rows: rows.map((row) => ({ ...file.row, ...row })) }
}

function answersOf(args: CliArgs, name: string): { readonly unused: readonly string[]; readonly answers: Answered[] } {
  const rowModel = lossModelById.get(name)
  if (rowModel) {
    const { rows, unused } = readRows(required(args, 'csv'), rowModel.columns)
    return { unused, answers: rows.map((row) => answer(() => lossOf(rowModel, row))) }
  }
  const model = profileModelById.get(name)
  if (!model) {
    const known = [...lossModelById.keys(), ...profileModelById.keys()].join(', ')
    throw new TwinError('BAD_USAGE', `--model is "${name}", expected one of: ${known}.`, { name })
  }
  const path = required(args, 'profiles')
  const file = readProfiles(readText(path), path)
  const { rows, unused } = profileRows(args, model.columns, file)
  const profileAt = (i: number) => file.profiles[file.profiles.length === 1 ? 0 : i]!
  return { unused, answers: rows.map((row, i) => answer(() => profileLossOf(model, row, profileAt(i)))) }
}

export const radioLoss = defineCommand({
  name: 'radio loss',
  usage: '--model NAME --csv FILE [--profiles FILE]',
  summary: 'path loss in dB for each row',
  options: { model: { type: 'string' }, csv: { type: 'string' }, profiles: { type: 'string' } },
  help,
  async run(args, io) {
    const name = required(args, 'model')
    const { unused, answers } = answersOf(args, name)
    if (unused.length > 0) io.err(`Columns that ${name} does not use: ${unused.join(', ')}.`)
    if (args.values.json) io.out(jsonText({ model: name, rows: answers }))
    else for (const { lossDb, flags } of answers) io.out([lossDb?.toFixed(4) ?? 'none', ...flags].join('  '))
    return answers.some(({ lossDb }) => lossDb === null) ? 1 : 0
  },
})
