import { toDegrees } from './degreeGrid.ts'
import { defineRasterFormat } from './rasterFormat.ts'

const SHORT = 3
const LONG = 4
const DOUBLE = 12
const ASCII = 2
const WIDTH_OF = new Map([
  [ASCII, 1],
  [SHORT, 2],
  [LONG, 4],
  [DOUBLE, 8],
])

type Entry = readonly [tag: number, type: number, values: readonly number[]]

/** Degrees on WGS 84 (EPSG:4326), a pixel is an area: GeoTIFF keys in groups of four. */
const GEO_KEYS = [1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326]

const letters = (text: string): number[] =>
  [...text].map((c) => (c.charCodeAt(0) < 128 ? c.charCodeAt(0) : 63)).concat(0)

/**
 * Received power in dBm as 32-bit floats on WGS 84, north up, not packed; NaN where nothing was computed.
 *
 * Source   TIFF 6.0; OGC GeoTIFF 1.1 (19-008r4); the tag of GDAL for unknown values
 */
export const geoTiffCoverage = defineRasterFormat({
  id: 'geotiff',
  title: 'GeoTIFF',
  extensions: ['.tif', '.tiff'],
  write(coverage) {
    const { cols, rows, westDeg, northDeg, stepLonDeg, stepLatDeg, values } = toDegrees(coverage)
    const bytes = 4 * values.length
    const words = `Received power of the best server, dBm. modelled: ${coverage.raster.model}. ${coverage.source}`
    const entries: Entry[] = [
      [256, LONG, [cols]],
      [257, LONG, [rows]],
      [258, SHORT, [32]],
      [259, SHORT, [1]], // not packed
      [262, SHORT, [1]], // more is brighter
      [270, ASCII, letters(words)],
      [273, LONG, [0]], // set below: where the one strip begins
      [277, SHORT, [1]],
      [278, LONG, [rows]],
      [279, LONG, [bytes]],
      [305, ASCII, letters('Veracity')],
      [339, SHORT, [3]], // floats
      [33550, DOUBLE, [stepLonDeg, stepLatDeg, 0]],
      [33922, DOUBLE, [0, 0, 0, westDeg, northDeg, 0]],
      [34735, SHORT, GEO_KEYS],
      [42113, ASCII, letters('nan')],
    ]
    return writeTiff(entries, values)
  },
})

function writeTiff(entries: readonly Entry[], values: Float32Array): Uint8Array {
  const directory = 8
  let end = directory + 2 + 12 * entries.length + 4
  const places = entries.map(([, type, list]) => {
    const size = WIDTH_OF.get(type)! * list.length
    if (size <= 4) return 0
    const at = end
    end += size + (size & 1)
    return at
  })
  const strip = (end + 7) & ~7
  const out = new Uint8Array(strip + 4 * values.length)
  const view = new DataView(out.buffer)
  view.setUint16(0, 0x4949)
  view.setUint16(2, 42, true)
  view.setUint32(4, directory, true)
  view.setUint16(directory, entries.length, true)
  entries.forEach(([tag, type, list], e) => {
    const at = directory + 2 + 12 * e
    view.setUint16(at, tag, true)
    view.setUint16(at + 2, type, true)
    view.setUint32(at + 4, list.length, true)
    if (places[e]! > 0) view.setUint32(at + 8, places[e]!, true)
    const from = places[e]! > 0 ? places[e]! : at + 8
    const width = WIDTH_OF.get(type)!
    list.forEach((listed, i) => {
      const value = tag === 273 ? strip : listed
      if (type === ASCII) view.setUint8(from + i, value)
      else if (type === SHORT) view.setUint16(from + i * width, value, true)
      else if (type === LONG) view.setUint32(from + i * width, value, true)
      else view.setFloat64(from + i * width, value, true)
    })
  })
  for (let i = 0; i < values.length; i++) view.setFloat32(strip + 4 * i, values[i]!, true)
  return out
}
