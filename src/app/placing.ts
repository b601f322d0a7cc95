import type { StoreApi } from 'zustand/vanilla'
import { createEnu } from '../geo/enu.ts'
import { areaKindAt, buildingAt } from '../mesh/pick.ts'
import { ASSET_KIND_INFO, type AssetKind } from '../model/asset.ts'
import { placementRefusal } from '../plan/placement.ts'
import { isRadio } from '../plan/radioPlan.ts'
import type { CityState } from '../stores/city.ts'
import type { LayersState } from '../stores/layers.ts'
import type { PlacementState } from '../stores/placement.ts'
import type { ScenarioStoreState } from '../stores/scenario.ts'
import type { SelectionState } from '../stores/selection.ts'

export interface PlacingParts {
  readonly city: StoreApi<CityState>
  readonly placement: StoreApi<PlacementState>
  readonly scenario: StoreApi<ScenarioStoreState>
  readonly selection: StoreApi<SelectionState>
  readonly layers: StoreApi<LayersState>
}

const out = new Float64Array(2)

/** Aiming and placing: the rules of where a thing may stand, asked of the map on screen. */
export function createPlacing({ city, placement, scenario, selection, layers }: PlacingParts) {
  const refusalAt = (kind: AssetKind, xM: number, yM: number): string | null => {
    const { loaded } = city.getState()
    if (!loaded) return 'The city is still being loaded.'
    return placementRefusal({ kind, xM, yM }, loaded.city, scenario.getState().state.assets.values(), {
      buildingAt: (x, y) => buildingAt(loaded.pick, loaded.city, x, y),
      areaKindAt: (x, y) => areaKindAt(loaded.pick, loaded.city, x, y),
    })
  }

  /** Places a thing; returns the refusal, or null when it stands. */
  const placeLocal = (kind: AssetKind, xM: number, yM: number): string | null => {
    const refusal = refusalAt(kind, xM, yM)
    const { loaded } = city.getState()
    if (refusal || !loaded) return refusal
    const { originLatDeg, originLonDeg } = loaded.city.meta
    createEnu(originLatDeg, originLonDeg).toGeo(xM, yM, out)
    const id = `${kind}-${crypto.randomUUID().slice(0, 8)}`
    const network = ASSET_KIND_INFO[kind].networks[0]!
    // seven decimals are a centimetre: enough, and the same in every export
    const round = (deg: number) => Math.round(deg * 1e7) / 1e7
    scenario.getState().place({ id, kind, latDeg: round(out[0]!), lonDeg: round(out[1]!), network, params: {} })
    selection.getState().select({ kind: 'asset', id })
    // what the thing does to the city is shown at once
    layers.getState().show(isRadio(kind) ? 'coverage' : 'grid', true)
    return null
  }

  return {
    aim(xM: number, yM: number): void {
      const { tool } = placement.getState()
      const { loaded } = city.getState()
      if (!tool || !loaded) return
      const building = ASSET_KIND_INFO[tool].mayStandInBuilding ? buildingAt(loaded.pick, loaded.city, xM, yM) : -1
      const groundM = building < 0 ? 0 : loaded.city.buildings.heightM[building]!
      placement.getState().aim({ xM, yM, groundM, refusal: refusalAt(tool, xM, yM) })
    },
    click(xM: number, yM: number): void {
      const { tool, aim, take } = placement.getState()
      if (!tool) return
      const refusal = placeLocal(tool, xM, yM)
      if (refusal) aim({ xM, yM, groundM: 0, refusal })
      else take(null)
    },
    placeLocal,
    placeAt(kind: AssetKind, latDeg: number, lonDeg: number): string | null {
      const { loaded } = city.getState()
      if (!loaded) return 'The city is still being loaded.'
      const { originLatDeg, originLonDeg } = loaded.city.meta
      createEnu(originLatDeg, originLonDeg).toLocal(latDeg, lonDeg, out)
      return placeLocal(kind, out[0]!, out[1]!)
    },
  }
}
