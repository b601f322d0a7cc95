import { TwinError } from '../../../base/errors.ts'
import type { Frame } from './frames.ts'

export const refuse = (component: string, id: number, field: string, got: unknown, expected: string): TwinError =>
  new TwinError(
    'GRID_INVALID',
    `${component} ${id}: ${field} is ${got === undefined ? 'missing' : JSON.stringify(got)}, expected ${expected}.`,
    {
      component,
      id: String(id),
      field,
    },
  )

/** Typed reading of one row. */
export interface RowReader {
  readonly index: number
  number(field: string, initial?: number): number
  above0(field: string, initial?: number): number
  is(field: string, initial: boolean): boolean
  text(field: string): string
  raw(field: string): unknown
}

export function rowsOf(name: string, frame: Frame | undefined): RowReader[] {
  if (!frame) return []
  return frame.index.map((index, row) => {
    const raw = (field: string): unknown => frame.cell(row, field)
    const number = (field: string, initial?: number): number => {
      const value = raw(field)
      if ((value === undefined || value === null) && initial !== undefined) return initial
      if (typeof value !== 'number' || !Number.isFinite(value))
        throw refuse(name, index, field, value, 'a finite number')
      return value
    }
    return {
      index,
      number,
      above0(field, initial) {
        const value = number(field, initial)
        if (!(value > 0)) throw refuse(name, index, field, value, 'a number above 0')
        return value
      },
      is(field, initial) {
        const value = raw(field)
        if (value === undefined || value === null) return initial
        if (typeof value !== 'boolean') throw refuse(name, index, field, value, 'true or false')
        return value
      },
      text: (field) => String(raw(field) ?? ''),
      raw,
    }
  })
}
