import type { CityMeta } from '../../model/city.ts'
import type { OsmData } from './feature.ts'
import type { JoinedFeature } from './joinFeatures.ts'

/** Seconds since 1970 as an ISO date, by the civil calendar; '' when not known. */
function isoDateOf(seconds: number): string {
  if (!(seconds >= 0) || seconds > 4e10) return ''
  return new Date(seconds * 1000).toISOString().slice(0, 10)
}

/** West, south, east and north in lattice units. */
export type Extent = readonly [number, number, number, number]

/** The box of one feature. */
export function extentOf(feature: JoinedFeature): Extent {
  if (feature.shape === 'point') return [feature.x, feature.y, feature.x, feature.y]
  let minX = Infinity
  let minY = Infinity
  let maxX = -Infinity
  let maxY = -Infinity
  const runs = feature.shape === 'line' ? feature.lines : feature.regions.map(({ outer }) => outer)
  for (const run of runs) {
    for (let i = 0; i < run.length; i += 2) {
      minX = Math.min(minX, run[i]!)
      maxX = Math.max(maxX, run[i]!)
      minY = Math.min(minY, run[i + 1]!)
      maxY = Math.max(maxY, run[i + 1]!)
    }
  }
  return [minX, minY, maxX, maxY]
}

export const joinExtents = (extents: readonly Extent[]): Extent =>
  extents.reduce(
    (a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])],
    [Infinity, Infinity, -Infinity, -Infinity],
  )

/** The corner that half of the boxes lie left of and half below: where the city is, whatever a few strays say. */
export function medianPlace(extents: readonly Extent[]): [x: number, y: number] {
  const xs = new Float64Array(extents.length)
  const ys = new Float64Array(extents.length)
  for (let i = 0; i < extents.length; i++) {
    xs[i] = extents[i]![0]
    ys[i] = extents[i]![1]
  }
  return [xs.sort()[xs.length >> 1] ?? 0, ys.sort()[ys.length >> 1] ?? 0]
}

/** Where a file of this name comes from, as far as one can tell from the file alone. */
export function describeCity(
  { isOsm, newestEditS, source }: OsmData,
  originLatDeg: number,
  originLonDeg: number,
  boundsDeg: CityMeta['boundsDeg'],
): CityMeta {
  // a path says where a file lay on somebody's machine, which is nobody's business
  const name = source.replace(/^.*[\\/]/, '')
  const stem = name.replace(/(\.(geo|city)?json(l|seq|s)?|\.city|\.mvt|\.pbf|\.osm|\.xml)+$/i, '')
  return {
    id: stem.toLowerCase().replace(/[^a-z0-9]+/g, '-') || 'city',
    title: stem || 'City',
    originLatDeg,
    originLonDeg,
    boundsDeg,
    utcOffsetH: Math.round(originLonDeg / 15), // the sun's clock, until somebody says which one is law
    dataDate: isoDateOf(newestEditS),
    source: name,
    licence: isOsm ? 'ODbL 1.0' : 'not stated in the file',
    attribution: isOsm ? '© OpenStreetMap contributors' : name,
  }
}
