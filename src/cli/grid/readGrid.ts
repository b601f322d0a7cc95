import { dirname, isAbsolute, join } from 'node:path'
import { TwinError } from '../../base/errors.ts'
import type { GridFile } from '../../formats/grids/gridFormat.ts'
import { gridFormatOf } from '../../formats/grids/index.ts'
import type { GridCase } from '../../model/gridCase.ts'
import { readBytes } from '../readInput.ts'

/** A grid file in any format, with the files it names taken from beside it. */
export function readGrid(path: string, update?: string): GridFile {
  const bytes = readBytes(path)
  const format = gridFormatOf(bytes)
  return format.read(bytes, update === undefined ? undefined : readBytes(update), (named) => {
    const parts = named.replaceAll('\\', '/')
    try {
      return readBytes(isAbsolute(parts) ? parts : join(dirname(path), parts))
    } catch (error) {
      if (error instanceof TwinError) return null // the reader says which element wanted it
      throw error
    }
  })
}

/** The one balanced case of a file. Throws BAD_USAGE for a file that tells phases apart. */
export function readBalanced(path: string): { grid: GridCase; findings: GridFile['findings'] } {
  const { cases, findings } = readGrid(path)
  const [grid] = cases
  if (!grid) throw new TwinError('BAD_USAGE', `${path} tells phases apart; this study takes balanced grids.`, { path })
  return { grid, findings }
}
