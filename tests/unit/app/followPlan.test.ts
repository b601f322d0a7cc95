import { afterEach, expect, test, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { followPlan, type Pipeline } from '../../../src/app/pipeline.ts'
import type { GridMap } from '../../../src/model/grid.ts'
import { emptyScenario, type ScenarioState, stateOf } from '../../../src/model/scenario.ts'
import { createGridStore, type GridDayResult } from '../../../src/stores/grid.ts'
import type { PlanInput } from '../../../src/stores/plan.ts'
import { aBase } from '../../support/scenarios.ts'

afterEach(() => void vi.useRealTimers())

const scenario = emptyScenario(aBase)
const bare = stateOf(scenario)
const placed = { ...bare, assets: new Map([['a', { id: 'a' }]]) } as unknown as ScenarioState

test('behavior: a plan that was placed while its grid was opened gets the grid’s figures, whatever days were asked for', async () => {
  vi.useFakeTimers()
  let open: (opened: { map: GridMap; calibration: never }) => void = () => {}
  const grid = createGridStore({
    open: () => new Promise((resolve) => (open = resolve)),
    runDay: ({ assets }) =>
      Promise.resolve({
        summary: { size: assets.size },
        curtailedShare: new Map(),
        heldBy: new Map(),
      } as unknown as GridDayResult),
    branchDay: () => Promise.reject(new Error('not asked for here')),
  })
  const reports: PlanInput[] = []
  const shown = createStore(() => ({ state: bare, revision: 0 }))
  const off = followPlan({
    shown,
    scenario: () => scenario,
    showsMine: () => true,
    coverage: createStore(() => ({ run: { result: null }, clear() {} })) as never,
    grid,
    plan: createStore(() => ({ start: async (input: PlanInput) => void reports.push(input) })) as never,
    pipeline: { coverageInput: () => ({ groups: [] }) } as unknown as Pipeline,
    ready: () => true,
  })
  void grid.getState().start(bare)
  shown.setState({ state: placed, revision: 1 })
  await vi.advanceTimersByTimeAsync(1000)
  expect(reports.at(-1)?.grid).toBeNull()
  void grid.getState().start(placed) // overtakes the day of the bare city once the grid is there
  open({ map: {} as GridMap, calibration: {} as never })
  await vi.advanceTimersByTimeAsync(1000)
  expect(reports.at(-1)?.grid).toMatchObject({ before: { size: 0 }, after: { size: 1 } })
  expect(grid.getState().runOf).toBe(placed)
  off()
})
