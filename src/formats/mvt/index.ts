import { TwinError } from '../../base/errors.ts'
import { createFindings, type Findings } from '../../base/findings.ts'
import { within } from '../../base/steps.ts'
import type { Ring } from '../../geo/polygon/ring.ts'
import { defineFormat } from '../format.ts'
import { buildCity } from '../osm/buildCity.ts'
import { type OsmFeature, type OsmHead, OsmTags, WAY } from '../osm/feature.ts'
import { brokenTile, firstLayerName, readTileLayers, type TileLayer } from '../osm/tile/readTile.ts'
import { clipRun, groupRings, placeRun, readRuns } from '../osm/tile/tileGeometry.ts'
import { needTilePlace, type TilePlace, tileLattice } from '../osm/tile/tilePlace.ts'
import { clipPolygon } from './clipPolygon.ts'
import { createPieceJoiner } from './joinPieces.ts'
import { isKnownLayer, tagsOfLayer } from './layerTags.ts'

/** What OSM-QA tiles call their one layer; they are a format of their own. */
const OSM_QA = 'osm'

/** Vector tiles of a map: buildings, roads, water and green in the words of the usual schemas, without ids. */
export const mvt = defineFormat({
  id: 'mvt',
  title: 'vector tiles',
  extensions: ['.mvt', '.pbf'],
  sniff(bytes) {
    const layer = firstLayerName(bytes)
    return layer !== null && layer !== OSM_QA && /^[\w:. -]+$/.test(layer)
  },
  *read(files, options = {}) {
    const findings = createFindings()
    const features: OsmFeature[] = []
    const joiner = createPieceJoiner()
    let zoom = -1
    let extent = -1
    for (const [f, { bytes, name }] of files.entries()) {
      const place = needTilePlace(name)
      const span = (part: number) => (0.4 * (f + part)) / files.length
      const passed = new Set<string>()
      const known = (layer: string): boolean => {
        if (!isKnownLayer(layer)) passed.add(layer)
        return isKnownLayer(layer)
      }
      const layers = yield* within(span(0), span(0.8), readTileLayers(bytes, name, known))
      for (const layer of passed) findings.add('NOT_DRAWN', 'layer', 'Layers of this name are not drawn.', layer)
      for (const layer of layers) {
        if (zoom < 0) {
          zoom = place.zoom
          extent = layer.extent
        }
        if (place.zoom !== zoom || !(layer.extent > 0) || layer.extent !== extent) {
          throw new TwinError(
            'FORMAT_BROKEN',
            `The tiles do not belong together: "${name}" has zoom ${place.zoom} and extent ${layer.extent}, expected ${zoom} and ${extent}.`,
            { file: name },
          )
        }
        try {
          addLayer(features, layer, place, joiner, findings)
        } catch (error) {
          if (!(error instanceof Error)) throw error
          throw brokenTile(name, error.message)
        }
        yield span(1)
      }
    }
    const source = files.length === 1 ? files[0]!.name : `${files.length} vector tiles`
    const whole = joiner.join(features)
    const data = { lattice: tileLattice(zoom, extent), features: whole, newestEditS: NaN, isOsm: false, source }
    const read = yield* within(0.4, 1, buildCity(data, options))
    return { ...read, findings: [...findings.list(), ...read.findings] }
  },
})

function addLayer(
  features: OsmFeature[],
  layer: TileLayer,
  place: TilePlace,
  joiner: ReturnType<typeof createPieceJoiner>,
  findings: Findings,
): void {
  const { extent } = layer
  const left = place.x * extent
  const top = place.y * extent
  for (const { kind, tags: pairs, geometryAt, geometryEnd } of layer.features) {
    if (kind !== 2 && kind !== 3) continue
    const properties: Record<string, unknown> = {}
    for (let k = 0; k + 1 < pairs.length; k += 2) {
      const key = layer.keys[pairs[k]!]
      if (key !== undefined) properties[key] = layer.values[pairs[k + 1]!]
    }
    const tags = tagsOfLayer(layer.name, properties)
    // the ids of tiles are not those of things: pieces in two tiles may have one id and mean two things
    const id = -1 - features.length
    if (!tags) {
      findings.add('NOT_DRAWN', layer.name, 'Features of this class are not drawn.', String(-id))
      continue
    }
    const head: OsmHead = { type: WAY, id, tags: new OsmTags(tags) }
    layer.pbf.pos = geometryAt
    const runs = readRuns(layer.pbf, geometryEnd).map((run) => placeRun(run, left, top))
    if (kind === 2) {
      const lines = runs.flatMap((run) => clipRun(run, left, -top - extent, extent))
      if (lines.length > 0) features.push({ ...head, shape: 'line', lines })
      continue
    }
    const polygons = groupRings(runs).flatMap((polygon): (readonly Ring[])[] =>
      clipPolygon(polygon, left, -top - extent, extent),
    )
    if (polygons.length === 0) continue
    joiner.add(features.length, polygons, left, -top - extent, extent)
    features.push({ ...head, shape: 'area', polygons })
  }
}
