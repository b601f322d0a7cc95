import { tagsOfMapboxStreets } from '../osm/mapboxStreets.ts'

type Properties = Readonly<Record<string, unknown>>

/** Layers by what they hold, in the schemas in use: Mapbox Streets, OpenMapTiles, Shortbread, Protomaps. */
const LAYERS: Readonly<Record<string, 'building' | 'road' | 'water' | 'cover'>> = {
  building: 'building',
  buildings: 'building',
  road: 'road',
  roads: 'road',
  streets: 'road',
  transportation: 'road',
  water: 'water',
  water_polygons: 'water',
  landuse: 'cover',
  landcover: 'cover',
  land: 'cover',
  park: 'cover',
  natural: 'cover',
}

export const isKnownLayer = (layer: string): boolean => Object.hasOwn(LAYERS, layer)

/** Where a schema has a word of its own for a kind of road. */
const ROADS: Readonly<Record<string, string>> = {
  minor: 'residential',
  minor_road: 'residential',
  major_road: 'secondary',
  highway: 'motorway',
  street: 'residential',
  street_limited: 'living_street',
  main: 'primary',
}
const RAILS = new Set(['rail', 'transit', 'major_rail', 'minor_rail', 'light_rail', 'tram', 'subway', 'narrow_gauge'])
const NO_ROADS = new Set(['ferry', 'aerialway', 'pier', 'runway', 'taxiway'])

/** Words for ground cover that stand for one tag of OpenStreetMap. */
const COVER: Readonly<Record<string, readonly [key: string, value: string]>> = {
  park: ['leisure', 'park'],
  garden: ['leisure', 'garden'],
  pitch: ['leisure', 'pitch'],
  playground: ['leisure', 'playground'],
  stadium: ['leisure', 'stadium'],
  golf_course: ['leisure', 'golf_course'],
  national_park: ['leisure', 'nature_reserve'],
  nature_reserve: ['leisure', 'nature_reserve'],
  wood: ['natural', 'wood'],
  forest: ['landuse', 'forest'],
  scrub: ['natural', 'scrub'],
  wetland: ['natural', 'wetland'],
  sand: ['natural', 'sand'],
  beach: ['natural', 'beach'],
  grassland: ['natural', 'grassland'],
  parking: ['amenity', 'parking'],
}

const textOf = (properties: Properties, ...keys: string[]): string => {
  for (const key of keys) if (typeof properties[key] === 'string' && properties[key] !== '') return properties[key]
  return ''
}

const heightOf = (properties: Properties, ...keys: string[]): number => {
  for (const key of keys) {
    const value = Number(properties[key])
    if (value > 0) return value
  }
  return 0
}

/** OpenMapTiles writes this height where none is mapped. Source: openmaptiles.org/schema, building. */
const OPENMAPTILES_UNKNOWN_M = 5

/** A feature's tags in OpenStreetMap's words; null for what is not drawn. */
export function tagsOfLayer(layer: string, properties: Properties): string[] | null {
  const kind = LAYERS[layer]
  const streets = tagsOfMapboxStreets({ ...properties, layer })
  if (streets) return streets
  if (kind === 'building') return tagsOfBuilding(properties)
  if (kind === 'road') return tagsOfRoad(properties)
  if (kind === 'water') return ['natural', 'water']
  const word = textOf(properties, 'subclass', 'class', 'kind', 'type')
  const alias = textOf(properties, 'class', 'kind')
  for (const own of [word, alias]) if (Object.hasOwn(COVER, own)) return [...COVER[own]!]
  if (layer === 'park') return ['leisure', 'park']
  return word === '' ? null : ['landuse', word]
}

function tagsOfBuilding(properties: Properties): string[] | null {
  // its parts are there as features of their own
  if (String(properties.hide_3d) === 'true') return null
  const kind = textOf(properties, 'kind', 'type', 'subclass', 'class')
  const tags = [kind === 'building_part' ? 'building:part' : 'building', /^(building.*|)$/.test(kind) ? 'yes' : kind]
  const heightM = heightOf(properties, 'height') || heightOf(properties, 'render_height')
  const isUnknown = !heightOf(properties, 'height') && heightM === OPENMAPTILES_UNKNOWN_M
  if (heightM > 0 && !isUnknown) tags.push('height', String(heightM))
  const footM = heightOf(properties, 'min_height', 'render_min_height')
  if (footM > 0) tags.push('min_height', String(footM))
  const colour = textOf(properties, 'colour', 'color')
  if (colour !== '') tags.push('building:colour', colour)
  return tags
}

function tagsOfRoad(properties: Properties): string[] | null {
  const kind = textOf(properties, 'class', 'kind')
  const detail = textOf(properties, 'subclass', 'kind_detail', 'type')
  if (NO_ROADS.has(kind)) return null
  const isRail = RAILS.has(kind) || String(properties.rail) === 'true'
  const tags = isRail
    ? ['railway', RAILS.has(detail) ? detail : 'rail']
    : [
        'highway',
        kind === 'path' && detail !== '' ? detail : Object.hasOwn(ROADS, kind) ? ROADS[kind]! : kind || 'service',
      ]
  if (textOf(properties, 'brunnel', 'structure') === 'tunnel' || String(properties.tunnel) === 'true') {
    tags.push('tunnel', 'yes')
  }
  if (textOf(properties, 'brunnel', 'structure') === 'bridge' || String(properties.bridge) === 'true') {
    tags.push('bridge', 'yes')
  }
  if (String(properties.oneway) === 'true' || properties.oneway === 1) tags.push('oneway', 'yes')
  return tags
}
