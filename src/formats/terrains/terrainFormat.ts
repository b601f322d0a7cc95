import type { Elevation } from '../../geo/elevation.ts'

/** A kind of terrain file. */
export interface TerrainFormat {
  readonly id: string
  readonly title: string
  readonly extensions: readonly string[]
  /** Whether the file looks like one of these. Never throws. */
  sniff(bytes: Uint8Array, name: string): boolean
  /** Throws   FORMAT_BROKEN when the bytes are not what they claim */
  read(bytes: Uint8Array, name: string): Elevation
}

export const defineTerrainFormat = (format: TerrainFormat): TerrainFormat => format
