/**
 * Words of the Mapbox Streets v7 schema in those of OpenStreetMap, from which that schema is made.
 *
 * Source   Mapbox Streets v7 layer reference (docs.mapbox.com/data/tilesets/reference/mapbox-streets-v7).
 */
const ROADS: Readonly<Record<string, string>> = {
  motorway: 'motorway',
  motorway_link: 'motorway_link',
  trunk: 'trunk',
  primary: 'primary',
  secondary: 'secondary',
  tertiary: 'tertiary',
  link: 'tertiary_link',
  street: 'residential',
  street_limited: 'living_street',
  pedestrian: 'pedestrian',
  construction: 'construction',
  track: 'track',
  service: 'service',
  path: 'path',
}

const LANDUSE: Readonly<Record<string, readonly [key: string, value: string]>> = {
  park: ['leisure', 'park'],
  pitch: ['leisure', 'pitch'],
  parking: ['amenity', 'parking'],
  grass: ['landuse', 'grass'],
  wood: ['natural', 'wood'],
  scrub: ['natural', 'scrub'],
  sand: ['natural', 'sand'],
  school: ['amenity', 'school'],
  hospital: ['amenity', 'hospital'],
  cemetery: ['landuse', 'cemetery'],
  industrial: ['landuse', 'industrial'],
  agriculture: ['landuse', 'farmland'],
}

type Properties = Readonly<Record<string, unknown>>

/** Tags that say in OpenStreetMap's words what the properties say in Mapbox Streets'; null when they are not of it. */
export function tagsOfMapboxStreets(properties: Properties): string[] | null {
  const { layer } = properties
  const text = (key: string): string => (typeof properties[key] === 'string' ? properties[key] : '')
  if (layer === 'building' && 'underground' in properties) {
    const kind = text('type')
    const tags = ['building', kind === '' || kind === 'building' ? 'yes' : kind]
    for (const key of ['height', 'min_height']) {
      const value = properties[key]
      if (typeof value === 'number' && value > 0) tags.push(key, String(value))
    }
    if (String(properties.underground) === 'true') tags.push('location', 'underground')
    return tags
  }
  if (layer === 'road' && 'structure' in properties) {
    const kind = text('class')
    const rail = kind === 'major_rail' || kind === 'minor_rail'
    const tags = rail
      ? ['railway', text('type') || 'rail']
      : ['highway', Object.hasOwn(ROADS, kind) ? ROADS[kind]! : 'service']
    if (text('structure') === 'tunnel') tags.push('tunnel', 'yes')
    if (text('structure') === 'bridge') tags.push('bridge', 'yes')
    if (String(properties.oneway) === 'true') tags.push('oneway', 'yes')
    return tags
  }
  if (layer === 'landuse' && 'class' in properties) {
    const kind = text('class')
    return Object.hasOwn(LANDUSE, kind) ? [...LANDUSE[kind]!] : ['landuse', kind]
  }
  if (layer === 'water') return ['natural', 'water']
  return null
}
