import type { StoreApi } from 'zustand/vanilla'
import type { CameraState } from '../stores/camera.ts'
import type { CityState } from '../stores/city.ts'
import type { ClockState } from '../stores/clock.ts'
import type { CompareState } from '../stores/compare.ts'
import type { CoverageRunState } from '../stores/coverage.ts'
import type { NetworkPageState, OutcomeState, RankingState, StudyState } from '../stores/economy.ts'
import type { EvidenceState } from '../stores/evidence.ts'
import type { FeedsState } from '../stores/feeds.ts'
import type { GridState } from '../stores/grid.ts'
import type { LayersState } from '../stores/layers.ts'
import type { LiveStateState } from '../stores/liveState.ts'
import type { PlacementState } from '../stores/placement.ts'
import type { PlanRunState } from '../stores/plan.ts'
import type { ReadingsState } from '../stores/readings.ts'
import type { SavingState } from '../stores/saving.ts'
import type { ScenarioStoreState } from '../stores/scenario.ts'
import type { SelectionState } from '../stores/selection.ts'
import type { TourState } from '../stores/tour.ts'
import type { ViewState } from '../stores/view.ts'
import type { WhereaboutsState } from '../stores/whereabouts.ts'

/** Every store of the page, by the name the interface asks for it. */
export interface TwinStores {
  readonly city: StoreApi<CityState>
  readonly readings: StoreApi<ReadingsState>
  readonly feeds: StoreApi<FeedsState>
  readonly evidence: StoreApi<EvidenceState>
  readonly whereabouts: StoreApi<WhereaboutsState>
  readonly liveState: StoreApi<LiveStateState>
  readonly clock: StoreApi<ClockState>
  readonly layers: StoreApi<LayersState>
  readonly selection: StoreApi<SelectionState>
  readonly camera: StoreApi<CameraState>
  readonly view: StoreApi<ViewState>
  readonly scenario: StoreApi<ScenarioStoreState>
  readonly placement: StoreApi<PlacementState>
  readonly grid: StoreApi<GridState>
  readonly coverage: StoreApi<CoverageRunState>
  readonly plan: StoreApi<PlanRunState>
  readonly compare: StoreApi<CompareState>
  readonly networkPage: StoreApi<NetworkPageState>
  readonly outcome: StoreApi<OutcomeState>
  readonly study: StoreApi<StudyState>
  readonly ranking: StoreApi<RankingState>
  readonly saving: StoreApi<SavingState>
  readonly demo: StoreApi<TourState>
  readonly lesson: StoreApi<TourState>
}
