import { TwinError } from '../../../base/errors.ts'

/** One table of the file: rows by index, cells by column. */
export interface Frame {
  readonly index: readonly number[]
  cell(row: number, column: string): unknown
}

const broken = (message: string, details: Record<string, string> = {}): TwinError =>
  new TwinError('FORMAT_BROKEN', message, details)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function frameOf(name: string, raw: unknown): Frame {
  let value = raw
  if (typeof raw === 'string') {
    try {
      value = JSON.parse(raw)
    } catch (error) {
      throw broken(`The table ${name} is no JSON: ${(error as Error).message}.`, { component: name })
    }
  }
  if (!isObject(value) || !Array.isArray(value.columns) || !Array.isArray(value.index) || !Array.isArray(value.data))
    throw broken(`The table ${name} is not given by columns, index and data.`, { component: name })
  const { columns, index, data } = value
  const place = new Map(columns.map((column, k) => [String(column), k]))
  if (data.length !== index.length || !data.every((row) => Array.isArray(row) && row.length === columns.length))
    throw broken(
      `The table ${name} has rows that do not fit its ${columns.length} columns and ${index.length} names.`,
      { component: name },
    )
  if (!index.every((i) => Number.isInteger(i)))
    throw broken(`The table ${name} has a row whose index is no whole number.`, { component: name })
  return {
    index: index as number[],
    cell: (row, column) => {
      const k = place.get(column)
      return k === undefined ? undefined : (data[row] as unknown[])[k]
    },
  }
}

export interface NetTables {
  readonly name: string
  readonly frequencyHz: number
  readonly frames: ReadonlyMap<string, Frame> // tables with rows, results left out
}

/**
 * Unwraps a network as pandapower's to_json writes it.
 *
 * Throws   FORMAT_BROKEN
 */
export function readNet(bytes: Uint8Array): NetTables {
  let root: unknown
  try {
    root = JSON.parse(new TextDecoder().decode(bytes))
  } catch (error) {
    throw broken(`The file is no JSON: ${(error as Error).message}.`)
  }
  const net = isObject(root) && isObject(root._object) ? root._object : null
  if (!net) throw broken('The file holds no pandapower network: expected "_object".')
  const frames = new Map<string, Frame>()
  for (const [name, table] of Object.entries(net)) {
    if (!isObject(table) || table._class !== 'DataFrame' || /^_?res_/.test(name)) continue
    const frame = frameOf(name, table._object)
    if (frame.index.length > 0) frames.set(name, frame)
  }
  const hertz = net.f_hz
  if (typeof hertz !== 'number' || !(hertz > 0))
    throw broken(`f_hz is ${JSON.stringify(hertz)}, expected a number above 0.`)
  return {
    name: typeof net.name === 'string' && net.name ? net.name : 'pandapower network',
    frequencyHz: hertz,
    frames,
  }
}
