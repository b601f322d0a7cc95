import { transfer } from 'comlink'
import { TwinError } from '../src/base/errors.ts'
import type { Finding } from '../src/base/findings.ts'
import { type Steps, within } from '../src/base/steps.ts'
import { branchDayOf, busDayOf } from '../src/engines/grid/branchDay.ts'
import { type DayWorst, worstOfDay } from '../src/engines/grid/dayWorst.ts'
import { decodeCity } from '../src/formats/cityFile/decodeCity.ts'
import type { Asset } from '../src/model/asset.ts'
import type { City } from '../src/model/city.ts'
import type { GridStation, GridSubstation } from '../src/model/distributionGrid.ts'
import type { BranchDay, BusDay, GridDay, GridMap, GridSummary } from '../src/model/grid.ts'
import type { CalibrationReport, DayLoads } from '../src/model/load.ts'
import type { ScenarioState, SettingId } from '../src/model/scenario.ts'
import type { Attachment } from '../src/plan/attachAssets.ts'
import {
  buildingDayOf,
  type CityGrid,
  type CityGridDay,
  GRID_ENGINES,
  GRID_SEED,
  openCityGrid,
  runCityGridDay,
} from '../src/plan/cityGrid.ts'
import { curtailments, heldByGrid } from '../src/plan/curtailment.ts'
import { GRID_FACTS, type GridFact } from '../src/plan/gridFacts.ts'
import { createJobs } from './lib/jobs.ts'
import type { ProgressSink } from './lib/link.ts'

/** A city's grid as the page sees it. */
export interface GridOpened {
  readonly map: GridMap
  readonly substations: readonly GridSubstation[]
  readonly stations: readonly GridStation[]
  readonly calibration: CalibrationReport
  readonly facts: readonly GridFact[] // everything it rests on
  readonly findings: readonly Finding[]
}

/** What of a scenario decides a day. */
export interface GridDayInput {
  readonly assets: readonly Asset[]
  readonly settings: readonly (readonly [SettingId, number])[]
}

/** A solved day with what its provenance block needs. */
export interface GridDayResult {
  readonly day: GridDay
  readonly summary: GridSummary
  readonly worst: DayWorst
  readonly attachments: readonly Attachment[]
  readonly curtailedShare: ReadonlyMap<string, number> // by asset id: energy that a full line above it cannot carry
  readonly heldBy: ReadonlyMap<string, string> // which one, as a sentence
  readonly findings: readonly Finding[]
  readonly engines: Readonly<Record<string, string>> // id → version
  readonly seed: string
}

const WORST = 20

const stateOf = ({ assets, settings }: GridDayInput): ScenarioState => ({
  assets: new Map(assets.map((asset) => [asset.id, asset])),
  settings: new Map(settings),
  facts: new Map(),
})

/** Settings that decide what the buildings draw; while they stand, their day is kept. */
const loadKey = (input: GridDayInput): string =>
  JSON.stringify(input.settings.filter(([id]) => id === 'day-of-year' || id === 'load-scale').sort())

function checkIndex(what: string, index: number, count: number): void {
  if (Number.isInteger(index) && index >= 0 && index < count) return
  throw new TwinError('GRID_INVALID', `There is no ${what} ${index}, expected 0 to ${count - 1}.`, { index, count })
}

export type GridApi = ReturnType<typeof createGridApi>

/** What the grid worker can do. Runs on any thread, so tests call it without one. */
export function createGridApi() {
  const jobs = createJobs()
  let base: CityGrid | null = null
  let last: CityGridDay | null = null
  let kept: { readonly key: string; readonly loads: DayLoads } | null = null

  const opened = (): CityGrid => {
    if (!base) throw new TwinError('GRID_INVALID', 'No city is open in the grid worker; open one first.')
    return base
  }
  const solved = (): CityGridDay => {
    if (!last) throw new TwinError('GRID_INVALID', 'No day is solved in the grid worker; run one first.')
    return last
  }
  function* runDay(input: GridDayInput): Steps<CityGridDay> {
    const city = opened()
    const state = stateOf(input)
    const key = loadKey(input)
    if (kept?.key !== key) kept = { key, loads: yield* within(0, 0.15, buildingDayOf(city, state)) }
    return yield* within(0.15, 1, runCityGridDay(city, state, kept.loads))
  }

  return {
    /** Synthesises the grid of a city, given as its model or as the bytes of a city file. */
    async open(job: number, city: City | ArrayBuffer, progress: ProgressSink): Promise<GridOpened> {
      const model = city instanceof ArrayBuffer ? decodeCity(new Uint8Array(city), 'city') : city
      const next = await jobs.run(job, openCityGrid(model), progress)
      base = next
      last = null
      kept = null
      const { grid, calibration, findings } = next
      return {
        map: grid.map,
        substations: grid.substations,
        stations: grid.stations,
        calibration,
        facts: GRID_FACTS,
        findings,
      }
    },

    /** Solves a day. The large columns move to the caller; what single branches need stays here. */
    async runDay(job: number, input: GridDayInput, progress: ProgressSink): Promise<GridDayResult> {
      const result = await jobs.run(job, runDay(input), progress)
      const { day, summary, attachments, findings } = result
      const worst = worstOfDay(day, opened().grid.map, WORST)
      last = result
      const answer: GridDayResult = {
        day,
        summary,
        worst,
        attachments,
        ...heldByGrid(curtailments(opened().grid.map, day, attachments, result.injections.extra)),
        findings,
        engines: GRID_ENGINES,
        seed: GRID_SEED,
      }
      return transfer(answer, [day.vPu.buffer, day.loading.buffer] as ArrayBuffer[])
    },

    /** One branch of the day last solved. */
    branchDay(branch: number): BranchDay {
      const { grid } = opened()
      checkIndex('branch', branch, grid.map.branchCount)
      return branchDayOf(grid, solved().injections, branch)
    },

    /** One bus of the day last solved. */
    busDay(bus: number): BusDay {
      const { grid } = opened()
      checkIndex('bus', bus, grid.map.busCount)
      return busDayOf(grid, solved().injections, bus)
    },

    cancel: jobs.cancel,
  }
}
