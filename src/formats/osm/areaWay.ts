/** What every value of a key makes of a closed way: an area, but for the values named. */
const AREA_KEYS: Readonly<Record<string, readonly string[]>> = {
  building: [],
  'building:part': [],
  'area:highway': [],
  landuse: [],
  leisure: ['track', 'slipway'],
  natural: ['coastline', 'cliff', 'tree_row', 'ridge', 'arete', 'valley', 'gorge', 'fault'],
  amenity: [],
  shop: [],
  office: [],
  tourism: [],
  craft: [],
  historic: [],
  military: [],
  place: [],
  water: [],
  man_made: ['cutline', 'embankment', 'pipeline', 'goods_conveyor', 'breakwater', 'groyne', 'dyke'],
  aeroway: ['runway', 'taxiway', 'jet_bridge', 'parking_position'],
  public_transport: [],
  boundary: ['administrative'],
}

/** And where only some values do. */
const AREA_VALUES: Readonly<Record<string, readonly string[]>> = {
  power: ['plant', 'substation', 'sub_station', 'generator', 'transformer'],
  waterway: ['riverbank', 'dock', 'boatyard', 'dam'],
  highway: ['rest_area', 'services', 'platform', 'elevator'],
  railway: ['platform', 'station', 'turntable', 'roundhouse'],
}

/**
 * Whether a closed way with these tags (key, value, key, value …) bounds an area. OpenStreetMap has no areas of its own:
 * it is custom that tells a square from a roundabout.
 *
 * Source   OpenStreetMap wiki, Key:area and Overpass turbo/Polygon Features
 */
export function isAreaWay(tags: readonly string[]): boolean {
  let found = false
  for (let i = 0; i + 1 < tags.length; i += 2) {
    const key = tags[i]!
    const value = tags[i + 1]!
    if (key === 'area') return value !== 'no'
    if (value === 'no') continue
    if (Object.hasOwn(AREA_KEYS, key) && !AREA_KEYS[key]!.includes(value)) found = true
    else if (Object.hasOwn(AREA_VALUES, key) && AREA_VALUES[key]!.includes(value)) found = true
  }
  return found
}
