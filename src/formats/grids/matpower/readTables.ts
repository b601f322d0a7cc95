import { COLUMN_NUMBERS } from './columns.ts'
import { broken, evaluate, type Values } from './expression.ts'
import { type Statement, statementsOf } from './statements.ts'

/** The matrices of a case after everything the file does to them. */
export interface CaseTables {
  readonly title: string
  readonly baseMva: number
  readonly bus: readonly number[][]
  readonly gen: readonly number[][]
  readonly branch: readonly number[][]
}

/** Fields that a power flow does not read; their text is left alone. */
const UNREAD = [
  'version',
  'gencost',
  'areas',
  'bus_name',
  'gentype',
  'genfuel',
  'dcline',
  'reserves',
  'if',
  'bus_names',
]

const ASSIGN = /^([A-Za-z_]\w*)(?:\.(\w+))?\s*=\s*([\s\S]*)$/
const SCALE =
  /^(\w+\.\w+)\s*\(\s*:\s*,\s*(\[[^\]]*\]|\w+)\s*\)\s*=\s*\1\s*\(\s*:\s*,\s*(\[[^\]]*\]|\w+)\s*\)\s*([*/])\s*([\s\S]+)$/

/**
 * Reads a case file by running it: matrices, scalars, and the unit conversions that published cases carry at their end.
 *
 * Throws   FORMAT_BROKEN at the first statement that is neither known nor harmless, with its line
 */
export function readTables(source: string): CaseTables {
  const statements = statementsOf(source)
  const head = statements[0]
  const name = head && /^function\s+(\w+)\s*=\s*(\w+)/.exec(head.text)
  if (!name) throw broken('expected "function mpc = name"', head?.line ?? 1)
  const struct = name[1]!
  const title = name[2]!

  const matrices = new Map<string, number[][]>()
  const scalars = new Map<string, number>(COLUMN_NUMBERS)
  const values: Values = {
    name: (word) => scalars.get(word) ?? null,
    cell: (field, row, column) => matrices.get(field)?.[row - 1]?.[column - 1] ?? null,
  }
  for (const statement of statements.slice(1)) run(statement, struct, matrices, scalars, values)

  const of = (field: string): number[][] => {
    const matrix = matrices.get(`${struct}.${field}`)
    if (!matrix) throw broken(`the file ends without ${struct}.${field}`, source.split('\n').length)
    return matrix
  }
  const baseMva = scalars.get(`${struct}.baseMVA`)
  if (baseMva === undefined) throw broken(`the file ends without ${struct}.baseMVA`, source.split('\n').length)
  return { title, baseMva, bus: of('bus'), gen: of('gen'), branch: of('branch') }
}

function run(
  { text, line }: Statement,
  struct: string,
  matrices: Map<string, number[][]>,
  scalars: Map<string, number>,
  values: Values,
): void {
  if (/^(end|endfunction|return|define_constants)$/.test(text)) return
  if (/^\[[\w\s,]*\]\s*=\s*idx_(bus|gen|brch|cost)(\(\s*\))?$/.test(text)) return
  const scale = SCALE.exec(text)
  if (scale) {
    const [, field = '', columns = '', again = '', op, factor = ''] = scale
    const matrix = matrices.get(field)
    if (!matrix || columnsOf(columns, line).join() !== columnsOf(again, line).join())
      throw broken(`"${text}" is more than this reader can compute`, line)
    const value = evaluate(factor, values, line)
    for (const row of matrix) {
      for (const column of columnsOf(columns, line)) {
        const cell = row[column - 1]
        if (cell === undefined) throw broken(`${field} has no column ${column}`, line)
        row[column - 1] = op === '/' ? cell / value : cell * value
      }
    }
    return
  }
  const assign = ASSIGN.exec(text)
  if (!assign) throw broken(`"${text.slice(0, 60)}" is more than this reader can do`, line)
  const [, owner = '', member, value = ''] = assign
  if (owner === struct && member && UNREAD.includes(member)) return
  const target = member ? `${owner}.${member}` : owner
  if (value.startsWith('[')) matrices.set(target, matrixOf(value, target, line))
  else scalars.set(target, evaluate(value, values, line))
}

/** `[BR_R BR_X]` or `PD`, as column numbers. */
function columnsOf(text: string, line: number): number[] {
  return text
    .replace(/[[\],]/g, ' ')
    .trim()
    .split(/\s+/)
    .map((word) => {
      const column = COLUMN_NUMBERS.get(word) ?? Number(word)
      if (!Number.isInteger(column) || column < 1) throw broken(`"${word}" names no column`, line)
      return column
    })
}

function matrixOf(text: string, target: string, line: number): number[][] {
  if (!text.endsWith(']')) throw broken(`${target} goes on after its closing bracket`, line)
  const rows = text
    .slice(1, -1)
    .split(/[;\n]/)
    .map((row) => row.trim())
    .filter((row) => row !== '')
    .map((row) =>
      row.split(/[\s,]+/).map((word) => {
        const value = /^[+-]?inf$/i.test(word) ? (word.startsWith('-') ? -Infinity : Infinity) : Number(word)
        if (word === '' || Number.isNaN(value)) throw broken(`${target} holds "${word}", expected a number`, line)
        return value
      }),
    )
  const width = rows[0]?.length ?? 0
  const odd = rows.findIndex((row) => row.length !== width)
  if (odd >= 0)
    throw broken(`row ${odd + 1} of ${target} has ${rows[odd]!.length} numbers, expected ${width} like the first`, line)
  return rows
}
