/**
 * A window of the city's cell lattice: cell (c, r) covers x in [(col0 + c) cellM, (col0 + c + 1) cellM), y likewise.
 * All rasters of one cell size share the lattice, so that they can be laid over each other without resampling.
 */
export interface Window {
  readonly cellM: number
  readonly col0: number
  readonly row0: number
  readonly cols: number
  readonly rows: number
}

const cellOf = (metres: number, cellM: number): number => Math.floor(metres / cellM)

/** The square window of `radius` cells around the cell that holds a point. */
export function windowAround(xM: number, yM: number, cellM: number, radius: number): Window {
  const size = 2 * radius + 1
  return { cellM, col0: cellOf(xM, cellM) - radius, row0: cellOf(yM, cellM) - radius, cols: size, rows: size }
}

/** The smallest window that holds all of these. */
export function unionOf(windows: readonly Window[]): Window {
  const col0 = Math.min(...windows.map((w) => w.col0))
  const row0 = Math.min(...windows.map((w) => w.row0))
  const cols = Math.max(...windows.map((w) => w.col0 + w.cols)) - col0
  const rows = Math.max(...windows.map((w) => w.row0 + w.rows)) - row0
  return { cellM: windows[0]!.cellM, col0, row0, cols, rows }
}
