import { TwinError } from '../base/errors.ts'
import { type Steps, within } from '../base/steps.ts'
import type { SiteProblem } from '../engines/placement/problem.ts'
import { drawHeights, footprintBoxes } from '../engines/radio/heightField.ts'
import { coverageModelNamed, runTransmitterRaster, transmitterWindow } from '../engines/radio/transmitterRaster.ts'
import { createEnu } from '../geo/enu.ts'
import { ASSET_KIND_INFO, type Asset, type AssetKind } from '../model/asset.ts'
import type { City } from '../model/city.ts'
import type { ScenarioState } from '../model/scenario.ts'
import { coverageGroups } from './radioPlan.ts'

/** What is to be placed, and where it may stand. */
export interface PlacementWish {
  readonly kind: AssetKind
  readonly count: number
  readonly candidates: number // roofs looked at, the highest first
  readonly spacingM: number // between any two
  readonly weight: Float32Array // [buildings] who or what is served; parts of a building count with it
}

/** A problem whose sites are assets that could be placed; those that stand come first. */
export interface PlannedSites {
  readonly problem: SiteProblem
  readonly assets: readonly Asset[] // by site
}

/** Roofs in order of height, none nearer to another or to what stands than the spacing. */
function roofsOf(city: City, { candidates, spacingM }: PlacementWish, standing: readonly [number, number][]): number[] {
  const { buildings } = city
  const { count, parent, heightM, centreXM, centreYM } = buildings
  const order = [...Array(count).keys()].filter((b) => parent[b] < 0).sort((a, b) => heightM[b] - heightM[a] || a - b)
  const taken = [...standing]
  const roofs: number[] = []
  for (const b of order) {
    if (roofs.length === candidates) break
    const near = taken.some(([x, y]) => {
      const [dx, dy] = [centreXM[b] - x, centreYM[b] - y]
      return dx * dx + dy * dy < spacingM * spacingM
    })
    if (near) continue
    taken.push([centreXM[b], centreYM[b]])
    roofs.push(b)
  }
  return roofs
}

/**
 * The choice of sites in a city: which buildings each roof would serve, what the plan has already serving for nothing.
 * A building is served where the signal at its centre reaches the sensitivity, behind its walls.
 *
 * Throws   PLACEMENT_REFUSED for a kind that is no radio, CITY_EMPTY when there is no building
 * Cost     a coverage sweep for each candidate and each that stands
 */
export function* planPlacement(state: ScenarioState, city: City, wish: PlacementWish): Steps<PlannedSites> {
  const { buildings } = city
  if (buildings.count === 0) throw new TwinError('CITY_EMPTY', 'The city has no building to serve.')
  const boxes = footprintBoxes(buildings)
  const enu = createEnu(city.meta.originLatDeg, city.meta.originLonDeg)
  const at = new Float64Array(2)
  const standing = [...state.assets.values()].filter(({ kind }) => kind === wish.kind)
  const places = standing.map(({ latDeg, lonDeg }): [number, number] => {
    enu.toLocal(latDeg, lonDeg, at)
    return [at[0], at[1]]
  })
  const network = ASSET_KIND_INFO[wish.kind].networks[0]
  const roofs = roofsOf(city, wish, places).map((b): Asset => {
    enu.toGeo(buildings.centreXM[b], buildings.centreYM[b], at)
    return { id: `roof-${b}`, kind: wish.kind, latDeg: at[0], lonDeg: at[1], network, params: {} }
  })
  const byId = new Map([...standing, ...roofs].map((asset) => [asset.id, asset]))
  const [group] = coverageGroups(byId.values(), city, boxes)
  if (!group) {
    const { title } = ASSET_KIND_INFO[wish.kind]
    throw new TwinError('PLACEMENT_REFUSED', `${title}: it serves nobody by radio, so coverage cannot place it.`)
  }
  const { transmitters, cellM } = group
  const model = coverageModelNamed(group.model)
  const coverStart = new Uint32Array(transmitters.length + 1)
  const covered: number[] = []
  for (const [t, transmitter] of transmitters.entries()) {
    const field = drawHeights(buildings, boxes, transmitterWindow(transmitter, cellM, model))
    const [from, to] = [t / transmitters.length, (t + 1) / transmitters.length]
    const { rssiDbm, col0, row0, cols, rows } = yield* within(from, to, runTransmitterRaster(transmitter, field, model))
    for (let b = 0; b < buildings.count; b++) {
      const c = Math.floor(buildings.centreXM[b] / cellM) - col0
      const r = Math.floor(buildings.centreYM[b] / cellM) - row0
      if (buildings.parent[b] >= 0 || c < 0 || r < 0 || c >= cols || r >= rows) continue
      if (rssiDbm[r * cols + c] >= transmitter.sensitivityDbm) covered.push(b)
    }
    coverStart[t + 1] = covered.length
  }
  const assets = transmitters.map(({ id }) => byId.get(id)!)
  const mine = new Set(standing.map(({ id }) => id))
  return {
    assets,
    problem: {
      siteIds: assets.map(({ id }) => id),
      cost: new Float64Array(assets.length).fill(1),
      coverStart,
      coverPoint: Uint32Array.from(covered),
      weight: Float64Array.from(wish.weight, (w, b) => (buildings.parent[b] < 0 ? w : 0)),
      budget: wish.count,
      standing: [...assets.keys()].filter((s) => mine.has(assets[s].id)),
      conflicts: [],
    },
  }
}
