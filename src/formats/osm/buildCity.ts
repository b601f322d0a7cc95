import { TwinError } from '../../base/errors.ts'
import { createFindings, type Findings } from '../../base/findings.ts'
import { type Steps, within } from '../../base/steps.ts'
import type { CityMeta } from '../../model/city.ts'
import type { ReadCity, ReadOptions } from '../format.ts'
import { buildBuildings } from './buildBuildings.ts'
import { createPowerLines, createRoads } from './buildLines.ts'
import { createAreas, createPoints } from './buildSurroundings.ts'
import { describeCity, type Extent, extentOf, joinExtents, medianPlace } from './cityMeta.ts'
import { createWordList } from './columns.ts'
import { countFeatures } from './countFeatures.ts'
import { type Lattice, nameOfFeature, type OsmData } from './feature.ts'
import { joinAreas } from './joinAreas.ts'
import { type JoinedFeature, joinFeatures } from './joinFeatures.ts'
import { createLocalFrame, REACH_M } from './localFrame.ts'

/** Features further than this from the middle of the data are strays, in degrees of latitude. */
const STRAY_DEG = (0.8 * REACH_M) / 111_000

/**
 * Turns mapped features into a city: pieces joined, kinds told apart, heights settled, everything in local metres.
 *
 * Throws   CITY_EMPTY when there is neither a building nor a road
 */
export function* buildCity(data: OsmData, { meta: known = {} }: ReadOptions): Steps<ReadCity> {
  const findings = createFindings()
  const joined = yield* within(0, 0.35, joinFeatures(data, findings))
  if (joined.length === 0) throw empty(data)
  const extents: Extent[] = []
  for (let i = 0; i < joined.length; i++) {
    if ((i & 1023) === 0) yield 0.35 + (0.04 * i) / joined.length
    extents.push(extentOf(joined[i]!))
  }
  const { features, extent } = withoutStrays(joined, extents, data.lattice, findings)
  const meta = settleMeta(data, extent, known)
  yield 0.4

  const frame = createLocalFrame(data.lattice, meta.originLatDeg, meta.originLonDeg)
  const words = createWordList()
  const { seamUnits } = data.lattice
  const buildings = yield* within(
    0.4,
    0.75,
    buildBuildings(features, frame, words, findings, (outer) => joinAreas([[outer]], 1, seamUnits).regions),
  )
  const roads = createRoads(words, frame)
  const areas = createAreas(words, frame, findings)
  const powerLines = createPowerLines(words, frame)
  const points = createPoints(words, frame)
  for (let i = 0; i < features.length; i++) {
    const feature = features[i]!
    if ((i & 255) === 0) yield 0.75 + (0.15 * i) / features.length
    roads.add(feature)
    areas.add(feature)
    powerLines.add(feature)
    points.add(feature)
  }
  yield 0.9
  const { words: list, moved } = words.done()
  yield 0.91
  const buildingColumns = buildings(list, moved)
  yield 0.92
  const roadColumns = roads.done(list, moved)
  yield 0.93
  const city = {
    meta,
    buildings: buildingColumns,
    roads: roadColumns,
    areas: areas.done(list, moved),
    powerLines: powerLines.done(list, moved),
    points: points.done(list, moved),
  }
  yield 0.95
  if (city.buildings.count + city.roads.count === 0) throw empty(data)
  const counts = yield* within(0.95, 1, countFeatures(data.features, joined))
  return { city, findings: findings.list(), counts }
}

const empty = (data: OsmData): TwinError =>
  new TwinError('CITY_EMPTY', `"${data.source}" holds neither a building nor a road.`, {
    features: data.features.length,
  })

interface Near {
  readonly features: readonly JoinedFeature[]
  readonly extent: Extent
}

/** Features on another continent (a forgotten sign, null island) would put the origin into the sea. */
function withoutStrays(
  features: readonly JoinedFeature[],
  extents: readonly Extent[],
  lattice: Lattice,
  findings: Findings,
): Near {
  const [midLat, midLon] = geoOf(lattice, ...medianPlace(extents))
  // a degree of longitude shrinks towards the poles; 1 - (lat/90)² is near enough to its cosine for a fence
  const lonReach = STRAY_DEG / Math.max(0.05, 1 - (midLat / 90) * (midLat / 90))
  const isNear = (x: number, y: number): boolean => {
    const [lat, lon] = geoOf(lattice, x, y)
    return Math.abs(lat - midLat) <= STRAY_DEG && Math.abs(lon - midLon) <= lonReach
  }
  const isBoxNear = (box: Extent): boolean => isNear(box[0], box[1]) && isNear(box[2], box[3])
  const whole = joinExtents(extents)
  if (isBoxNear(whole)) return { features, extent: whole }
  const near = extents.map(isBoxNear)
  for (const [i, feature] of features.entries()) {
    if (near[i]) continue
    findings.add('FAR_AWAY', 'feature', 'A feature more than 80 km from the rest was left out.', nameOfFeature(feature))
  }
  return { features: features.filter((_, i) => near[i]), extent: joinExtents(extents.filter((_, i) => near[i])) }
}

function geoOf(lattice: Lattice, x: number, y: number): [latDeg: number, lonDeg: number] {
  const out = new Float64Array(2)
  lattice.toGeo(x, y, out)
  return [out[0]!, out[1]!]
}

function settleMeta(data: OsmData, extent: Extent, known: Partial<CityMeta>): CityMeta {
  let [south, west] = geoOf(data.lattice, extent[0], extent[1])
  let [north, east] = geoOf(data.lattice, extent[2], extent[3])
  const stated = data.boundsDeg
  const isHere = stated && stated[0] < east && stated[2] > west && stated[1] < north && stated[3] > south
  if (isHere) [west, south, east, north] = stated
  const meta = { ...describeCity(data, (south + north) / 2, (west + east) / 2, [west, south, east, north]), ...known }
  const isFar =
    Math.abs(meta.originLatDeg - (south + north) / 2) > 2 * STRAY_DEG ||
    Math.abs(meta.originLonDeg - (west + east) / 2) > 8 * STRAY_DEG
  if (!isFar) return meta
  throw new TwinError(
    'CITY_MISMATCH',
    `The origin ${meta.originLatDeg}, ${meta.originLonDeg} lies far from the data, which is around ${((south + north) / 2).toFixed(3)}, ${((west + east) / 2).toFixed(3)}.`,
    { boundsDeg: [west, south, east, north] },
  )
}
