import { hypot } from '../../../src/base/math/arc.ts'
import type { Random } from '../../../src/base/random.ts'
import { BUILDING_USES, type BuildingUse, type City, POINT_KINDS, tagOf } from '../../../src/model/city.ts'
import type { Ground } from './ground.ts'
import { middleOf, type Spot, spotAtWall } from './outline.ts'
import type { PlaceNames } from './placeNames.ts'
import type { Site } from './site.ts'
import { CENTRE_M } from './spread.ts'

const METERED: readonly BuildingUse[] = ['unknown', 'house', 'apartments', 'office', 'retail', 'school', 'hotel']
const STOREY_M = 3.2 // where levels are not mapped
const METER_HEIGHT_M = 1.8 // at eye level beside the door
const SMALLEST_METERED_M2 = 60

export const buildingUse = (city: City, building: number): BuildingUse => BUILDING_USES[city.buildings.use[building]!]!

/** Floor area of a building over all its storeys, m². */
export function floorAreaM2(city: City, building: number): number {
  const { levels, heightM, minHeightM, footprintM2 } = city.buildings
  const mapped = levels[building]!
  const storeys = mapped > 0 ? mapped : Math.max(1, Math.round((heightM[building]! - minHeightM[building]!) / STOREY_M))
  return storeys * footprintM2[building]!
}

const isMetered = (city: City, building: number): boolean =>
  city.buildings.parent[building] === -1 &&
  city.buildings.footprintM2[building]! >= SMALLEST_METERED_M2 &&
  METERED.includes(buildingUse(city, building))

/**
 * Beside the walls of homes, shops, offices and schools. A city has many thousands, so that only `atMost` drawn by chance
 * are looked at closely, half of them in the centre if there are that many.
 */
export function meterSites(city: City, ground: Ground, names: PlaceNames, atMost: number, random: Random): Site[] {
  const { buildings } = city
  const central: number[] = []
  const outer: number[] = []
  for (let building = 0; building < buildings.count; building++) {
    if (!isMetered(city, building)) continue
    const distanceM = hypot(buildings.centreXM[building]!, buildings.centreYM[building]!)
    ;(distanceM <= CENTRE_M ? central : outer).push(building)
  }
  const drawn = [...draw(central, atMost / 2, random), ...draw(outer, atMost / 2, random)]
  return drawn.flatMap((building) => {
    const spot = spotAtWall(buildings.polygons, buildings.polygonStart[building]!, 0.4, ground)
    const sizeM2 = floorAreaM2(city, building)
    return spot
      ? [{ ...spot, heightM: METER_HEIGHT_M, place: () => names.ofBuilding(building), building, sizeM2, weight: 0 }]
      : []
  })
}

/** At most `count` of a list, each with the same chance. */
function draw(list: number[], count: number, random: Random): number[] {
  const upTo = Math.min(list.length, Math.floor(count))
  for (let i = 0; i < upTo; i++) {
    const j = i + random.below(list.length - i)
    const kept = list[i]!
    list[i] = list[j]!
    list[j] = kept
  }
  return list.slice(0, upTo)
}

/** The roofs one can see from above: outlines without parts, and the parts themselves. */
function* roofs(city: City): Generator<{ building: number; owner: number }> {
  const { buildings } = city
  for (let building = 0; building < buildings.count; building++) {
    const parent = buildings.parent[building]!
    if (parent === -1 && buildings.hasParts[building] === 1) continue
    yield { building, owner: parent === -1 ? building : parent }
  }
}

const middleOfRoof = (city: City, building: number): Spot => {
  const { polygons, polygonStart, centreXM, centreYM } = city.buildings
  const centroid = { xM: centreXM[building]!, yM: centreYM[building]! }
  return middleOf(polygons, polygonStart[building]!, polygonStart[building + 1]!, centroid)
}

const SMALLEST_PV_ROOF_M2 = 350
const LOWEST_PV_ROOF_M = 5 // below are canopies and sheds
const PV_USES: readonly BuildingUse[] = [
  'unknown',
  'apartments',
  'office',
  'retail',
  'industrial',
  'school',
  'hospital',
  'public',
  'hotel',
  'garage',
]

/** On large flat roofs. `sizeM2` is the roof. */
export function pvSites(city: City, names: PlaceNames): Site[] {
  const { buildings } = city
  const sites: Site[] = []
  for (const { building, owner } of roofs(city)) {
    const sizeM2 = buildings.footprintM2[building]!
    if (
      sizeM2 < SMALLEST_PV_ROOF_M2 ||
      buildings.heightM[building]! < LOWEST_PV_ROOF_M ||
      !PV_USES.includes(buildingUse(city, owner))
    )
      continue
    if ((tagOf(buildings.tags, building, 'roof:shape') ?? 'flat') !== 'flat') continue
    sites.push({
      ...middleOfRoof(city, building),
      heightM: buildings.heightM[building]!,
      place: () => names.ofBuilding(owner),
      building: owner,
      sizeM2,
      weight: 0,
    })
  }
  return sites
}

const MAST_M = 2 // on a roof
const TOWER_M = 22 // on a transmission tower, below the lowest conductor; assumption
const LOWEST_GATEWAY_ROOF_M = 12

/** On high roofs and on power towers, the highest first: a gateway lives by how far it sees. */
export function gatewaySites(city: City, names: PlaceNames): Site[] {
  const { buildings, points } = city
  const sites: Site[] = []
  for (const { building, owner } of roofs(city)) {
    const roofM = buildings.heightM[building]!
    if (roofM < LOWEST_GATEWAY_ROOF_M) continue
    const spot = middleOfRoof(city, building)
    sites.push({
      ...spot,
      heightM: roofM + MAST_M,
      place: () => names.ofBuilding(owner),
      building: owner,
      sizeM2: 0,
      weight: 0,
    })
  }
  const tower = POINT_KINDS.indexOf('power-tower')
  for (let point = 0; point < points.count; point++) {
    if (points.kind[point] !== tower) continue
    const spot = { xM: points.xM[point]!, yM: points.yM[point]! }
    const place = (): string => `power tower, ${names.near(spot.xM, spot.yM)}`
    sites.push({ ...spot, heightM: TOWER_M, place, building: -1, sizeM2: 0, weight: 0 })
  }
  return sites.sort((a, b) => b.heightM - a.heightM || a.xM - b.xM || a.yM - b.yM)
}
