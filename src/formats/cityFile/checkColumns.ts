import { TwinError } from '../../base/errors.ts'
import { AREA_KINDS, BUILDING_USES, HEIGHT_SOURCES, POINT_KINDS, ROAD_CLASSES } from '../../model/city.ts'
import { COLUMNS, type Column, isStart } from './columns.ts'

export const brokenCity = (name: string, why: string): TwinError =>
  new TwinError('FORMAT_BROKEN', `The city file "${name}" is broken: ${why}.`, { file: name })

const LIST_LENGTHS: Readonly<Record<string, number>> = {
  heightSources: HEIGHT_SOURCES.length,
  uses: BUILDING_USES.length,
  roadClasses: ROAD_CLASSES.length,
  areaKinds: AREA_KINDS.length,
  pointKinds: POINT_KINDS.length,
}

/**
 * Checks that columns fit together: starts rise from 0 to the length of what they start, indices point at something,
 * places are numbers. Whoever draws or counts afterwards can then rely on it.
 *
 * Throws   FORMAT_BROKEN when they do not
 * Cost     O(bytes)
 */
export function checkColumns(
  file: string,
  counts: Readonly<Record<string, number>>,
  wordCount: number,
  columns: ReadonlyMap<string, Column>,
): void {
  for (const { name, length, check } of COLUMNS) {
    const column = columns.get(name)!
    const plusOne = length.endsWith('+1')
    const base = plusOne ? length.slice(0, -2) : length
    const start = columns.get(base)
    const wanted = (start ? start[start.length - 1]! : counts[base]!) + (plusOne ? 1 : 0)
    if (column.length !== wanted) throw brokenCity(file, `${name} has ${column.length} entries, expected ${wanted}`)
    if (isStart(name)) checkRising(file, name, column)
    if (check?.finite) checkFinite(file, name, column)
    if (check?.below !== undefined) {
      const limit =
        check.below === 'words' ? wordCount : (LIST_LENGTHS[check.below] ?? counts[check.below] ?? Number(check.below))
      checkBelow(file, name, column, limit)
    }
  }
}

function checkRising(file: string, name: string, column: Column): void {
  let last = 0
  for (let i = 0; i < column.length; i++) {
    const value = column[i]!
    if (value < last || (i === 0 && value !== 0)) throw brokenCity(file, `${name} does not rise at ${i}`)
    last = value
  }
}

function checkFinite(file: string, name: string, column: Column): void {
  for (let i = 0; i < column.length; i++) {
    // a hundred thousand kilometres: nothing in local metres is out there, and it catches NaN as well
    const isId = name.endsWith('.id')
    if (!(Math.abs(column[i]!) < (isId ? 9.1e15 : 1e8)))
      throw brokenCity(file, `${name} holds no usable number at ${i}`)
  }
}

function checkBelow(file: string, name: string, column: Column, limit: number): void {
  for (let i = 0; i < column.length; i++) {
    if (!(column[i]! < limit && column[i]! >= -1)) {
      throw brokenCity(file, `${name} is ${column[i]} at ${i}, expected less than ${limit}`)
    }
  }
}
