import type { City } from '../../model/city.ts'
import { STOREY_M } from './facts.ts'

/** Storeys of a building: mapped, or its height in storeys. */
export function storeysOf({ buildings }: City, building: number): number {
  const mapped = buildings.levels[building]
  if (mapped > 0) return mapped
  const height = buildings.heightM[building] - buildings.minHeightM[building]
  return Math.max(1, Math.round(height / STOREY_M.value))
}

/** Gross floor area. A part of a building has none of its own: the outline counts. */
export const floorM2Of = (city: City, building: number): number =>
  city.buildings.parent[building] >= 0 ? 0 : city.buildings.footprintM2[building] * storeysOf(city, building)
