import { writeFileSync } from 'node:fs'
import { TwinError } from '../../base/errors.ts'
import { dssText } from '../../formats/grids/write/dssText.ts'
import { pandapowerText } from '../../formats/grids/write/pandapowerText.ts'
import { csvText, geoJsonText } from '../../formats/grids/write/tables.ts'
import type { GridCase } from '../../model/gridCase.ts'
import type { GridSolution } from '../../model/gridSolution.ts'
import type { PhaseCase } from '../../model/phaseCase.ts'
import type { PhaseSolution } from '../../model/phaseSolution.ts'

export type SolvedGrid =
  | { readonly balanced: GridCase; readonly solution: GridSolution }
  | { readonly phases: PhaseCase; readonly solution: PhaseSolution }

/** The text of a grid in the format of a file's extension. */
function textFor(path: string, grid: SolvedGrid): string {
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  if ('phases' in grid) {
    if (extension === 'dss') return dssText(grid.phases)
    throw new TwinError('BAD_USAGE', `--out is "${path}", expected a .dss file for a grid with phases.`, { path })
  }
  if (extension === 'json') return pandapowerText(grid.balanced)
  if (extension === 'csv') return csvText(grid.balanced, grid.solution)
  if (extension === 'geojson') return geoJsonText(grid.balanced, grid.solution)
  throw new TwinError('BAD_USAGE', `--out is "${path}", expected a .json, .csv or .geojson file.`, { path })
}

/**
 * Writes a grid, and for tables its results, in the format of the file's extension.
 *
 * Throws   BAD_USAGE for an extension that does not suit; FILE_UNREADABLE when it cannot be written
 */
export function writeGrid(path: string, grid: SolvedGrid): void {
  const text = textFor(path, grid)
  try {
    writeFileSync(path, text)
  } catch (error) {
    throw new TwinError('FILE_UNREADABLE', `${path} cannot be written: ${(error as Error).message}.`, { path })
  }
}
