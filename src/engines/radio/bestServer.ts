import type { CoverageRaster, Transmitter } from '../../model/coverage.ts'
import { unionOf } from './lattice.ts'
import type { TransmitterRaster } from './transmitterRaster.ts'

/**
 * Lays the rasters of several transmitters over each other: each cell takes the strongest.
 * A server counts only where its signal reaches its own sensitivity; power below it is kept for the picture.
 *
 * Cost     O(cells of all rasters)
 */
export function bestServer(
  model: string,
  transmitters: readonly Transmitter[],
  rasters: readonly TransmitterRaster[],
): CoverageRaster {
  if (rasters.length === 0) {
    return {
      model,
      x0M: 0,
      y0M: 0,
      cellM: 1,
      cols: 0,
      rows: 0,
      rssiDbm: new Float32Array(0),
      server: new Int16Array(0),
    }
  }
  const { cellM, col0, row0, cols, rows } = unionOf(rasters)
  const rssiDbm = new Float32Array(cols * rows).fill(NaN)
  const server = new Int16Array(cols * rows).fill(-1)
  rasters.forEach((raster, t) => {
    const { sensitivityDbm } = transmitters[t]!
    for (let r = 0; r < raster.rows; r++) {
      const from = r * raster.cols
      const to = (r + raster.row0 - row0) * cols + raster.col0 - col0
      for (let c = 0; c < raster.cols; c++) {
        const here = raster.rssiDbm[from + c]
        if (Number.isNaN(here) || here <= rssiDbm[to + c]) continue
        rssiDbm[to + c] = here
        server[to + c] = here >= sensitivityDbm ? t : -1
      }
    }
  })
  return { model, x0M: col0 * cellM, y0M: row0 * cellM, cellM, cols, rows, rssiDbm, server }
}
