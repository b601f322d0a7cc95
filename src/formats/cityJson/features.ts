import type { Findings } from '../../base/findings.ts'
import { combineRings } from '../../geo/polygon/combineRings.ts'
import type { Region } from '../../geo/polygon/ring.ts'
import { CITYJSON_ID, NODE, type OsmFeature, type OsmHead, OsmTags, OUTLINE_OF_PARTS, WAY } from '../osm/feature.ts'
import type { CityObject } from './readObject.ts'

const BUILDINGS = new Set(['Building'])
const PARTS = new Set(['BuildingPart'])

/** Types that are ground cover, in OpenStreetMap's words. Source: CityJSON 2.0 specification, 2 City Objects. */
const COVER: Readonly<Record<string, readonly string[]>> = {
  Road: ['highway', 'service', 'area', 'yes'],
  TransportSquare: ['place', 'square'],
  Railway: ['landuse', 'railway'],
  WaterBody: ['natural', 'water'],
  Waterway: ['natural', 'water'],
  PlantCover: ['natural', 'grassland'],
}

/**
 * Parts whose foot lies less than this above their building's stand on the ground: on a slope every part has its own.
 * Assumption: no storey is lower.
 */
const SLOPE_M = 2.5

/**
 * Turns city objects into features that carry their attributes and say who they were. A building without surfaces of its
 * own stands where its parts do. Heights are measured: from the lowest to the highest point of the geometry.
 */
export function featuresOf(objects: readonly CityObject[], findings: Findings): OsmFeature[] {
  const features: OsmFeature[] = []
  const partsOf = new Map<string, CityObject[]>()
  for (const part of objects) {
    if (!PARTS.has(part.type)) continue
    for (const parent of part.parents) partsOf.set(parent, [...(partsOf.get(parent) ?? []), part])
  }
  const groundM = new Map<string, number>()
  for (const object of objects) {
    if (!BUILDINGS.has(object.type)) continue
    const lows = [object, ...(partsOf.get(object.id) ?? [])].map(({ lowM }) => lowM).filter(Number.isFinite)
    groundM.set(object.id, Math.min(...lows))
  }
  for (const object of objects) {
    const { id, type } = object
    const head = (own: readonly string[], kind: 0 | 1 = WAY): OsmHead => ({
      type: kind,
      id: -1 - features.length,
      tags: new OsmTags([...own, CITYJSON_ID, id, ...attributesOf(object)]),
    })
    if (BUILDINGS.has(type)) {
      const parts = partsOf.get(id) ?? []
      const regions = object.regions.length > 0 ? object.regions : united(parts)
      const highs = [object, ...parts].map(({ highM }) => highM).filter(Number.isFinite)
      const heightM = Math.max(...highs) - groundM.get(id)!
      const made = object.regions.length > 0 ? [] : [OUTLINE_OF_PARTS, 'parts']
      const own = head(['building', 'yes', ...heightTags(heightM, 0), ...object.roof, ...made])
      // counted, and found wanting further on
      if (regions.length === 0) features.push({ ...own, shape: 'line', lines: [] })
      else features.push(areaOf(own, regions))
    } else if (PARTS.has(type)) {
      const lowest = Math.min(...object.parents.map((p) => groundM.get(p) ?? Infinity), object.lowM)
      const footM = object.lowM - lowest
      const ownHeight = heightTags(object.highM - lowest, footM >= SLOPE_M ? footM : 0)
      const own = head(['building:part', 'yes', ...ownHeight, ...object.roof])
      if (object.regions.length === 0) features.push({ ...own, shape: 'line', lines: [] })
      else features.push(areaOf(own, object.regions))
    } else if (type === 'SolitaryVegetationObject') {
      const place = object.point ?? middleOf(object.regions)
      if (place) features.push({ ...head(['natural', 'tree'], NODE), shape: 'point', x: place[0], y: place[1] })
    } else if (Object.hasOwn(COVER, type) && object.regions.length > 0) {
      features.push(areaOf(head(COVER[type]!), object.regions))
    } else findings.add('NOT_DRAWN', type || 'city object', 'Objects of this type are not drawn.', id)
  }
  return features
}

const areaOf = (head: OsmHead, regions: readonly Region[]): OsmFeature => ({
  ...head,
  shape: 'area',
  polygons: regions.map(({ outer, holes }) => [outer, ...holes]),
})

const heightTags = (heightM: number, footM: number): string[] => {
  const tags = heightM > 0 && Number.isFinite(heightM) ? ['height', heightM.toFixed(3)] : []
  return footM > 0 ? [...tags, 'min_height', footM.toFixed(3)] : tags
}

function united(parts: readonly CityObject[]): readonly Region[] {
  const rings = parts.flatMap(({ regions }) => regions.flatMap(({ outer, holes }) => [outer, ...holes]))
  return combineRings(rings, (winding) => winding > 0) ?? parts.flatMap(({ regions }) => regions)
}

/** Attributes as a panel can show them; they are the source's own words, so they keep to themselves. */
function attributesOf({ attributes, type }: CityObject): string[] {
  const tags: string[] = []
  const storeys = attributes.storeysAboveGround
  if (typeof storeys === 'number' && BUILDINGS.has(type)) tags.push('building:levels', String(storeys))
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === '' || typeof value === 'object') continue
    tags.push(`cityjson:${key}`, String(value))
  }
  return tags
}

function middleOf([region]: readonly Region[]): readonly [number, number] | null {
  if (!region) return null
  let x = 0
  let y = 0
  const { outer } = region
  for (let i = 0; i < outer.length; i += 2) {
    x += outer[i]!
    y += outer[i + 1]!
  }
  return [Math.round((2 * x) / outer.length), Math.round((2 * y) / outer.length)]
}
