import { AREA_KINDS, type AreaKind } from '../../model/city.ts'
import type { OsmTags } from './feature.ts'

type Table = Readonly<Record<string, AreaKind>>

const NATURAL: Table = {
  water: 'water',
  bay: 'water',
  wetland: 'wetland',
  grassland: 'grass',
  heath: 'grass',
  scrub: 'grass',
  fell: 'grass',
  wood: 'wood',
  beach: 'sand',
  sand: 'sand',
  dune: 'sand',
  shingle: 'sand',
}
const WATERWAY: Table = { riverbank: 'water', dock: 'water', boatyard: 'water' }
const LANDUSE: Table = {
  reservoir: 'water',
  basin: 'water',
  salt_pond: 'water',
  grass: 'grass',
  meadow: 'grass',
  greenfield: 'grass',
  farmland: 'grass',
  village_green: 'park',
  recreation_ground: 'park',
  allotments: 'park',
  cemetery: 'park',
  forest: 'wood',
  orchard: 'wood',
  plant_nursery: 'wood',
  industrial: 'industrial',
  commercial: 'industrial',
  retail: 'industrial',
  railway: 'industrial',
  garages: 'industrial',
  military: 'industrial',
  construction: 'construction',
  brownfield: 'construction',
  landfill: 'construction',
  quarry: 'construction',
}
const LEISURE: Table = {
  swimming_pool: 'water',
  park: 'park',
  garden: 'park',
  common: 'park',
  dog_park: 'park',
  nature_reserve: 'park',
  golf_course: 'grass',
  pitch: 'pitch',
  track: 'pitch',
  playground: 'pitch',
  stadium: 'pitch',
}
const AMENITY: Table = {
  fountain: 'water',
  parking: 'parking',
  parking_space: 'parking',
  fuel: 'parking',
  marketplace: 'square',
  grave_yard: 'park',
}
const POWER: Table = { substation: 'substation', plant: 'substation', sub_station: 'substation' }

const look = (table: Table, tags: OsmTags, key: string): AreaKind | undefined => {
  const value = tags.get(key)
  return value !== undefined && Object.hasOwn(table, value) ? table[value] : undefined
}

/** What covers the ground of an area; null when nothing that is drawn. What is most particular wins. */
export function areaKindOf(tags: OsmTags): number | null {
  const paved = ['pedestrian', 'footway', 'steps', 'service', 'rest_area'].includes(tags.get('highway') ?? '')
  const kind =
    look(POWER, tags, 'power') ??
    look(NATURAL, tags, 'natural') ??
    look(WATERWAY, tags, 'waterway') ??
    (tags.has('water') ? ('water' as const) : undefined) ??
    look(LEISURE, tags, 'leisure') ??
    look(AMENITY, tags, 'amenity') ??
    (paved || tags.get('place') === 'square' ? ('square' as const) : undefined) ??
    look(LANDUSE, tags, 'landuse') ??
    (tags.get('railway') === 'platform' ? ('square' as const) : undefined)
  return kind === undefined ? null : AREA_KINDS.indexOf(kind)
}
