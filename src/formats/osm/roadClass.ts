import { ROAD_CLASSES, type RoadClass } from '../../model/city.ts'
import { readLengthM, readNumber } from '../../model/tagValues.ts'
import type { OsmTags } from './feature.ts'

/** Values of `highway=*` by class. Source: OpenStreetMap wiki, Key:highway. What is not listed counts as service. */
const BY_HIGHWAY: Readonly<Record<string, RoadClass>> = {
  motorway: 'motorway',
  motorway_link: 'motorway',
  trunk: 'trunk',
  trunk_link: 'trunk',
  primary: 'primary',
  primary_link: 'primary',
  secondary: 'secondary',
  secondary_link: 'secondary',
  tertiary: 'tertiary',
  tertiary_link: 'tertiary',
  residential: 'street',
  unclassified: 'street',
  living_street: 'street',
  road: 'street',
  busway: 'street',
  footway: 'foot',
  path: 'foot',
  steps: 'foot',
  pedestrian: 'foot',
  cycleway: 'foot',
  bridleway: 'foot',
  corridor: 'foot',
}

/** Not there (yet), or not a way one travels along. */
const NO_ROAD = new Set(['proposed', 'razed', 'abandoned', 'demolished', 'platform', 'elevator'])
const RAILS = new Set(['rail', 'light_rail', 'tram', 'narrow_gauge', 'monorail', 'funicular', 'subway', 'preserved'])

/** The class of a road or railway line; null when it is neither. */
export function roadClassOf(tags: OsmTags): number | null {
  const highway = tags.get('highway')
  if (highway !== undefined && highway !== 'no') {
    if (NO_ROAD.has(highway)) return null
    return ROAD_CLASSES.indexOf(Object.hasOwn(BY_HIGHWAY, highway) ? BY_HIGHWAY[highway]! : 'service')
  }
  return RAILS.has(tags.get('railway') ?? '') ? ROAD_CLASSES.indexOf('rail') : null
}

/**
 * Carriageway in metres where neither width nor lanes are mapped, and of one lane.
 * Lanes of 3.5 to 3.75 m on main roads and 3 m on streets are the usual design widths (from memory of
 * SNiP 2.05.02-85 and RAS 06; grade: memory). One direction of a divided road counts as two lanes.
 */
const WIDTH_M: Readonly<Record<RoadClass, { both: number; oneWay: number; lane: number }>> = {
  motorway: { both: 15, oneWay: 11, lane: 3.75 },
  trunk: { both: 14, oneWay: 10.5, lane: 3.75 },
  primary: { both: 12, oneWay: 9, lane: 3.5 },
  secondary: { both: 10, oneWay: 7.5, lane: 3.5 },
  tertiary: { both: 8, oneWay: 6.5, lane: 3.5 },
  street: { both: 6, oneWay: 4.5, lane: 3 },
  service: { both: 4, oneWay: 3.5, lane: 3 },
  foot: { both: 2, oneWay: 2, lane: 2 },
  rail: { both: 2.6, oneWay: 2.6, lane: 2.6 },
}

/** Width of the carriageway in metres: the tag, lanes × lane width, or what is usual for the class. */
export function roadWidthM(tags: OsmTags, roadClass: number): number {
  const usual = WIDTH_M[ROAD_CLASSES[roadClass] ?? 'service']
  const mapped = readLengthM(tags.get('width'))
  if (mapped >= 0.5 && mapped <= 60) return mapped
  const highway = tags.get('highway') ?? ''
  const lanes = readNumber(tags.get('lanes'))
  if (lanes >= 1 && lanes <= 14 && highway !== '') return lanes * usual.lane
  const link = highway.endsWith('_link')
  const oneWay = link || tags.get('oneway') === 'yes' || tags.get('oneway') === '-1'
  return link ? Math.min(usual.oneWay, 5) : oneWay ? usual.oneWay : usual.both
}
