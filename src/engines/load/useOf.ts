import { createFeatureFinder } from '../../geo/insidePolygons.ts'
import { AREA_KINDS, BUILDING_USES, type BuildingUse, type City } from '../../model/city.ts'
import { USE_RULES } from './facts.ts'
import { storeysOf } from './floors.ts'

/** A use for every building, and whether it was guessed from where it stands, how high it is and how large. */
export function settleUses(city: City): { use: Uint8Array; assumed: Uint8Array } {
  const { buildings, areas } = city
  const industrial = AREA_KINDS.indexOf('industrial')
  const industryAt = createFeatureFinder(areas, (area) => areas.kind[area] === industrial)
  const use = new Uint8Array(buildings.count)
  const assumed = new Uint8Array(buildings.count)
  const indexOf = (name: BuildingUse) => BUILDING_USES.indexOf(name)
  const unknown = indexOf('unknown')
  for (let b = 0; b < buildings.count; b++) {
    use[b] = buildings.use[b]
    if (use[b] !== unknown) continue
    assumed[b] = 1
    if (industryAt(buildings.centreXM[b], buildings.centreYM[b]) >= 0) use[b] = indexOf('industrial')
    else if (storeysOf(city, b) >= USE_RULES.flatsFromStoreys.value) use[b] = indexOf('apartments')
    else use[b] = indexOf(buildings.footprintM2[b] <= USE_RULES.houseUpToM2.value ? 'house' : 'other')
  }
  return { use, assumed }
}
