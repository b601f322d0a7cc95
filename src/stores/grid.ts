import { createStore, type StoreApi } from 'zustand/vanilla'
import { TwinError } from '../base/errors.ts'
import type { DayWorst } from '../engines/grid/dayWorst.ts'
import type { BranchDay, GridDay, GridMap, GridSummary } from '../model/grid.ts'
import type { CalibrationReport } from '../model/load.ts'
import type { ScenarioState } from '../model/scenario.ts'
import type { RunOptions } from './ports.ts'
import { createRunStore, type Run } from './run.ts'

export interface GridDayResult {
  readonly day: GridDay
  readonly summary: GridSummary
  readonly worst: DayWorst
  readonly curtailedShare: ReadonlyMap<string, number> // by asset id
  readonly heldBy: ReadonlyMap<string, string> // what takes it, as a sentence, by asset id
  readonly notes: readonly string[] // findings: what was refused or left out
}

/** What this store needs of the outside; the grid worker's client fits it, a stub does in tests. */
export interface GridPort {
  open(options: RunOptions): Promise<{ map: GridMap; calibration: CalibrationReport }>
  runDay(state: ScenarioState, options: RunOptions): Promise<GridDayResult>
  branchDay(branch: number): Promise<BranchDay>
}

export interface GridState {
  readonly map: GridMap | null
  readonly calibration: CalibrationReport | null
  readonly opening: number | null // progress while the grid is built
  readonly run: Run<GridDayResult>
  readonly runOf: ScenarioState | null // what the day was computed for
  readonly baseline: GridDayResult | null // the same day without anything placed
  readonly baselineOf: ScenarioState['settings'] | null // the settings of that day
  readonly error: TwinError | null
  /** Builds the grid once; later calls return at once. */
  open(): Promise<boolean>
  /** Runs a day; the run of an empty plan becomes the baseline. */
  start(state: ScenarioState): Promise<void>
  cancel(): void
  branchDay(branch: number): Promise<BranchDay>
  clear(): void
}

export function createGridStore(port: GridPort): StoreApi<GridState> {
  const days = createRunStore<ScenarioState, GridDayResult>((state, options) => port.runDay(state, options))
  let opening: Promise<boolean> | null = null
  let stop = new AbortController()

  return createStore<GridState>()((set, get) => {
    days.subscribe(({ run, of }) => set({ run, runOf: of }))

    const openOnce = async (): Promise<boolean> => {
      set({ opening: 0, error: null })
      try {
        const { map, calibration } = await port.open({ signal: stop.signal, onProgress: (p) => set({ opening: p }) })
        set({ map, calibration, opening: null })
        return true
      } catch (error) {
        if (!(error instanceof TwinError)) throw error
        set({ opening: null, error: error.code === 'JOB_CANCELLED' ? null : error })
        return false
      } finally {
        opening = null
      }
    }

    return {
      map: null,
      calibration: null,
      opening: null,
      run: days.getState().run,
      runOf: null,
      baseline: null,
      baselineOf: null,
      error: null,

      open() {
        if (get().map) return Promise.resolve(true)
        opening ??= openOnce()
        return opening
      },

      async start(state) {
        if (!(await get().open())) return
        await days.getState().start(state)
        const { run, runOf } = get()
        // what was cancelled or overtaken left the result of another day
        if (run.status === 'done' && runOf === state && state.assets.size === 0)
          set({ baseline: run.result, baselineOf: state.settings })
      },

      cancel() {
        stop.abort()
        stop = new AbortController()
        days.getState().cancel()
      },

      branchDay: (branch) => port.branchDay(branch),

      clear() {
        get().cancel()
        days.getState().clear()
        set({ map: null, calibration: null, opening: null, baseline: null, baselineOf: null, error: null })
      },
    }
  })
}
