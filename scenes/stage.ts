import { createContext, useContext } from 'react'
import type { StoreApi } from 'zustand/vanilla'
import type { CameraState } from '../src/stores/camera.ts'
import type { CityState } from '../src/stores/city.ts'
import type { ClockState } from '../src/stores/clock.ts'
import type { CoverageRunState } from '../src/stores/coverage.ts'
import type { GridState } from '../src/stores/grid.ts'
import type { LayersState } from '../src/stores/layers.ts'
import type { PlacementState } from '../src/stores/placement.ts'
import type { ReadingsState } from '../src/stores/readings.ts'
import type { ShownPlan } from '../src/stores/scenario.ts'
import type { SelectionState } from '../src/stores/selection.ts'
import type { ViewState } from '../src/stores/view.ts'
import type { WhereaboutsState } from '../src/stores/whereabouts.ts'

/** The stores a scene reads. Layers read them with `getState()` in the frame, and subscribe only to ask for one. */
export interface Stage {
  readonly city: StoreApi<CityState>
  readonly readings: StoreApi<ReadingsState>
  readonly clock: StoreApi<ClockState>
  readonly layers: StoreApi<LayersState>
  readonly selection: StoreApi<SelectionState>
  readonly camera: StoreApi<CameraState>
  readonly view: StoreApi<ViewState>
  readonly scenario: StoreApi<ShownPlan> // which of two compared plans is in the picture
  readonly placement: StoreApi<PlacementState>
  readonly grid: StoreApi<GridState>
  readonly coverage: StoreApi<CoverageRunState>
  readonly whereabouts: StoreApi<WhereaboutsState>
}

export const StageContext = createContext<Stage | null>(null)

export function useStage(): Stage {
  const stage = useContext(StageContext)
  if (!stage) throw new Error('useStage stands outside of StageContext.')
  return stage
}
