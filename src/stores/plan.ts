import type { CoverageSummary } from '../model/coverage.ts'
import type { GridSummary } from '../model/grid.ts'
import type { PlanReport } from '../model/plan.ts'
import type { Scenario } from '../model/scenario.ts'
import { createRunStore, type RunPort, type RunState } from './run.ts'

/** What the grid says with and without the plan. */
export interface PlanGrid {
  readonly before: GridSummary
  readonly after: GridSummary
  readonly curtailedShare: ReadonlyMap<string, number> // by asset id
  readonly heldBy: ReadonlyMap<string, string> // what takes it, as a sentence, by asset id
}

/** What a report is made of: the plan, and what the other engines found for it. */
export interface PlanInput {
  readonly scenario: Scenario
  readonly grid: PlanGrid | null
  readonly coverage: readonly CoverageSummary[]
}

export type PlanRunState = RunState<PlanInput, PlanReport>

export const createPlanStore = (port: RunPort<PlanInput, PlanReport>) => createRunStore<PlanInput, PlanReport>(port)
