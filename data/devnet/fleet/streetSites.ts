import { atan2 } from '../../../src/base/math/arc.ts'
import { cos, sin } from '../../../src/base/math/trig.ts'
import { AREA_KINDS, type City, POINT_KINDS, ROAD_CLASSES, type RoadClass } from '../../../src/model/city.ts'
import { buildingUse } from './buildingSites.ts'
import type { Ground } from './ground.ts'
import { centroidOf, middleOf, type Spot, spotAtWall } from './outline.ts'
import type { PlaceNames } from './placeNames.ts'
import type { Site } from './site.ts'

/** Share of the busiest road's traffic by class; assumption. Classes that are missing carry no cars, or no corners. */
const TRAFFIC: Partial<Record<RoadClass, number>> = {
  trunk: 1,
  primary: 1,
  secondary: 0.75,
  tertiary: 0.55,
  street: 0.3,
}

const LAMP_M = 4.5 // on a street lamp
const FENCE_M = 3 // at a school or in a park

interface Corner extends Spot {
  widthM: number
  traffic: number
  readonly headingsRad: number[] // in which directions roads leave
}

/** Points where at least three ways of driving meet. */
function cornersOf(city: City): Corner[] {
  const { roads } = city
  const { start, xM, yM } = roads.lines
  const corners = new Map<string, Corner>()
  for (let road = 0; road < roads.count; road++) {
    const traffic = TRAFFIC[ROAD_CLASSES[roads.class[road]!]!]
    if (traffic === undefined) continue
    for (let i = start[road]!; i < start[road + 1]!; i++) {
      // ways that meet share a vertex; half a metre allows for the grid their coordinates came on
      const key = `${Math.round(2 * xM[i]!)},${Math.round(2 * yM[i]!)}`
      const corner = corners.get(key) ?? { xM: xM[i]!, yM: yM[i]!, widthM: 0, traffic: 0, headingsRad: [] }
      corners.set(key, corner)
      corner.widthM = Math.max(corner.widthM, roads.widthM[road]!)
      corner.traffic = Math.max(corner.traffic, traffic)
      for (const k of [i - 1, i + 1]) {
        if (k >= start[road]! && k < start[road + 1]!) corner.headingsRad.push(atan2(yM[k]! - yM[i]!, xM[k]! - xM[i]!))
      }
    }
  }
  return [...corners.values()].filter(({ headingsRad }) => headingsRad.length >= 3)
}

/** Beside the corner, in the widest gap between its roads that is neither built nor under water. */
function spotAtCorner({ xM, yM, widthM, headingsRad }: Corner, ground: Ground): Spot | null {
  const sorted = [...headingsRad].sort((a, b) => a - b)
  const gaps = sorted.map((from, i) => {
    const to = i + 1 < sorted.length ? sorted[i + 1]! : sorted[0]! + 2 * Math.PI
    return { middleRad: (from + to) / 2, widthRad: to - from }
  })
  gaps.sort((a, b) => b.widthRad - a.widthRad || a.middleRad - b.middleRad)
  const awayM = widthM / 2 + 3
  for (const { middleRad } of gaps) {
    const spot = { xM: xM + awayM * cos(middleRad), yM: yM + awayM * sin(middleRad) }
    if (ground.isFree(spot.xM, spot.yM)) return spot
  }
  return null
}

/** At street corners, bus stops, schools and in parks. `weight` is how much traffic passes. */
export function airSites(city: City, ground: Ground, names: PlaceNames): Site[] {
  const { areas, buildings, points } = city
  const sites: Site[] = []
  const add = (spot: Spot | null, heightM: number, place: () => string, weight: number): void => {
    if (spot && ground.isFree(spot.xM, spot.yM))
      sites.push({ ...spot, heightM, place, building: -1, sizeM2: 0, weight })
  }
  for (const corner of cornersOf(city)) {
    const spot = spotAtCorner(corner, ground)
    if (spot) add(spot, LAMP_M, () => names.near(spot.xM, spot.yM), corner.traffic)
  }
  const transit = POINT_KINDS.indexOf('transit')
  for (let point = 0; point < points.count; point++) {
    if (points.kind[point] !== transit) continue
    const spot = { xM: points.xM[point]!, yM: points.yM[point]! }
    add(spot, LAMP_M, () => names.ofFeature(points.tags, point, spot.xM, spot.yM), 0.7)
  }
  for (let building = 0; building < buildings.count; building++) {
    if (buildings.parent[building] !== -1 || buildingUse(city, building) !== 'school') continue
    const spot = spotAtWall(buildings.polygons, buildings.polygonStart[building]!, 5, ground)
    add(spot, FENCE_M, () => names.ofBuilding(building), 0.2)
  }
  const park = AREA_KINDS.indexOf('park')
  for (let area = 0; area < areas.count; area++) {
    if (areas.kind[area] !== park) continue
    const from = areas.polygonStart[area]!
    const spot = middleOf(areas.polygons, from, areas.polygonStart[area + 1]!, centroidOf(areas.polygons, from))
    add(spot, FENCE_M, () => names.ofFeature(areas.tags, area, spot.xM, spot.yM), 0.05)
  }
  return sites
}
