import { AREA_KINDS, type BuildingUse, type City, POINT_KINDS, type PointKind, tagOf } from '../../../src/model/city.ts'
import { buildingUse, floorAreaM2 } from './buildingSites.ts'
import type { Ground } from './ground.ts'
import { areaOf, centroidOf, middleOf, type Spot, spotAtWall } from './outline.ts'
import type { PlaceNames } from './placeNames.ts'
import type { Site } from './site.ts'

const POST_M = 1.4 // where a charging post's display is
const POINT_LOT_M2 = 400 // of a lot that is mapped as a point only
/** Where cars stand for hours although no lot is mapped: the kerb before large buildings that people drive to. */
const KERB_USES: readonly BuildingUse[] = ['retail', 'office', 'hotel', 'public', 'hospital']
const KERB_FLOOR_M2 = 3_000
const KERB_M = 6 // from the wall

/** A mapped point of one of these kinds, moved off the pump or the building it marks. */
function* pointsOf(city: City, kinds: readonly PointKind[], ground: Ground): Generator<{ point: number; spot: Spot }> {
  const { points } = city
  for (let point = 0; point < points.count; point++) {
    if (!kinds.includes(POINT_KINDS[points.kind[point]!]!)) continue
    if (tagOf(points.tags, point, 'amenity') === 'bicycle_parking') continue
    const x = points.xM[point]!
    const y = points.yM[point]!
    const ring = [0, 8, 16, 24].flatMap((r) => [
      { xM: x + r, yM: y },
      { xM: x, yM: y + r },
      { xM: x - r, yM: y },
      { xM: x, yM: y - r },
    ])
    const spot = ring.find(({ xM, yM }) => ground.isFree(xM, yM))
    if (spot) yield { point, spot }
  }
}

function* parkingLots(city: City, ground: Ground): Generator<{ area: number; spot: Spot; lotM2: number }> {
  const { areas } = city
  const parking = AREA_KINDS.indexOf('parking')
  for (let area = 0; area < areas.count; area++) {
    if (areas.kind[area] !== parking) continue
    const from = areas.polygonStart[area]!
    const spot = middleOf(areas.polygons, from, areas.polygonStart[area + 1]!, centroidOf(areas.polygons, from))
    if (ground.isFree(spot.xM, spot.yM)) yield { area, spot, lotM2: areaOf(areas.polygons, from) }
  }
}

/** The forecourts of fuel stations that are mapped as buildings. */
function* fuelBuildings(city: City, ground: Ground): Generator<{ building: number; spot: Spot }> {
  const { buildings } = city
  for (let building = 0; building < buildings.count; building++) {
    if (tagOf(buildings.tags, building, 'amenity') !== 'fuel') continue
    const spot = spotAtWall(buildings.polygons, buildings.polygonStart[building]!, 9, ground)
    if (spot) yield { building, spot }
  }
}

/** At parking lots, fuel stations, and the kerb before large buildings. `weight` 1 charges fast, 0 slowly. */
export function chargerSites(city: City, ground: Ground, names: PlaceNames): Site[] {
  const { areas, points, buildings } = city
  const sites: Site[] = []
  const add = (spot: Spot, place: () => string, building: number, sizeM2: number, weight: number): void => {
    sites.push({ ...spot, heightM: POST_M, place, building, sizeM2, weight })
  }
  for (const { area, spot, lotM2 } of parkingLots(city, ground))
    add(spot, () => names.ofFeature(areas.tags, area, spot.xM, spot.yM), -1, lotM2, 0)
  for (const { point, spot } of pointsOf(city, ['parking'], ground))
    add(spot, () => names.ofFeature(points.tags, point, spot.xM, spot.yM), -1, POINT_LOT_M2, 0)
  for (const { point, spot } of pointsOf(city, ['fuel'], ground))
    add(spot, () => names.ofFeature(points.tags, point, spot.xM, spot.yM), -1, POINT_LOT_M2, 1)
  for (const { building, spot } of fuelBuildings(city, ground))
    add(spot, () => names.ofBuilding(building), -1, POINT_LOT_M2, 1)
  for (let building = 0; building < buildings.count; building++) {
    if (buildings.parent[building] !== -1 || !KERB_USES.includes(buildingUse(city, building))) continue
    const floorM2 = floorAreaM2(city, building)
    if (floorM2 < KERB_FLOOR_M2) continue
    const spot = spotAtWall(buildings.polygons, buildings.polygonStart[building]!, KERB_M, ground)
    if (spot) add(spot, () => names.ofBuilding(building), -1, POINT_LOT_M2, 0)
  }
  return sites
}

const SWAP_LOT_M2 = 800 // a compact station takes 90 m², its queue the rest
const CABIN_M = 3

/** Where taxis pass anyway: fuel stations, stations and large lots. */
export function swapSites(city: City, ground: Ground, names: PlaceNames): Site[] {
  const { areas, points } = city
  const sites: Site[] = []
  const add = (spot: Spot, place: () => string): void => {
    sites.push({ ...spot, heightM: CABIN_M, place, building: -1, sizeM2: SWAP_LOT_M2, weight: 0 })
  }
  for (const { point, spot } of pointsOf(city, ['fuel'], ground))
    add(spot, () => names.ofFeature(points.tags, point, spot.xM, spot.yM))
  for (const { building, spot } of fuelBuildings(city, ground)) add(spot, () => names.ofBuilding(building))
  for (const { area, spot, lotM2 } of parkingLots(city, ground)) {
    if (lotM2 >= SWAP_LOT_M2) add(spot, () => names.ofFeature(areas.tags, area, spot.xM, spot.yM))
  }
  return sites
}
