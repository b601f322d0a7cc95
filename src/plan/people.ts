import { BUILDING_USES, type BuildingUse, type City } from '../model/city.ts'

/** How densely a square metre of floor is lived in, against a dwelling. Most buildings are mapped without a use. */
const LIVED_IN: Readonly<Partial<Record<BuildingUse, number>>> = {
  house: 1,
  apartments: 1,
  unknown: 0.6,
  hotel: 0.3,
}
const STOREY_M = 3

/**
 * Residents of each building: the population spread over floor area by use. Modelled; parts hold nobody of their own.
 *
 * Returns  [buildings]; all zero when nobody lives anywhere
 */
export function peoplePerBuilding(city: City, population: number): Float32Array {
  const { buildings } = city
  const people = new Float32Array(buildings.count)
  const share = new Float64Array(buildings.count)
  let total = 0
  for (let b = 0; b < buildings.count; b++) {
    if (buildings.parent[b] >= 0) continue
    const lived = LIVED_IN[BUILDING_USES[buildings.use[b]]] ?? 0
    const mapped = buildings.levels[b]
    const storeys = mapped > 0 ? mapped : Math.max(1, (buildings.heightM[b] - buildings.minHeightM[b]) / STOREY_M)
    // sheds and kiosks are not homes
    const floor = buildings.footprintM2[b] < 25 ? 0 : buildings.footprintM2[b] * storeys
    share[b] = lived * floor
    total += share[b]
  }
  if (total > 0) for (let b = 0; b < buildings.count; b++) people[b] = (population * share[b]) / total
  return people
}
