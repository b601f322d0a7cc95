import { type City, OSM_TYPES } from '../model/city.ts'
import { BRANCH_KINDS, type GridDay, type GridMap } from '../model/grid.ts'
import type { DeviceRow } from '../model/trust.ts'
import type { FeederModel, ModelledFeeder } from '../proofs/plausibility/feederModel.ts'

const TRANSFORMER = BRANCH_KINDS.indexOf('transformer')

/**
 * What the grid simulation says of the low-voltage feeders that devices hang on: for the transformer above each device's
 * building, its rating and the power through it over the day. Devices without a mapped building are left out.
 *
 * Returns  null when no device hangs on a feeder
 */
export function feederModelOf(
  city: City,
  map: GridMap,
  day: GridDay,
  devices: readonly DeviceRow[],
): FeederModel | null {
  const buildingOf = new Map<string, number>()
  const { type, id } = city.buildings.osm
  for (let i = 0; i < id.length; i++) buildingOf.set(`${OSM_TYPES[type[i]!]}/${id[i]}`, i)
  const busOf = new Map<number, number>()
  for (let bus = 0; bus < map.busCount; bus++) if (map.busBuilding[bus]! >= 0) busOf.set(map.busBuilding[bus]!, bus)
  const branchAbove = new Int32Array(map.busCount).fill(-1)
  for (let branch = 0; branch < map.branchCount; branch++) branchAbove[map.branchTo[branch]!] = branch

  /** The first transformer on the way from a bus to the source, -1 when there is none. */
  const transformerAbove = (start: number): number => {
    let bus = start
    for (let hops = 0; hops < map.busCount; hops++) {
      const branch = branchAbove[bus]!
      if (branch < 0 || map.branchKind[branch] === TRANSFORMER) return branch
      bus = map.branchFrom[branch]!
    }
    return -1
  }
  const onFeeder = new Map<number, DeviceRow['address'][]>()
  for (const { address, buildingOsmId } of devices) {
    const bus = busOf.get(buildingOf.get(buildingOsmId ?? '') ?? -1)
    const transformer = bus === undefined ? -1 : transformerAbove(bus)
    if (transformer < 0) continue
    const list = onFeeder.get(transformer)
    if (list) list.push(address)
    else onFeeder.set(transformer, [address])
  }
  if (onFeeder.size === 0) return null
  const feeders = [...onFeeder].map(([branch, addresses]): ModelledFeeder => {
    const ratedVa = map.branchRating[branch]!
    const loadW = Array.from({ length: day.steps }, (_, t) => {
      const loading = day.loading[t * map.branchCount + branch]!
      return Number.isFinite(loading) ? loading * ratedVa : ratedVa // a step that did not settle says nothing: its rating
    })
    return { devices: addresses, ratedVa, loadW }
  })
  return {
    title: `the grid simulation of ${city.meta.title}`,
    utcOffsetH: city.meta.utcOffsetH,
    stepS: day.stepS,
    feeders,
  }
}
