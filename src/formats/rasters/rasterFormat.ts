import type { CoverageRaster, Transmitter } from '../../model/coverage.ts'

/** A coverage and what a reader of its file must know beside the figures. */
export interface CoverageExport {
  readonly raster: CoverageRaster
  readonly transmitters: readonly Transmitter[] // in the order of raster.server
  readonly originLatDeg: number
  readonly originLonDeg: number
  readonly source: string // of the propagation model
}

/** A kind of file a coverage is written to. */
export interface RasterFormat {
  readonly id: string
  readonly title: string
  readonly extensions: readonly string[]
  /** Throws   RADIO_OUT_OF_RANGE when the coverage has no cell */
  write(coverage: CoverageExport): Uint8Array
}

export const defineRasterFormat = (format: RasterFormat): RasterFormat => format
