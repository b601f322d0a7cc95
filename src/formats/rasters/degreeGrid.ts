import { TwinError } from '../../base/errors.ts'
import { createEnu } from '../../geo/enu.ts'
import type { CoverageExport } from './rasterFormat.ts'

/** A raster of degrees, north up: row 0 is the north edge. */
export interface DegreeGrid {
  readonly cols: number
  readonly rows: number
  readonly westDeg: number
  readonly northDeg: number
  readonly stepLonDeg: number
  readonly stepLatDeg: number
  readonly values: Float32Array // [rows, cols]; NaN where nothing is known
}

/** Between these columns the place of a pixel is interpolated; over 64 m that is wrong by less than a millimetre. */
const STRIDE = 32

/**
 * Received power on a grid of degrees with pixels of a cell's size: each pixel takes the cell that holds its middle.
 *
 * Throws   RADIO_OUT_OF_RANGE when the raster has no cell
 * Cost     O(pixels)
 */
export function toDegrees({ raster, originLatDeg, originLonDeg }: CoverageExport): DegreeGrid {
  const { x0M, y0M, cellM, cols: cellCols, rows: cellRows, rssiDbm } = raster
  if (cellCols * cellRows === 0)
    throw new TwinError('RADIO_OUT_OF_RANGE', 'The coverage has no cell to write, expected one transmitter or more.')
  const enu = createEnu(originLatDeg, originLonDeg)
  const at = new Float64Array(2)
  const [lat, lon]: [number[], number[]] = [[], []]
  for (let k = 0; k <= 8; k++) {
    const [u, v] = [(k / 8) * cellCols * cellM, (k / 8) * cellRows * cellM]
    for (const [x, y] of [
      [x0M + u, y0M],
      [x0M + u, y0M + cellRows * cellM],
      [x0M, y0M + v],
      [x0M + cellCols * cellM, y0M + v],
    ] as const) {
      enu.toGeo(x, y, at)
      lat.push(at[0]!)
      lon.push(at[1]!)
    }
  }
  const [westDeg, northDeg] = [Math.min(...lon), Math.max(...lat)]
  enu.toGeo(x0M, y0M, at)
  const [lat0, lon0] = [at[0]!, at[1]!]
  enu.toGeo(x0M + cellM, y0M + cellM, at)
  const [stepLatDeg, stepLonDeg] = [at[0]! - lat0, at[1]! - lon0]
  const cols = Math.ceil((Math.max(...lon) - westDeg) / stepLonDeg)
  const rows = Math.ceil((northDeg - Math.min(...lat)) / stepLatDeg)
  const values = new Float32Array(cols * rows).fill(NaN)
  for (let r = 0; r < rows; r++) {
    const latDeg = northDeg - (r + 0.5) * stepLatDeg
    for (let from = 0; from < cols; from += STRIDE) {
      enu.toLocal(latDeg, westDeg + (from + 0.5) * stepLonDeg, at)
      const [xA, yA] = [at[0]!, at[1]!]
      enu.toLocal(latDeg, westDeg + (from + STRIDE + 0.5) * stepLonDeg, at)
      const [dx, dy] = [(at[0]! - xA) / STRIDE, (at[1]! - yA) / STRIDE]
      for (let k = 0; k < STRIDE && from + k < cols; k++) {
        const c = Math.floor((xA + k * dx - x0M) / cellM)
        const s = Math.floor((yA + k * dy - y0M) / cellM)
        if (c >= 0 && s >= 0 && c < cellCols && s < cellRows) values[r * cols + from + k] = rssiDbm[s * cellCols + c]!
      }
    }
  }
  return { cols, rows, westDeg, northDeg, stepLonDeg, stepLatDeg, values }
}
