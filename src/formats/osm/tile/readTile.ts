import { PbfReader } from 'pbf'
import { TwinError } from '../../../base/errors.ts'
import { type Steps, within } from '../../../base/steps.ts'
import { eachField, fieldEnd, readText, readTextTo } from '../../pbfFields.ts'

/** A feature of a tile before its geometry is looked at. */
interface TileFeature {
  readonly kind: 0 | 1 | 2 | 3 // unknown, point, line, polygon
  readonly tags: readonly number[] // key, value, key, value … into the layer's lists
  readonly geometryAt: number
  readonly geometryEnd: number
}

export interface TileLayer {
  readonly name: string
  readonly extent: number
  readonly keys: readonly string[]
  readonly values: readonly (string | number | boolean)[]
  readonly features: readonly TileFeature[]
  readonly pbf: PbfReader
}

export const brokenTile = (name: string, why: string): TwinError =>
  new TwinError('FORMAT_BROKEN', `The tile "${name}" is broken: ${why}.`, { file: name })

function readValue(pbf: PbfReader, end: number): string | number | boolean {
  let value: string | number | boolean = ''
  eachField(pbf, end, (field) => {
    if (field === 1) value = readText(pbf, end)
    else if (field === 2) value = pbf.readFloat()
    else if (field === 3) value = pbf.readDouble()
    else if (field === 4) value = pbf.readVarint(true)
    else if (field === 5) value = pbf.readVarint()
    else if (field === 6) value = pbf.readSVarint()
    else if (field === 7) value = pbf.readVarint() !== 0
    else return false
    return true
  })
  return value
}

function readFeature(pbf: PbfReader, end: number): TileFeature {
  let kind = 0
  const tags: number[] = []
  let geometryAt = 0
  let geometryEnd = 0
  eachField(pbf, end, (field, wire) => {
    if (field === 2 && wire === 2) {
      const stop = fieldEnd(pbf, end)
      while (pbf.pos < stop) tags.push(pbf.readVarint())
      if (pbf.pos !== stop) throw new Error('a list of tags runs over its end')
    } else if (field === 3 && wire === 0) kind = pbf.readVarint()
    else if (field === 4 && wire === 2) {
      geometryEnd = fieldEnd(pbf, end)
      geometryAt = pbf.pos
      pbf.pos = geometryEnd
    } else return false
    return true
  })
  return { kind: kind <= 3 ? (kind as 0 | 1 | 2 | 3) : 0, tags, geometryAt, geometryEnd }
}

function* readLayer(pbf: PbfReader, end: number, from: number): Steps<TileLayer> {
  let name = ''
  let extent = 4096
  const keys: string[] = []
  const values: (string | number | boolean)[] = []
  const features: TileFeature[] = []
  while (pbf.pos < end) {
    const tag = pbf.readVarint()
    const field = tag >>> 3
    if ((tag & 7) === 2) {
      const stop = fieldEnd(pbf, end)
      if (field === 1) name = readTextTo(pbf, stop)
      else if (field === 2) features.push(readFeature(pbf, stop))
      else if (field === 3) keys.push(readTextTo(pbf, stop))
      else if (field === 4) values.push(readValue(pbf, stop))
      else pbf.pos = stop
      if (((features.length + values.length) & 255) === 0) yield (pbf.pos - from) / (end - from)
    } else if (field === 5) extent = pbf.readVarint()
    else pbf.skip(tag & 7)
  }
  if (pbf.pos !== end) throw new Error('a layer runs over its end')
  return { name, extent, keys, values, features, pbf }
}

/** The name of the layer with which bytes start that are a vector tile; null when they are none. Looks at the first bytes only. */
export function firstLayerName(bytes: Uint8Array): string | null {
  try {
    const pbf = new PbfReader(bytes)
    if (pbf.readVarint() !== 26) return null
    pbf.readVarint()
    for (let i = 0; i < 3; i++) {
      const tag = pbf.readVarint()
      if (tag === 10) return readTextTo(pbf, Math.min(fieldEnd(pbf, bytes.length), pbf.pos + 64))
      pbf.skip(tag & 7)
    }
  } catch {}
  return null
}

/**
 * Reads the layers of a vector tile that are wanted.
 *
 * Throws   FORMAT_BROKEN when the bytes are not a vector tile
 * Source   Mapbox Vector Tile specification 2.1, section 4.
 */
export function* readTileLayers(
  bytes: Uint8Array,
  file: string,
  isWanted: (layer: string) => boolean,
): Steps<TileLayer[]> {
  const pbf = new PbfReader(bytes)
  const layers: TileLayer[] = []
  try {
    while (pbf.pos < bytes.length) {
      const tag = pbf.readVarint()
      if ((tag & 7) !== 2) {
        pbf.skip(tag & 7)
        continue
      }
      const end = fieldEnd(pbf, bytes.length)
      if (tag >>> 3 === 3) {
        const from = pbf.pos
        const layer = yield* within(from / bytes.length, end / bytes.length, readLayer(pbf, end, from))
        if (isWanted(layer.name)) layers.push(layer)
      }
      pbf.pos = end
    }
  } catch (error) {
    if (error instanceof Error) throw brokenTile(file, error.message)
    throw error
  }
  return layers
}

/** One layer by its name. Throws FORMAT_BROKEN when the tile holds none of it. */
export function* readTileLayer(bytes: Uint8Array, file: string, layerName: string): Steps<TileLayer> {
  const [layer] = yield* readTileLayers(bytes, file, (name) => name === layerName)
  if (layer) return layer
  throw brokenTile(file, `it holds no layer "${layerName}"`)
}
