import type { Fact } from '../base/quantity.ts'
import { BUILDING_USES, type BuildingUse, type City } from '../model/city.ts'
import { fact } from '../networks/network.ts'

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

/** Populations of cities that are known, at the date of their map. */
const POPULATIONS: ReadonlyMap<string, Fact> = new Map([
  [
    'astana',
    fact(
      1_014_015,
      'people',
      'Committee on Statistics of Kazakhstan, 1 September 2017, as quoted in the Russian Wikipedia article on Astana',
      '2017-09-01',
      'press',
    ),
  ],
])

export const populationOf = (cityId: string): Fact | undefined => POPULATIONS.get(cityId)
