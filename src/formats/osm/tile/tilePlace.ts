import { TwinError } from '../../../base/errors.ts'
import { tileToLatDeg, tileToLonDeg } from '../../../geo/tiles.ts'
import type { Lattice } from '../feature.ts'

/** Which tile of the world a file is. */
export interface TilePlace {
  readonly zoom: number
  readonly x: number
  readonly y: number
}

const PLACE = /(?:^|[^0-9])(\d{1,2})[-_/\\](\d{1,8})[-_/\\](\d{1,8})\.[A-Za-z.]+$/

/** Reads zoom, x and y out of a file name such as 12-2860-1368.mvt or 12/2860/1368.mvt; null when they are not there. */
export function tilePlaceOf(name: string): TilePlace | null {
  const match = PLACE.exec(name)
  if (!match) return null
  const zoom = Number(match[1])
  const x = Number(match[2])
  const y = Number(match[3])
  const across = 2 ** Math.min(zoom, 30)
  return zoom <= 22 && x < across && y < across ? { zoom, x, y } : null
}

export function needTilePlace(name: string): TilePlace {
  const place = tilePlaceOf(name)
  if (place) return place
  throw new TwinError(
    'FORMAT_BROKEN',
    `The tile "${name}" does not say where it lies: expected zoom, x and y in its name, like 12-2860-1368.mvt.`,
    { file: name },
  )
}

/** The grid of all tiles of a zoom level, y turned to the north. */
export const tileLattice = (zoom: number, extent: number): Lattice => ({
  toGeo(x, y, out) {
    out[0] = tileToLatDeg(-y / extent, zoom)
    out[1] = tileToLonDeg(x / extent, zoom)
  },
  seamUnits: 1.5, // a cut point is rounded to whole units, half a unit each way
})
