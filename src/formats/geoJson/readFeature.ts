import type { Findings } from '../../base/findings.ts'
import type { Ring } from '../../geo/polygon/ring.ts'
import { NODE, type OsmFeature, type OsmHead, OsmTags, RELATION, WAY } from '../osm/feature.ts'
import { tagsOfMapboxStreets } from '../osm/mapboxStreets.ts'

/** Grid of whole numbers: 1e-8 of a degree, 1.1 mm, ten times finer than OpenStreetMap's own. */
export const UNITS_PER_DEG = 1e8

const TYPES = { node: NODE, way: WAY, relation: RELATION, n: NODE, w: WAY, r: RELATION } as const
const NAMED = /^(node|way|relation|n|w|r)\/?(\d{1,15})$/

type Json = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads one feature; several when it is a bundle of points. What cannot be read is a finding. */
export function readFeature(
  json: unknown,
  spareId: number,
  findings: Findings,
): { shapes: OsmFeature[]; isOsm: boolean; editS: number } {
  const nothing = { shapes: [], isOsm: false, editS: NaN }
  const properties = isObject(json) && isObject(json.properties) ? json.properties : {}
  if (!isObject(json) || !isObject(json.geometry)) {
    findings.add('NO_GEOMETRY', 'feature', 'A feature without geometry was left out.', String(-spareId))
    return nothing
  }
  const { head, isOsm, editS } = readHead(json, properties, spareId)
  try {
    return { shapes: readShapes(json.geometry, head), isOsm, editS }
  } catch (error) {
    if (!(error instanceof BadCoordinates)) throw error
    findings.add(
      'BAD_COORDINATES',
      'feature',
      'A feature with coordinates that are no degrees was left out.',
      String(head.id),
    )
    return nothing
  }
}

function readHead(json: Json, properties: Json, spareId: number): { head: OsmHead; isOsm: boolean; editS: number } {
  const named = NAMED.exec(String(json.id ?? properties['@id'] ?? ''))
  const kind = (json.geometry as Json).type
  let id = spareId
  let type: 0 | 1 | 2 = kind === 'Point' || kind === 'MultiPoint' ? NODE : WAY
  let isOsm = false
  if (named) {
    type = TYPES[named[1] as keyof typeof TYPES]
    id = Number(named[2])
    isOsm = true
  } else if (Object.hasOwn(TYPES, String(properties['@type'])) && Number.isSafeInteger(Number(properties['@id']))) {
    type = TYPES[properties['@type'] as keyof typeof TYPES]
    id = Number(properties['@id'])
    isOsm = true
  }
  const pairs: string[] = tagsOfMapboxStreets(properties) ?? []
  const known = new Set(pairs.filter((_, i) => (i & 1) === 0))
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('@') || value === null || value === '' || typeof value === 'object' || known.has(key)) continue
    pairs.push(key, String(value))
  }
  const edit = properties['@timestamp']
  const editS = typeof edit === 'number' ? edit : typeof edit === 'string' ? Date.parse(edit) / 1000 : NaN
  return { head: { id, type, tags: new OsmTags(pairs) }, isOsm, editS }
}

class BadCoordinates extends Error {}

function readRing(value: unknown): Ring {
  if (!Array.isArray(value)) throw new BadCoordinates()
  const ring = new Float64Array(value.length * 2)
  for (let i = 0; i < value.length; i++) {
    const [lon, lat] = Array.isArray(value[i]) ? (value[i] as unknown[]) : []
    if (typeof lon !== 'number' || typeof lat !== 'number' || !(Math.abs(lon) <= 180) || !(Math.abs(lat) < 90)) {
      throw new BadCoordinates()
    }
    ring[2 * i] = Math.round(lon * UNITS_PER_DEG)
    ring[2 * i + 1] = Math.round(lat * UNITS_PER_DEG)
  }
  return ring
}

function readRings(value: unknown): Ring[] {
  if (!Array.isArray(value)) throw new BadCoordinates()
  return value.map(readRing)
}

/** Outer rings may run either way (the 2008 format leaves it open): order tells outer from hole, never the sense. */
function readShapes({ type, coordinates, geometries }: Json, head: OsmHead): OsmFeature[] {
  switch (type) {
    case 'Point':
      return readRing([coordinates]).length ? [pointOf(head, readRing([coordinates]))] : []
    case 'MultiPoint':
      return readRings([coordinates]).flatMap((ring) => (ring.length ? [pointOf(head, ring)] : []))
    case 'LineString':
      return [{ ...head, shape: 'line', lines: [readRing(coordinates)] }]
    case 'MultiLineString':
      return [{ ...head, shape: 'line', lines: readRings(coordinates) }]
    case 'Polygon':
      return [{ ...head, shape: 'area', polygons: [readRings(coordinates)] }]
    case 'MultiPolygon': {
      if (!Array.isArray(coordinates)) throw new BadCoordinates()
      return [{ ...head, shape: 'area', polygons: coordinates.map(readRings) }]
    }
    case 'GeometryCollection': {
      if (!Array.isArray(geometries)) throw new BadCoordinates()
      return geometries.flatMap((part) => (isObject(part) && part.type !== type ? readShapes(part, head) : []))
    }
    default:
      throw new BadCoordinates()
  }
}

const pointOf = (head: OsmHead, ring: Ring): OsmFeature => ({ ...head, shape: 'point', x: ring[0]!, y: ring[1]! })
