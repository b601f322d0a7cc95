import { TwinError } from '../base/errors.ts'
import { createEnu } from '../geo/enu.ts'
import { ASSET_KIND_INFO, type Asset, type AssetKind } from '../model/asset.ts'
import { type AreaKind, type City, ROAD_CLASSES, type Roads } from '../model/city.ts'

/** What the map says of a point. The scene's picking index answers the first two. */
export interface PlacePickers {
  readonly buildingAt: (xM: number, yM: number) => number // index, -1 for none
  readonly areaKindAt: (xM: number, yM: number) => AreaKind | null
}

/** Two things closer than this would stand in each other. */
const LEAST_DISTANCE_M = 3

const CARRIAGEWAYS = ['motorway', 'trunk', 'primary', 'secondary', 'tertiary', 'street', 'service', 'rail']
const carriageway = ROAD_CLASSES.map((name) => CARRIAGEWAYS.includes(name))

/** Index of the road whose carriageway covers a point, -1 for none. */
export function carriagewayAt({ count, lines, class: kind, widthM }: Roads, xM: number, yM: number): number {
  const { start, xM: x, yM: y } = lines
  for (let road = 0; road < count; road++) {
    if (!carriageway[kind[road]]) continue
    const half = widthM[road] / 2
    for (let v = start[road]; v + 1 < start[road + 1]; v++) {
      const [dx, dy] = [x[v + 1] - x[v], y[v + 1] - y[v]]
      const [px, py] = [xM - x[v], yM - y[v]]
      const length2 = dx * dx + dy * dy
      const t = length2 > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / length2)) : 0
      const [ex, ey] = [px - t * dx, py - t * dy]
      if (ex * ex + ey * ey <= half * half) return road
    }
  }
  return -1
}

export interface Placement {
  readonly kind: AssetKind
  readonly xM: number
  readonly yM: number
  readonly movingId?: string // the asset itself, when it is moved
}

/**
 * Why a thing cannot stand at a place, in one sentence; null when it can.
 */
export function placementRefusal(
  { kind, xM, yM, movingId }: Placement,
  city: City,
  placed: Iterable<Asset>,
  { buildingAt, areaKindAt }: PlacePickers,
): string | null {
  const { title, mayStandInBuilding } = ASSET_KIND_INFO[kind]
  if (!Number.isFinite(xM) || !Number.isFinite(yM)) return `${title}: the position is not a number.`
  const enu = createEnu(city.meta.originLatDeg, city.meta.originLonDeg)
  const at = new Float64Array(2)
  enu.toGeo(xM, yM, at)
  const [west, south, east, north] = city.meta.boundsDeg
  if (!(at[0] >= south && at[0] <= north && at[1] >= west && at[1] <= east)) {
    return `${title}: this point lies outside the map of ${city.meta.title}.`
  }
  const inBuilding = buildingAt(xM, yM) >= 0
  if (inBuilding && !mayStandInBuilding) return `${title}: it needs open ground, and here stands a building.`
  if (!inBuilding) {
    if (areaKindAt(xM, yM) === 'water') return `${title}: here is water.`
    if (carriagewayAt(city.roads, xM, yM) >= 0) return `${title}: here is a carriageway.`
  }
  for (const asset of placed) {
    if (asset.id === movingId) continue
    enu.toLocal(asset.latDeg, asset.lonDeg, at)
    const [dx, dy] = [at[0] - xM, at[1] - yM]
    if (dx * dx + dy * dy < LEAST_DISTANCE_M * LEAST_DISTANCE_M) {
      return `${title}: another thing (${ASSET_KIND_INFO[asset.kind].title}) stands less than ${LEAST_DISTANCE_M} m away.`
    }
  }
  return null
}

/** Throws PLACEMENT_REFUSED with the reason when a thing cannot stand there. */
export function checkPlacement(placement: Placement, city: City, placed: Iterable<Asset>, pickers: PlacePickers): void {
  const reason = placementRefusal(placement, city, placed, pickers)
  if (reason) throw new TwinError('PLACEMENT_REFUSED', reason, { kind: placement.kind })
}
