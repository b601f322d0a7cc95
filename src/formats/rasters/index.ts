import { geoJsonCoverage } from './geoJson.ts'
import { geoTiffCoverage } from './geoTiff.ts'
import { kmlCoverage } from './kml.ts'
import type { RasterFormat } from './rasterFormat.ts'

/** Every kind of file a coverage is written to. To add one: write its file here, and its line. */
export const rasterFormats: readonly RasterFormat[] = [geoTiffCoverage, geoJsonCoverage, kmlCoverage]

/** The format of a path by its extension, or undefined. */
export const rasterFormatOf = (path: string): RasterFormat | undefined =>
  rasterFormats.find(({ extensions }) => extensions.some((extension) => path.toLowerCase().endsWith(extension)))
