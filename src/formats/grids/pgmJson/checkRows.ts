import { TwinError } from '../../../base/errors.ts'
import { COMPONENTS, type ComponentName, type Field, type FieldKind } from './fields.ts'
import type { Row, Tables } from './tables.ts'

type Ids = ReadonlyMap<number, number>

/** Why a value does not fit its field, in words; null when it does. */
const MISFITS: Readonly<Record<FieldKind, (value: number, nodes: Ids, transformers: Ids) => string | null>> = {
  number: (v) => (Number.isFinite(v) ? null : 'a finite number'),
  positive: (v) => (v > 0 ? null : 'a number above 0'),
  status: (v) => (v === 0 || v === 1 ? null : '0 or 1'),
  integer: (v) => (Number.isInteger(v) ? null : 'a whole number'),
  id: (v) => (Number.isInteger(v) ? null : 'a whole number'),
  node: (v, nodes) => (nodes.has(v) ? null : 'the id of a node'),
  transformer: (v, _, transformers) => (transformers.has(v) ? null : 'the id of a transformer with two windings'),
}

const SMALLEST_INT8 = -128

export const invalid = (
  component: string,
  id: number | string,
  field: string,
  got: string,
  expected: string,
): TwinError =>
  new TwinError('GRID_INVALID', `${component} ${id}: ${field} is ${got}, expected ${expected}.`, {
    component,
    id: String(id),
    field,
  })

/**
 * Checks every field of every element and fills in what may be missing.
 *
 * Returns  the index of each node by its id
 * Throws   GRID_INVALID with component, id and field
 */
export function checkRows(tables: Tables): Map<number, number> {
  const indexOf = (name: ComponentName): Map<number, number> =>
    new Map((tables.get(name) ?? []).map((row, i) => [row.get('id') ?? NaN, i]))
  const nodes = indexOf('node')
  const transformers = indexOf('transformer')
  const seen = new Set<number>()
  for (const [name, rows] of tables)
    for (const [at, row] of rows.entries()) checkRow(name, row, at, nodes, transformers, seen)
  return nodes
}

function checkRow(name: ComponentName, row: Row, at: number, nodes: Ids, transformers: Ids, seen: Set<number>): void {
  const label = row.get('id') ?? `number ${at + 1}`
  for (const [field, spec] of Object.entries(COMPONENTS[name]) as [string, Field][]) {
    let value = row.get(field)
    if (spec.kind === 'integer' && value === SMALLEST_INT8) value = undefined // stands for "none" in the format
    if (value === undefined) {
      if (spec.missing === undefined) throw invalid(name, label, field, 'missing', words(spec.kind))
      row.set(field, spec.missing)
      continue
    }
    const misfit = MISFITS[spec.kind](value, nodes, transformers)
    if (misfit !== null) throw invalid(name, label, field, String(value), misfit)
  }
  const id = row.get('id') as number
  if (seen.has(id)) throw invalid(name, id, 'id', `${id} a second time`, 'an id of its own')
  seen.add(id)
}

const words = (kind: FieldKind): string => MISFITS[kind](NaN, new Map(), new Map()) ?? 'a number'

/** Lays the fields of an update over the base. Elements are told by id, or by order when a whole component is given. */
export function applyUpdate(base: Tables, update: Tables): Tables {
  const merged: Tables = new Map([...base].map(([name, rows]) => [name, rows.map((row) => new Map(row))]))
  for (const [name, rows] of update) {
    const targets = merged.get(name) ?? []
    const byId = new Map(targets.map((row) => [row.get('id'), row]))
    const whole = rows.length === targets.length && rows.every((row) => !row.has('id'))
    rows.forEach((row, at) => {
      const target = whole ? targets[at] : byId.get(row.get('id'))
      if (!target)
        throw invalid(
          name,
          row.get('id') ?? `number ${at + 1}`,
          'id',
          'not in the input',
          'the id of an element to update',
        )
      for (const [field, value] of row) target.set(field, value)
    })
  }
  return merged
}
