import { TwinError } from '../../base/errors.ts'
import type { Elevation } from '../../geo/elevation.ts'
import { quoteText } from '../quoteText.ts'
import { geoTiff } from './geoTiff/index.ts'
import { hgt } from './hgt/index.ts'
import type { TerrainFormat } from './terrainFormat.ts'
import { isZip, unzipOnly } from './unzip.ts'

/** Every terrain format. To add one: write its folder, and its line here. */
export const terrainFormats: readonly TerrainFormat[] = [geoTiff, hgt]

/**
 * Reads the heights of the ground out of a file of any known format, packed in a zip archive or not.
 *
 * Throws   FORMAT_UNKNOWN, FORMAT_BROKEN
 */
export function readTerrain(bytes: Uint8Array, name: string): Elevation & { readonly format: string } {
  if (isZip(bytes)) {
    const extensions = terrainFormats.flatMap((format) => format.extensions)
    const inner = unzipOnly(bytes, name, (own) => extensions.some((end) => own.toLowerCase().endsWith(end)))
    return readTerrain(inner.bytes, inner.name)
  }
  const format = terrainFormats.find(({ sniff }) => sniff(bytes, name))
  if (format) return { ...format.read(bytes, name), format: format.id }
  const titles = terrainFormats.map(({ title, extensions }) => `${title} (${extensions.join(', ')})`)
  throw new TwinError(
    'FORMAT_UNKNOWN',
    `"${quoteText(name)}" is no terrain file that can be read; expected ${titles.join(', or ')}.`,
    { file: name },
  )
}
