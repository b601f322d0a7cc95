import { TwinError } from '../../../base/errors.ts'
import { COMPONENTS, type ComponentName, LATER } from './fields.ts'

/** Values of one element by field name; absent means the file gave none. */
export type Row = Map<string, number>
export type Tables = Map<ComponentName, Row[]>

interface Root {
  readonly type: string
  readonly isBatch: boolean
  readonly scenarios: readonly Tables[]
}

const broken = (message: string, details: Record<string, string | number> = {}): TwinError =>
  new TwinError('FORMAT_BROKEN', message, details)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A number as the format writes it; undefined when it is absent (null, NaN, or the integer that stands for none). */
function readNumber(value: unknown, where: string): number | undefined {
  if (value === null || value === undefined) return undefined
  if (value === 'inf' || value === '+inf') return Infinity
  if (value === '-inf') return -Infinity
  if (typeof value !== 'number') throw broken(`${where} is ${JSON.stringify(value)}, expected a number.`, { where })
  return value
}

function readRow(name: ComponentName, raw: unknown, columns: readonly string[] | undefined, at: number): Row {
  const where = `${name} number ${at + 1}`
  const row: Row = new Map()
  const put = (field: string, value: unknown) => {
    if (`${field}[1]` in COMPONENTS[name] && Array.isArray(value)) {
      if (value.length !== 3)
        throw broken(`${where}: ${field} has ${value.length} values, expected 3, one for each phase.`, { where, field })
      value.forEach((phase, k) => {
        put(`${field}[${k + 1}]`, phase)
      })
      return
    }
    if (!(field in COMPONENTS[name]))
      throw broken(`${where} has the field ${field}, which ${name} does not know.`, { where, field })
    const number = readNumber(value, `${where}: ${field}`)
    if (number !== undefined) row.set(field, number)
  }
  if (Array.isArray(raw)) {
    if (!columns) throw broken(`${where} is a list, but "attributes" does not name the fields of ${name}.`, { where })
    if (raw.length !== columns.length)
      throw broken(`${where} has ${raw.length} values, expected ${columns.length}.`, { where, got: raw.length })
    columns.forEach((field, k) => {
      put(field, raw[k])
    })
  } else if (isObject(raw)) for (const [field, value] of Object.entries(raw)) put(field, value)
  else throw broken(`${where} is ${JSON.stringify(raw)?.slice(0, 40)}, expected an object or a list.`, { where })
  return row
}

/** A component's rows: a list of elements, or an object of equally long columns. */
function readComponent(name: ComponentName, raw: unknown, columns: readonly string[] | undefined): Row[] {
  if (Array.isArray(raw)) return raw.map((element, at) => readRow(name, element, columns, at))
  if (!isObject(raw)) throw broken(`"${name}" is no list of elements.`, { component: name })
  const fields = Object.entries(raw)
  const length = Array.isArray(fields[0]?.[1]) ? fields[0][1].length : 0
  for (const [field, values] of fields) {
    if (!Array.isArray(values) || values.length !== length)
      throw broken(`"${name}": column ${field} is not a list of ${length} values like the first.`, {
        component: name,
        field,
      })
  }
  return Array.from({ length }, (_, at) =>
    readRow(
      name,
      Object.fromEntries(fields.map(([field, values]) => [field, (values as unknown[])[at]])),
      undefined,
      at,
    ),
  )
}

function readScenario(raw: unknown, attributes: Record<string, unknown>): Tables {
  if (!isObject(raw)) throw broken('"data" holds no components.')
  const tables: Tables = new Map()
  for (const [name, rows] of Object.entries(raw)) {
    if (LATER.includes(name)) {
      if (Array.isArray(rows) && rows.length === 0) continue
      throw new TwinError(
        'NOT_AVAILABLE_YET',
        `The file has components of type ${name}, which are not available yet.`,
        {
          component: name,
        },
      )
    }
    if (!(name in COMPONENTS)) throw broken(`The file has components of the unknown type ${name}.`, { component: name })
    const columns = attributes[name]
    if (columns !== undefined && !(Array.isArray(columns) && columns.every((c) => typeof c === 'string')))
      throw broken(`"attributes" of ${name} is no list of names.`, { component: name })
    tables.set(name as ComponentName, readComponent(name as ComponentName, rows, columns as string[] | undefined))
  }
  return tables
}

/**
 * Reads the envelope and every row of a power-grid-model JSON file.
 *
 * Throws   FORMAT_BROKEN; NOT_AVAILABLE_YET for components that are known but not modelled
 */
export function readTables(bytes: Uint8Array): Root {
  let root: unknown
  try {
    root = JSON.parse(new TextDecoder().decode(bytes))
  } catch (error) {
    throw broken(`The file is no JSON: ${(error as Error).message}.`)
  }
  if (!isObject(root)) throw broken('The file is no power-grid-model document: expected an object.')
  const { version, type, is_batch: isBatch, attributes = {}, data } = root
  if (version !== '1.0') throw broken(`The file is of version ${JSON.stringify(version)}, expected "1.0".`)
  if (typeof type !== 'string') throw broken('The file does not say its "type".')
  if (typeof isBatch !== 'boolean') throw broken('"is_batch" is neither true nor false.')
  if (!isObject(attributes)) throw broken('"attributes" is no object.')
  if (isBatch !== Array.isArray(data))
    throw broken(isBatch ? '"is_batch" is true, but "data" is no list.' : '"is_batch" is false, but "data" is a list.')
  const scenarios = isBatch ? (data as unknown[]) : [data]
  return { type, isBatch, scenarios: scenarios.map((scenario) => readScenario(scenario, attributes)) }
}
