import { expect, test } from 'vitest'
import { boardOf } from '../../../src/app/board.ts'
import { scenarioHash } from '../../../src/model/hash.ts'
import { emptyScenario, stateOf } from '../../../src/model/scenario.ts'
import type { TwinStores } from '../../../src/ui/stores.ts'
import { aBase } from '../../support/scenarios.ts'

const scenario = emptyScenario(aBase)
const state = stateOf(scenario)
const kpi = (id: string) => ({ id, title: id, better: 'neither', quantity: { value: 1, unit: '', tag: 'modelled' } })

interface Left {
  readonly step?: number
  readonly backlogFrames?: number
  readonly day?: string
  readonly runOf?: object
  readonly report?: string
  readonly hash?: string
  readonly kpis?: readonly object[]
}

/** The stores as the board reads them, once all is computed, but for what is said. */
function stores({
  step = 6,
  backlogFrames = 0,
  day = 'done',
  runOf = state,
  report = 'done',
  hash = scenarioHash(scenario),
  kpis = [kpi('grid.highest-loading'), kpi('plan.net'), kpi('plan.power')],
}: Left): TwinStores {
  const of = <State>(held: State) => ({ getState: () => held })
  const frame = [{ verdict: 'OK', level: 3 }, { verdict: 'BAD_SIGNATURE', level: 0 }, undefined]
  return {
    demo: of({ step }),
    readings: of({ status: { backlogFrames, readings: 7 }, devices: [1, 2, 3], buffers: { frame } }),
    grid: of({ run: { status: day, result: { summary: { peakLoadW: 5, highestLoading: 0.5 } } }, runOf }),
    plan: of({ run: { status: report, result: { scenarioHash: hash, kpis } } }),
    scenario: of({ scenario, state }),
  } as unknown as TwinStores
}

test('default: devices, readings, grid and the plan’s figures that the demo tells of', () => {
  const board = boardOf(stores({}))!
  expect(board.map(({ id }) => id)).toEqual(['demo.devices', 'demo.readings', 'demo.peak', 'demo.loading', 'plan.net'])
  expect(board[0]!.quantity).toMatchObject({ value: 1, unit: 'of 3' })
})

test.each<[string, Left]>([
  ['no demo runs', { step: -1 }],
  ['messages wait to be checked', { backlogFrames: 1 }],
  ['the grid day runs', { day: 'running' }],
  ['the grid day is that of the plan before', { runOf: stateOf(scenario) }],
  ['the report is being made', { report: 'running' }],
  ['the report is of the plan before', { hash: 'f'.repeat(64) }],
  ['the report knows of no grid yet', { kpis: [kpi('plan.net')] }],
])('behavior: none while %s', (_, left) => {
  expect(boardOf(stores(left))).toBeNull()
})
