import { TwinError } from '../../../base/errors.ts'
import type { Elevation } from '../../../geo/elevation.ts'
import { quoteText } from '../../quoteText.ts'
import { defineTerrainFormat } from '../terrainFormat.ts'
import { readPlacing } from './placing.ts'
import { readTags, TAG, type Tags } from './tags.ts'
import { undoPredictor, unpack } from './unpack.ts'

/** More points than this are no terrain of a city. */
const MAX_POINTS = 100_000_000

/** Rasters of heights with their place on the earth: strips or tiles, plain, LZW or deflate, whole numbers or floats. */
export const geoTiff = defineTerrainFormat({
  id: 'geotiff',
  title: 'GeoTIFF',
  extensions: ['.tif', '.tiff'],
  sniff: (bytes) =>
    (bytes[0] === 0x49 && bytes[1] === 0x49 && bytes[2] === 42 && bytes[3] === 0) ||
    (bytes[0] === 0x4d && bytes[1] === 0x4d && bytes[2] === 0 && bytes[3] === 42),
  read(bytes, name) {
    try {
      return readRaster(bytes)
    } catch (error) {
      if (!(error instanceof Error)) throw error
      // a place outside of the file is what a view says of a file that is cut off
      const why = error instanceof RangeError ? 'it is cut off' : error.message
      throw new TwinError('FORMAT_BROKEN', `"${quoteText(name)}" is no readable GeoTIFF: ${why}.`, { file: name })
    }
  },
})

function readRaster(bytes: Uint8Array): Elevation {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const little = bytes[0] === 0x49
  const tags = readTags(view, little)
  const one = (tag: number, otherwise: number): number => tags.get(tag)?.[0] ?? otherwise
  const columns = one(TAG.width, 0)
  const rows = one(TAG.height, 0)
  if (!(columns > 0 && rows > 0 && columns * rows <= MAX_POINTS)) throw new Error(`it has ${columns} × ${rows} points`)
  const samples = one(TAG.samples, 1)
  if (samples !== 1) throw new Error(`it has ${samples} bands, expected one of heights`)
  const bits = one(TAG.bits, 1)
  const kind = one(TAG.sampleFormat, 1)
  const read = sampleReader(bits, kind, little)
  if (!read) throw new Error(`its samples have ${bits} bits of kind ${kind}`)
  const noData = noDataOf(tags)
  const placing = readPlacing(tags, columns, rows)
  const heightM = new Float32Array(columns * rows).fill(NaN)

  const isTiled = tags.has(TAG.tileOffsets)
  const blockWidth = isTiled ? one(TAG.tileWidth, 0) : columns
  const blockHeight = isTiled ? one(TAG.tileHeight, 0) : Math.min(rows, one(TAG.rowsPerStrip, rows))
  const offsets = tags.get(isTiled ? TAG.tileOffsets : TAG.stripOffsets) ?? []
  const counts = tags.get(isTiled ? TAG.tileBytes : TAG.stripBytes) ?? []
  if (!(blockWidth > 0 && blockHeight > 0 && blockWidth * blockHeight <= MAX_POINTS))
    throw new Error('its blocks have no size')
  const across = Math.ceil(columns / blockWidth)
  const blocks = across * Math.ceil(rows / blockHeight)
  if (offsets.length < blocks || counts.length < blocks)
    throw new Error(`${offsets.length} blocks where ${blocks} are needed`)
  for (let b = 0; b < blocks; b++) {
    const left = (b % across) * blockWidth
    const top = Math.floor(b / across) * blockHeight
    // the last strip ends with the raster, a tile is always whole
    const height = isTiled ? blockHeight : Math.min(blockHeight, rows - top)
    if (counts[b] === 0) continue // left out by writers of sparse rasters: nothing known
    if (offsets[b]! + counts[b]! > bytes.length) throw new Error('it is cut off')
    const packed = bytes.subarray(offsets[b], offsets[b]! + counts[b]!)
    const plain = unpack(packed, one(TAG.compression, 1), (blockWidth * height * bits) / 8)
    undoPredictor(plain, one(TAG.predictor, 1), blockWidth, bits / 8, little)
    const own = new DataView(plain.buffer, plain.byteOffset, plain.length)
    for (let j = 0; j < height && top + j < rows; j++) {
      for (let i = 0; i < blockWidth && left + i < columns; i++) {
        const value = read(own, ((j * blockWidth + i) * bits) / 8)
        heightM[(top + j) * columns + left + i] = value === noData ? NaN : value
      }
    }
  }
  return { columns, rows, heightM, ...placing }
}

type ReadSample = (view: DataView, at: number) => number

/** Source: TIFF 6.0, section 19 (1 whole without sign, 2 with sign, 3 floating point). */
function sampleReader(bits: number, kind: number, little: boolean): ReadSample | null {
  if (kind === 3 && bits === 32) return (view, at) => view.getFloat32(at, little)
  if (kind === 3 && bits === 64) return (view, at) => view.getFloat64(at, little)
  if (kind === 2 && bits === 16) return (view, at) => view.getInt16(at, little)
  if (kind === 2 && bits === 32) return (view, at) => view.getInt32(at, little)
  if (kind === 1 && bits === 8) return (view, at) => view.getUint8(at)
  if (kind === 1 && bits === 16) return (view, at) => view.getUint16(at, little)
  if (kind === 1 && bits === 32) return (view, at) => view.getUint32(at, little)
  return null
}

/** GDAL's word for what is not known, written as text. */
function noDataOf(tags: Tags): number {
  const codes = tags.get(TAG.noData)
  return codes ? Number(String.fromCharCode(...codes.slice(0, 40)).replace(/\0.*$/, '')) : NaN
}
