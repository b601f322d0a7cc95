import type { Tag } from '../base/honesty.ts'

/** Where a city came from, and where its local metres start. */
export interface CityMeta {
  readonly id: string // 'astana'
  readonly title: string // 'Astana'
  readonly originLatDeg: number
  readonly originLonDeg: number
  readonly boundsDeg: readonly [west: number, south: number, east: number, north: number]
  readonly utcOffsetH: number // the city's own clock
  readonly dataDate: string // ISO date of the newest edit in the data
  readonly source: string // package or file
  readonly licence: string // 'ODbL 1.0'
  readonly attribution: string // '© OpenStreetMap contributors'
}

/**
 * Vertices of many rings or lines in one run. Ring r owns the vertices `start[r] .. start[r + 1]`.
 * A closed ring does not repeat its first vertex.
 */
export interface Rings {
  readonly start: Uint32Array // [rings + 1]
  readonly xM: Float32Array // [vertices] east of the origin
  readonly yM: Float32Array // [vertices] north of the origin
}

/** Polygons with holes: polygon p owns the rings `start[p] .. start[p + 1]`, outer first (counter-clockwise), holes after (clockwise). */
export interface Polygons {
  readonly start: Uint32Array // [polygons + 1]
  readonly rings: Rings
}

/** Tags of n features in three columns: feature i owns the pairs `start[i] .. start[i + 1]`. */
export interface Tags {
  readonly start: Uint32Array // [n + 1]
  readonly key: Uint32Array // [pairs] index into `words`
  readonly value: Uint32Array // [pairs] index into `words`
  readonly words: readonly string[]
}

/** Who a feature is in OpenStreetMap. */
export interface OsmIds {
  readonly id: Float64Array // [n]
  readonly type: Uint8Array // [n] 0 node, 1 way, 2 relation
}

export const OSM_TYPES = ['node', 'way', 'relation'] as const

/** What a building is used for, as the load and height models see it. Index into this list is the stored value. */
export const BUILDING_USES = [
  'unknown',
  'house',
  'apartments',
  'office',
  'retail',
  'industrial',
  'school',
  'hospital',
  'public',
  'hotel',
  'garage',
  'religious',
  'other',
] as const
export type BuildingUse = (typeof BUILDING_USES)[number]

/** How a building's height is known. Index into this list is the stored value. */
export const HEIGHT_SOURCES = ['tagged', 'levels', 'estimate'] as const
export type HeightSource = (typeof HEIGHT_SOURCES)[number]

/** What a height of this kind may be called. A tagged height was measured or read off by a mapper; the rest is modelled. */
export const HEIGHT_TAGS: Readonly<Record<HeightSource, { tag: Tag; words: string }>> = {
  tagged: { tag: 'measured', words: 'height tag in OpenStreetMap' },
  levels: { tag: 'modelled', words: 'mapped levels × storey height' },
  estimate: { tag: 'modelled', words: 'estimate from use and footprint' },
}

/** Whether a city's data are OpenStreetMap's, and its ids with them. */
export const isOpenStreetMap = (meta: CityMeta): boolean => meta.attribution.includes('OpenStreetMap')

/** How a height of this kind is known, in words: what other data state is not a tag in OpenStreetMap. */
export const heightWords = (source: HeightSource, meta: CityMeta): string =>
  source === 'tagged' && !isOpenStreetMap(meta) ? `what ${meta.source} states` : HEIGHT_TAGS[source].words

/** What a city is a picture of, and from when, as far as its file says. */
export function snapshotWords(meta: CityMeta): string {
  const year = meta.dataDate === '' ? '' : `, ${meta.dataDate.slice(0, 4)}`
  return isOpenStreetMap(meta) ? `A snapshot of OpenStreetMap${year}` : `From ${meta.source}${year}`
}

