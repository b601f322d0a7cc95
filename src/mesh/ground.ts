import { type Steps, within } from '../base/steps.ts'
import type { City } from '../model/city.ts'
import { type AreaMesh, runAreaMesh } from './ground/areas.ts'
import { type RoadMesh, runRoadMesh } from './ground/roads.ts'

/** What lies flat on the ground: areas first, roads over them; two draw calls. */
export interface GroundMesh {
  readonly areas: AreaMesh
  readonly roads: RoadMesh
}

export function* runGroundMesh(city: City): Steps<GroundMesh> {
  const areas = yield* within(0, 0.5, runAreaMesh(city))
  const roads = yield* within(0.5, 1, runRoadMesh(city))
  return { areas, roads }
}
