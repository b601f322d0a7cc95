import { POINT_KINDS, type PointKind } from '../../model/city.ts'
import type { OsmTags } from './feature.ts'

type Table = Readonly<Record<string, PointKind>>

const POWER: Table = {
  tower: 'power-tower',
  portal: 'power-tower',
  pole: 'power-pole',
  substation: 'substation',
  sub_station: 'substation',
  transformer: 'transformer',
  generator: 'generator',
  plant: 'generator',
}
const HIGHWAY: Table = { street_lamp: 'street-lamp', bus_stop: 'transit' }
const RAILWAY: Table = { station: 'transit', halt: 'transit', tram_stop: 'transit', stop: 'transit' }
const AMENITY: Table = {
  parking: 'parking',
  bicycle_parking: 'parking',
  fuel: 'fuel',
  charging_station: 'fuel',
  school: 'school',
  kindergarten: 'school',
  university: 'school',
  college: 'school',
  hospital: 'clinic',
  clinic: 'clinic',
  doctors: 'clinic',
  dentist: 'clinic',
  pharmacy: 'clinic',
  cafe: 'food',
  restaurant: 'food',
  fast_food: 'food',
  bar: 'food',
  pub: 'food',
  food_court: 'food',
  theatre: 'culture',
  cinema: 'culture',
  library: 'culture',
  arts_centre: 'culture',
  nightclub: 'culture',
  community_centre: 'culture',
  bus_station: 'transit',
  taxi: 'transit',
  bicycle_rental: 'transit',
  marketplace: 'shop',
  bank: 'shop',
}
const TOURISM: Table = {
  museum: 'culture',
  gallery: 'culture',
  artwork: 'landmark',
  attraction: 'landmark',
  viewpoint: 'landmark',
}

const look = (table: Table, value: string | undefined): PointKind | undefined =>
  value !== undefined && Object.hasOwn(table, value) ? table[value] : undefined

export function pointKindOf(tags: OsmTags): number {
  const kind =
    look(POWER, tags.get('power')) ??
    (tags.get('natural') === 'tree' ? ('tree' as const) : undefined) ??
    look(HIGHWAY, tags.get('highway')) ??
    look(RAILWAY, tags.get('railway')) ??
    look(AMENITY, tags.get('amenity')) ??
    look(TOURISM, tags.get('tourism')) ??
    (tags.has('historic') ? ('landmark' as const) : undefined) ??
    (tags.has('shop') ? ('shop' as const) : undefined) ??
    (tags.has('public_transport') ? ('transit' as const) : undefined) ??
    'other'
  return POINT_KINDS.indexOf(kind)
}