export interface Buildings {
  readonly count: number
  readonly osm: OsmIds
  readonly polygonStart: Uint32Array // [n + 1] into `polygons`; most buildings own one
  readonly polygons: Polygons
  readonly heightM: Float32Array // [n] top above ground
  readonly minHeightM: Float32Array // [n] underside above ground, 0 for most
  readonly levels: Float32Array // [n] storeys above ground; NaN when not mapped
  readonly heightSource: Uint8Array // [n] index into HEIGHT_SOURCES
  readonly use: Uint8Array // [n] index into BUILDING_USES
  readonly parent: Int32Array // [n] for a building:part the building it belongs to, else -1
  readonly hasParts: Uint8Array // [n] 1: drawn by its parts, not by its own outline
  readonly colour: Uint32Array // [n] 0xRRGGBB + 1 from building:colour, 0 when none
  readonly footprintM2: Float32Array // [n] holes taken off
  readonly centreXM: Float32Array // [n] centroid
  readonly centreYM: Float32Array // [n]
  readonly tags: Tags
}

/** Road classes from wide to narrow. Index into this list is the stored value. */
export const ROAD_CLASSES = [
  'motorway',
  'trunk',
  'primary',
  'secondary',
  'tertiary',
  'street',
  'service',
  'foot',
  'rail',
] as const
export type RoadClass = (typeof ROAD_CLASSES)[number]

export interface Roads {
  readonly count: number
  readonly osm: OsmIds
  readonly lines: Rings // open lines
  readonly class: Uint8Array // [n] index into ROAD_CLASSES
  readonly widthM: Float32Array // [n] from lanes or class
  readonly tags: Tags
}

/** Ground cover. Index into this list is the stored value. */
export const AREA_KINDS = [
  'water',
  'wetland',
  'grass',
  'wood',
  'park',
  'pitch',
  'industrial',
  'construction',
  'parking',
  'square',
  'substation',
  'sand',
] as const
export type AreaKind = (typeof AREA_KINDS)[number]

export interface Areas {
  readonly count: number
  readonly osm: OsmIds
  readonly polygonStart: Uint32Array // [n + 1]
  readonly polygons: Polygons
  readonly kind: Uint8Array // [n] index into AREA_KINDS
  readonly tags: Tags
}

export interface PowerLines {
  readonly count: number
  readonly osm: OsmIds
  readonly lines: Rings // open lines
  readonly voltageV: Float32Array // [n] highest mapped voltage; NaN when not mapped
  readonly circuits: Uint8Array // [n] 0 when not mapped
  readonly tags: Tags
}

/** Kinds of mapped points. Index into this list is the stored value. */
export const POINT_KINDS = [
  'power-tower',
  'power-pole',
  'substation',
  'transformer',
  'generator',
  'tree',
  'street-lamp',
  'parking',
  'fuel',
  'school',
  'clinic',
  'shop',
  'food',
  'culture',
  'transit',
  'landmark',
  'other',
] as const
export type PointKind = (typeof POINT_KINDS)[number]

export interface Points {
  readonly count: number
  readonly osm: OsmIds
  readonly xM: Float32Array
  readonly yM: Float32Array
  readonly kind: Uint8Array // [n] index into POINT_KINDS
  readonly tags: Tags
}

/**
 * A city in local ENU metres: x east, y north, heights above ground. Struct of arrays; index is identity
 * within one city file. Every feature keeps its OpenStreetMap id and tags.
 */
export interface City {
  readonly meta: CityMeta
  readonly buildings: Buildings
  readonly roads: Roads
  readonly areas: Areas
  readonly powerLines: PowerLines
  readonly points: Points
}

/** The tags of one feature, for a panel. */
export function tagsOf(tags: Tags, feature: number): Record<string, string> {
  const found: Record<string, string> = {}
  for (let i = tags.start[feature]; i < tags.start[feature + 1]; i++)
    found[tags.words[tags.key[i]]] = tags.words[tags.value[i]]
  return found
}

/** One tag of a feature, or undefined. */
export function tagOf(tags: Tags, feature: number, key: string): string | undefined {
  for (let i = tags.start[feature]; i < tags.start[feature + 1]; i++) {
    if (tags.words[tags.key[i]] === key) return tags.words[tags.value[i]]
  }
  return undefined
}
