import { type Steps, within } from '../base/steps.ts'
import type { ScenarioState } from '../model/scenario.ts'
import { buildingDayOf, type CityGrid, runCityGridDay } from './cityGrid.ts'
import { curtailments, heldByGrid } from './curtailment.ts'
import type { GridFindings } from './evaluate.ts'

/** The day of a scenario on the grid, with and without what is placed, and what the grid cannot carry of it. */
export function* runGridFindings(base: CityGrid, state: ScenarioState): Steps<GridFindings> {
  const buildings = yield* within(0, 0.1, buildingDayOf(base, state))
  const bare = yield* within(0.1, 0.55, runCityGridDay(base, { ...state, assets: new Map() }, buildings))
  const { day, summary, attachments, injections } = yield* within(0.55, 1, runCityGridDay(base, state, buildings))
  const held = heldByGrid(curtailments(base.grid.map, day, attachments, injections.extra))
  return { before: bare.summary, after: summary, ...held }
}
