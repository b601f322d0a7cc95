import { TwinError } from '../../base/errors.ts'
import { type Steps, within } from '../../base/steps.ts'
import { defineFormat, type InputFile, type ReadCity, type ReadOptions } from '../format.ts'
import { buildCity } from '../osm/buildCity.ts'
import { type Lattice, NODE, type OsmFeature, type OsmHead, OsmTags, RELATION, WAY } from '../osm/feature.ts'
import { firstLayerName, readTileLayer, type TileLayer } from '../osm/tile/readTile.ts'
import { clipRun, groupRings, placeRun, readRuns } from '../osm/tile/tileGeometry.ts'
import { needTilePlace, tileLattice } from '../osm/tile/tilePlace.ts'

const LAYER = 'osm'
const AT = 64 // '@' opens the keys that are about the record, not about the thing
const TYPES = { node: NODE, way: WAY, relation: RELATION } as const

interface Sheet {
  readonly name: string
  readonly layer: TileLayer
  readonly left: number
  readonly top: number
}

/** OSM-QA tiles: vector tiles of one layer "osm" that carry every tag, id and edit date. */
export const osmQa = defineFormat({
  id: 'osm-qa',
  title: 'OSM-QA vector tiles',
  extensions: ['.mvt', '.pbf'],
  sniff: (bytes) => firstLayerName(bytes) === LAYER,
  *read(files, options = {}) {
    const sheets: Sheet[] = []
    let zoom = -1
    let extent = -1
    const total = files.reduce((sum, { bytes }) => sum + bytes.length, 0)
    let done = 0
    for (const { name, bytes } of files) {
      const place = needTilePlace(name)
      const part = within(
        (0.2 * done) / total,
        (0.2 * (done + bytes.length)) / total,
        readTileLayer(bytes, name, LAYER),
      )
      const layer = yield* part
      if (zoom < 0) {
        zoom = place.zoom
        extent = layer.extent
      }
      if (place.zoom !== zoom || layer.extent !== extent || !(extent > 0)) {
        throw new TwinError(
          'FORMAT_BROKEN',
          `The tiles do not belong together: "${name}" has zoom ${place.zoom} and extent ${layer.extent}, expected ${zoom} and ${extent}.`,
          { file: name },
        )
      }
      sheets.push({ name, layer, left: place.x * extent, top: place.y * extent })
      done += bytes.length
    }
    return yield* readSheets(sheets, tileLattice(zoom, extent), files, options)
  },
})

function* readSheets(
  sheets: readonly Sheet[],
  lattice: Lattice,
  files: readonly InputFile[],
  options: ReadOptions,
): Steps<ReadCity> {
  const features: OsmFeature[] = []
  let newestEditS = NaN
  for (const [s, sheet] of sheets.entries()) {
    const { layer } = sheet
    for (let i = 0; i < layer.features.length; i++) {
      if ((i & 127) === 0) yield 0.2 + (0.2 * (s + i / layer.features.length)) / sheets.length
      const { head, editS } = readHead(layer, i, -1 - features.length)
      if (!(editS <= newestEditS) && editS > 0) newestEditS = editS
      try {
        addShape(features, head, sheet, i)
      } catch (error) {
        if (!(error instanceof Error)) throw error
        throw new TwinError('FORMAT_BROKEN', `The tile "${sheet.name}" is broken: ${error.message}.`, {
          file: sheet.name,
        })
      }
    }
  }
  const source = files.length === 1 ? files[0]!.name : `${files.length} OSM-QA tiles`
  return yield* within(0.4, 1, buildCity({ lattice, features, newestEditS, isOsm: true, source }, options))
}

function readHead(layer: TileLayer, index: number, spareId: number): { head: OsmHead; editS: number } {
  const { tags: pairs } = layer.features[index]!
  const words: string[] = []
  let id = spareId
  let type: 0 | 1 | 2 = layer.features[index]!.kind === 1 ? NODE : WAY
  let editS = NaN
  for (let k = 0; k + 1 < pairs.length; k += 2) {
    const key = layer.keys[pairs[k]!]
    const value = layer.values[pairs[k + 1]!]
    if (key === undefined || value === undefined) continue
    if (key.charCodeAt(0) !== AT) words.push(key, typeof value === 'string' ? value : String(value))
    else if (key === '@id' && Number.isSafeInteger(Number(value)) && value !== '') id = Number(value)
    else if (key === '@type' && Object.hasOwn(TYPES, String(value))) type = TYPES[String(value) as keyof typeof TYPES]
    else if (key === '@timestamp') editS = Number(value)
  }
  return { head: { id, type, tags: new OsmTags(words) }, editS }
}

function addShape(features: OsmFeature[], head: OsmHead, { layer, left, top }: Sheet, index: number): void {
  const { kind, geometryAt, geometryEnd } = layer.features[index]!
  if (kind === 0) return
  layer.pbf.pos = geometryAt
  const runs = readRuns(layer.pbf, geometryEnd).map((run) => placeRun(run, left, top))
  if (kind === 1) {
    for (const run of runs) features.push({ ...head, shape: 'point', x: run[0]!, y: run[1]! })
  } else if (kind === 2) {
    const lines = runs.flatMap((run) => clipRun(run, left, -top - layer.extent, layer.extent))
    if (lines.length) features.push({ ...head, shape: 'line', lines })
  } else if (runs.length) features.push({ ...head, shape: 'area', polygons: groupRings(runs) })
}
