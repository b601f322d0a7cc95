import type { Fact } from '../base/quantity.ts'
import { ASTANA } from '../engines/load/facts.ts'
import { floorM2Of } from '../engines/load/floors.ts'
import { settleUses } from '../engines/load/useOf.ts'
import { BUILDING_USES, type BuildingUse, type City } from '../model/city.ts'

/** Uses in which people are at home. The same settled uses load the grid. */
const HOMES: readonly BuildingUse[] = ['house', 'apartments']

/** Sheds and kiosks are not homes. */
const LEAST_HOME_M2 = 25

/**
 * Residents of each building: the population spread over the floor area of homes. Modelled; parts hold nobody of their own.
 *
 * Returns  [buildings]; all zero when nobody lives anywhere
 */
export function peoplePerBuilding(city: City, population: number): Float32Array {
  const { buildings } = city
  const { use } = settleUses(city)
  const people = new Float32Array(buildings.count)
  const floor = new Float64Array(buildings.count)
  let total = 0
  for (let b = 0; b < buildings.count; b++) {
    if (!HOMES.includes(BUILDING_USES[use[b]]) || buildings.footprintM2[b] < LEAST_HOME_M2) continue
    floor[b] = floorM2Of(city, b)
    total += floor[b]
  }
  if (total > 0) for (let b = 0; b < buildings.count; b++) people[b] = (population * floor[b]) / total
  return people
}

/** Populations of cities that are known, at the date of their map: the figure that also calibrates the grid's loads. */
const POPULATIONS: ReadonlyMap<string, Fact> = new Map([['astana', ASTANA.population]])

export const populationOf = (cityId: string): Fact | undefined => POPULATIONS.get(cityId)
