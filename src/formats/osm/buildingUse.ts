import { BUILDING_USES, type BuildingUse } from '../../model/city.ts'
import type { OsmTags } from './feature.ts'

/** Values of `building=*` by use. Source: OpenStreetMap wiki, Key:building (table of values). */
const BY_BUILDING: Readonly<Record<string, BuildingUse>> = {
  allotment_house: 'house',
  bungalow: 'house',
  cabin: 'house',
  detached: 'house',
  dormitory: 'apartments',
  farm: 'house',
  ger: 'house',
  house: 'house',
  houseboat: 'house',
  hut: 'house',
  semidetached_house: 'house',
  static_caravan: 'house',
  terrace: 'house',
  residential: 'apartments',
  apartments: 'apartments',
  office: 'office',
  commercial: 'office',
  bank: 'office',
  government: 'public',
  retail: 'retail',
  shop: 'retail',
  kiosk: 'retail',
  mall: 'retail',
  supermarket: 'retail',
  store: 'retail',
  industrial: 'industrial',
  factory: 'industrial',
  manufacture: 'industrial',
  warehouse: 'industrial',
  hangar: 'industrial',
  service: 'industrial',
  storage_tank: 'industrial',
  tank: 'industrial',
  silo: 'industrial',
  digester: 'industrial',
  transformer_tower: 'industrial',
  school: 'school',
  university: 'school',
  college: 'school',
  kindergarten: 'school',
  hospital: 'hospital',
  clinic: 'hospital',
  public: 'public',
  civic: 'public',
  train_station: 'public',
  transportation: 'public',
  museum: 'public',
  stadium: 'public',
  sports_hall: 'public',
  sports_centre: 'public',
  fire_station: 'public',
  hotel: 'hotel',
  garage: 'garage',
  garages: 'garage',
  carport: 'garage',
  parking: 'garage',
  church: 'religious',
  cathedral: 'religious',
  chapel: 'religious',
  mosque: 'religious',
  synagogue: 'religious',
  temple: 'religious',
  monastery: 'religious',
  shrine: 'religious',
  religious: 'religious',
  greenhouse: 'other',
  barn: 'other',
  cowshed: 'other',
  farm_auxiliary: 'other',
  grandstand: 'other',
  roof: 'other',
  ruins: 'other',
  shed: 'other',
  stable: 'other',
  toilets: 'other',
}

const BY_AMENITY: Readonly<Record<string, BuildingUse>> = {
  school: 'school',
  kindergarten: 'school',
  university: 'school',
  college: 'school',
  library: 'public',
  hospital: 'hospital',
  clinic: 'hospital',
  doctors: 'hospital',
  place_of_worship: 'religious',
  townhall: 'public',
  courthouse: 'public',
  police: 'public',
  fire_station: 'public',
  theatre: 'public',
  cinema: 'public',
  arts_centre: 'public',
  community_centre: 'public',
  post_office: 'public',
  bank: 'office',
  restaurant: 'retail',
  cafe: 'retail',
  bar: 'retail',
  pharmacy: 'retail',
  marketplace: 'retail',
  fuel: 'retail',
  car_wash: 'industrial',
  parking: 'garage',
}

const look = (table: Readonly<Record<string, BuildingUse>>, key: string | undefined): BuildingUse | undefined =>
  key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined

/**
 * What a building is used for. The building's own value decides; where that only says "yes", its other tags do.
 */
function buildingUseOf(tags: OsmTags): BuildingUse {
  const own = look(BY_BUILDING, tags.get('building')) ?? look(BY_BUILDING, tags.get('building:part'))
  if (own) return own
  const amenity = look(BY_AMENITY, tags.get('amenity'))
  if (amenity) return amenity
  const tourism = tags.get('tourism')
  if (tourism === 'hotel' || tourism === 'hostel' || tourism === 'motel') return 'hotel'
  if (tourism === 'museum' || tourism === 'gallery') return 'public'
  const office = tags.get('office')
  if (office === 'government') return 'public'
  if (office) return 'office'
  if (tags.has('shop')) return 'retail'
  if (tags.has('craft') || tags.has('industrial') || tags.has('power')) return 'industrial'
  if (tags.has('religion')) return 'religious'
  if (tags.get('building:type') === 'house') return 'house'
  if (tags.get('leisure') === 'sports_centre' || tags.get('leisure') === 'stadium') return 'public'
  const plain = tags.get('building') ?? tags.get('building:part')
  return plain === undefined || plain === 'yes' ? 'unknown' : 'other'
}

export const indexOfUse = (tags: OsmTags): number => BUILDING_USES.indexOf(buildingUseOf(tags))
