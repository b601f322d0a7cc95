import { expect, test } from 'vitest'
import { TwinError } from '../../../src/base/errors.ts'
import type { Asset } from '../../../src/model/asset.ts'
import type { ScenarioState, SettingId } from '../../../src/model/scenario.ts'
import { createGridStore, type GridDayResult, type GridPort } from '../../../src/stores/grid.ts'

const rack: Asset = { id: 'rack', kind: 'gpu-rack', latDeg: 51.1, lonDeg: 71.4, network: 'render', params: {} }
const stateWith = (
  assets: readonly Asset[],
  settings: readonly (readonly [SettingId, number])[] = [],
): ScenarioState => ({
  assets: new Map(assets.map((asset) => [asset.id, asset])),
  settings: new Map(settings),
  facts: new Map(),
})

const NO_DAY: Omit<GridDayResult, 'notes'> = Object.assign(Object.create(null), { curtailedShare: new Map() })

/** A grid whose days end when the test says so; each result carries the number of its run. */
function aGrid() {
  const ends: (() => void)[] = []
  const days: GridDayResult[] = []
  const port: GridPort = {
    open: () => Promise.resolve({} as never),
    runDay: (_, { signal }) =>
      new Promise((resolve, reject) => {
        const day = { ...NO_DAY, notes: [`run ${days.length}`] }
        days.push(day)
        ends.push(() => resolve(day))
        signal?.addEventListener('abort', () => reject(new TwinError('JOB_CANCELLED', 'The job was cancelled.')))
      }),
    branchDay: () => Promise.reject(new TwinError('GRID_INVALID', 'No day.')),
  }
  const store = createGridStore(port)
  const begun = async (count: number): Promise<void> => {
    while (ends.length < count) await Promise.resolve()
  }
  return { store, grid: store.getState(), ends, days, begun }
}

test('default: a day of nothing placed becomes the baseline, with the settings it was run with', async () => {
  const { store, grid, ends, days, begun } = aGrid()
  const empty = stateWith([], [['load-scale', 2]])
  const run = grid.start(empty)
  await begun(1)
  ends[0]!()
  await run
  expect(store.getState().baseline).toBe(days[0])
  expect(store.getState().baselineOf).toBe(empty.settings)
})

test('behavior: a day with something placed leaves the baseline alone', async () => {
  const { store, grid, ends, begun } = aGrid()
  const run = grid.start(stateWith([rack]))
  await begun(1)
  ends[0]!()
  await run
  expect(store.getState().run.status).toBe('done')
  expect(store.getState().baseline).toBeNull()
})

test('behavior: a baseline that was cancelled does not take the day that stood there for its own', async () => {
  const { store, grid, ends, begun } = aGrid()
  const planned = grid.start(stateWith([rack]))
  await begun(1)
  ends[0]!()
  await planned
  const run = grid.start(stateWith([]))
  await begun(2)
  grid.cancel()
  await run
  expect(store.getState().run.status).toBe('done')
  expect(store.getState().baseline).toBeNull()
})

test('behavior: a baseline overtaken by a plan’s day is dropped', async () => {
  const { store, grid, ends, days, begun } = aGrid()
  const overtaken = grid.start(stateWith([]))
  await begun(1)
  const planned = grid.start(stateWith([rack]))
  await begun(2)
  ends[1]!()
  await Promise.all([overtaken, planned])
  expect(store.getState().run.result).toBe(days[1])
  expect(store.getState().baseline).toBeNull()
})

test('behavior: a cancelled day says for which plan the day that stays was computed', async () => {
  const { store, grid, ends, begun } = aGrid()
  const bare = stateWith([])
  const first = grid.start(bare)
  await begun(1)
  ends[0]!()
  await first
  expect(store.getState().runOf).toBe(bare)
  const planned = grid.start(stateWith([rack]))
  await begun(2)
  expect(store.getState().runOf).toBe(bare)
  grid.cancel()
  await planned
  expect(store.getState()).toMatchObject({ run: { status: 'done' }, runOf: bare })
})
