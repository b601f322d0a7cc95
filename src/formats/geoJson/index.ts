import { TwinError } from '../../base/errors.ts'
import { createFindings } from '../../base/findings.ts'
import { within } from '../../base/steps.ts'
import { defineFormat } from '../format.ts'
import { buildCity } from '../osm/buildCity.ts'
import type { Lattice, OsmFeature } from '../osm/feature.ts'
import { splitList, splitSequence } from '../splitList.ts'
import { readFeature, UNITS_PER_DEG } from './readFeature.ts'

const lattice: Lattice = {
  toGeo(x, y, out) {
    out[0] = y / UNITS_PER_DEG
    out[1] = x / UNITS_PER_DEG
  },
  seamUnits: 15, // files are written to 1e-7 degrees: half of that each way, at either end of a cut
}

const COLLECTION = /"(FeatureCollection|features)"/
const FEATURE = /"type"\s*:\s*"Feature"/

/** The head of a file, without the mark that may stand before its first record. */
const startOf = (bytes: Uint8Array): string =>
  new TextDecoder().decode(bytes.subarray(0, 4096)).replace(/^\W{0,3}(?=\{)/, '')

/** GeoJSON: a FeatureCollection, or features one after another (GeoJSONSeq), whose properties are OpenStreetMap tags, or those of Mapbox Streets. */
export const geoJson = defineFormat({
  id: 'geojson',
  title: 'GeoJSON',
  extensions: ['.geojson', '.json', '.geojsonl', '.geojsonseq'],
  sniff(bytes) {
    const start = startOf(bytes)
    return /^\s*\{/.test(start) && (COLLECTION.test(start) || FEATURE.test(start))
  },
  *read(files, options = {}) {
    const features: OsmFeature[] = []
    const findings = createFindings()
    let newestEditS = NaN
    let seen = 0
    let named = 0
    for (const [i, { bytes, name }] of files.entries()) {
      const take = (json: unknown): void => {
        seen++
        const { shapes, isOsm, editS } = readFeature(json, -seen, findings)
        if (isOsm) named++
        if (!(editS <= newestEditS) && editS > 0) newestEditS = editS
        features.push(...shapes)
      }
      const parts = COLLECTION.test(startOf(bytes))
        ? splitList(bytes, name, 'features', take)
        : splitSequence(bytes, name, take)
      yield* within((0.4 * i) / files.length, (0.4 * (i + 1)) / files.length, parts)
    }
    const source = files.length === 1 ? files[0]!.name : `${files.length} GeoJSON files`
    if (seen > 0 && features.length === 0) {
      throw new TwinError(
        'FORMAT_BROKEN',
        `None of the ${seen} features of "${source}" has coordinates in degrees (WGS 84).`,
        { features: seen },
      )
    }
    const isOsm = named * 2 > seen
    const read = yield* within(0.4, 1, buildCity({ lattice, features, newestEditS, isOsm, source }, options))
    return { ...read, findings: [...findings.list(), ...read.findings] }
  },
})
