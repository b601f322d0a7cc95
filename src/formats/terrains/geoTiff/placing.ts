import { geoToGrid } from '../../../geo/crs/geoToGrid.ts'
import { GRID_NAMES, type GridToGeo, gridOf } from '../../../geo/crs/index.ts'
import type { Elevation } from '../../../geo/elevation.ts'
import { TAG, type Tags } from './tags.ts'

const MODEL_TYPE = 1024
const RASTER_TYPE = 1025
const GEOGRAPHIC = 2048
const PROJECTED = 3072
const METRES_PER_DEG = 111_320

/** Latitude and longitude on datums that lie within a metre or so of WGS 84. */
const DEGREES: ReadonlySet<number> = new Set([4326, 4258, 4269, 4979, 4937])

/** Where the crossings of a raster lie. */
export type Placing = Pick<Elevation, 'place' | 'boundsDeg' | 'stepM'>

/**
 * Reads where a raster lies on the earth.
 *
 * Throws   Error with the reason
 * Source   OGC GeoTIFF 1.1 (19-008r4), 7
 */
export function readPlacing(tags: Tags, columns: number, rows: number): Placing {
  const keys = readKeys(tags)
  const [scaleX, scaleY] = tags.get(TAG.pixelScale) ?? []
  const [i0, j0, , x0, y0] = tags.get(TAG.tiepoint) ?? []
  const matrix = tags.get(TAG.transformation)
  let [left, top, stepX, stepY] = [NaN, NaN, NaN, NaN]
  if (scaleX !== undefined && scaleY !== undefined && x0 !== undefined && y0 !== undefined) {
    left = x0 - i0! * scaleX
    top = y0 + j0! * scaleY
    stepX = scaleX
    stepY = scaleY
  } else if (matrix && matrix.length >= 8 && matrix[1] === 0 && matrix[4] === 0) {
    left = matrix[3]!
    top = matrix[7]!
    stepX = matrix[0]!
    stepY = -matrix[5]!
  }
  if (!(stepX > 0 && stepY > 0) || !Number.isFinite(left + top)) throw new Error('it does not say where it lies')
  // a pixel is an area unless it says that it is a point: then its value stands for its middle
  const half = keys.get(RASTER_TYPE) === 2 ? 0 : 0.5
  const x = left + half * stepX
  const y = top - half * stepY
  const [right, bottom] = [x + (columns - 1) * stepX, y - (rows - 1) * stepY]
  const code = keys.get(PROJECTED)
  if (code === undefined || keys.get(MODEL_TYPE) === 2) {
    const geographic = keys.get(GEOGRAPHIC) ?? 4326
    if (!DEGREES.has(geographic))
      throw new Error(`it is in EPSG:${geographic}; expected WGS 84 or one of ${GRID_NAMES}`)
    if (!(Math.abs(y) <= 90 && Math.abs(bottom) <= 90)) throw new Error('its degrees lie outside of the earth')
    return {
      boundsDeg: [x, bottom, right, y],
      stepM: METRES_PER_DEG * stepY,
      place(latDeg, lonDeg, out) {
        out[0] = (lonDeg - x) / stepX
        out[1] = (y - latDeg) / stepY
      },
    }
  }
  const grid = gridOf(code)
  if (!grid) throw new Error(`it is in EPSG:${code}; expected WGS 84 or one of ${GRID_NAMES}`)
  const near = Float64Array.of((x + right) / 2, (y + bottom) / 2)
  return {
    boundsDeg: boundsOf(grid, x, bottom, right, y),
    stepM: stepY,
    place(latDeg, lonDeg, out) {
      geoToGrid(grid, latDeg, lonDeg, out, near)
      const [e, n] = out
      out[0] = (e! - x) / stepX
      out[1] = (y - n!) / stepY
    },
  }
}

function readKeys(tags: Tags): Map<number, number> {
  const list = tags.get(TAG.geoKeys) ?? []
  const keys = new Map<number, number>()
  for (let k = 4; k + 3 < list.length; k += 4) if (list[k + 1] === 0) keys.set(list[k]!, list[k + 3]!)
  return keys
}

function boundsOf(grid: GridToGeo, west: number, south: number, east: number, north: number): Placing['boundsDeg'] {
  const out = new Float64Array(2)
  const lat: number[] = []
  const lon: number[] = []
  for (const [e, n] of [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ] as const) {
    grid(e, n, out)
    lat.push(out[0]!)
    lon.push(out[1]!)
  }
  return [Math.min(...lon), Math.min(...lat), Math.max(...lon), Math.max(...lat)]
}
