import type { StoreApi } from 'zustand/vanilla'
import { TwinError } from '../base/errors.ts'
import { footprintBoxes } from '../engines/radio/heightField.ts'
import type { City } from '../model/city.ts'
import type { GridSummary } from '../model/grid.ts'
import { hashOf, scenarioHash } from '../model/hash.ts'
import type { PlanReport } from '../model/plan.ts'
import type { Provenance } from '../model/provenance.ts'
import { type Scenario, type ScenarioState, settingOf, stateOf } from '../model/scenario.ts'
import { nodeRequests } from '../plan/nodeRequests.ts'
import type { NodeRequest } from '../plan/plannedNode.ts'
import { coverageGroups } from '../plan/radioPlan.ts'
import { composeReport } from '../plan/report.ts'
import type { CoverageInput, CoverageResult, CoverageRunState } from '../stores/coverage.ts'
import type { GridDayResult, GridState } from '../stores/grid.ts'
import type { PlanInput, PlanRunState } from '../stores/plan.ts'
import type { RunOptions } from '../stores/ports.ts'
import type { ShownPlan } from '../stores/scenario.ts'
import type { Engines } from './engines.ts'

/** Draws of each asset's economics, and the seed they start from: fixed, so that a shared link shows the same figures. */
export const DRAWS = 5000
export const SEED = 1
/** Day on which everything goes into service: the date of the price snapshots, not today, for the same reason. */
export const START_DATE = '2026-12-01'
export const START_DAY = Math.floor(Date.parse(START_DATE) / 86_400_000)

const SETTLE_MS = 120

/** Provenance of a result made on this page. */
export function provenanceOf(version: string, gitHash: string, scenario: Scenario, citySha256: string): Provenance {
  return {
    engine: 'veracity-page',
    version,
    gitHash,
    scenarioHash: scenarioHash(scenario),
    dataHashes: { city: citySha256 },
    seed: SEED,
    createdAt: new Date().toISOString(),
  }
}

export interface PipelineParts {
  readonly engines: Engines
  readonly city: () => City | null
  readonly origin: (scenario: Scenario) => Provenance
}

/** Turns plans into coverage, grid days and reports. The only place that knows in which order. */
export function createPipeline({ engines, city, origin }: PipelineParts) {
  let boxes: { readonly city: City; readonly columns: Float32Array } | null = null

  const coverageInput = (state: ScenarioState): CoverageInput => {
    const own = city()
    if (!own || state.assets.size === 0) return { groups: [] }
    if (boxes?.city !== own) boxes = { city: own, columns: footprintBoxes(own.buildings) }
    return { groups: coverageGroups(state.assets.values(), own, boxes.columns) }
  }

  const runCoverage = async (
    input: CoverageInput,
    options: RunOptions & { onEarly?: (result: CoverageResult) => void },
  ): Promise<CoverageResult> => {
    const groups: CoverageResult['groups'][number][] = []
    for (const [i, { kind, transmitters, cellM, model }] of input.groups.entries()) {
      const sensitivityDbm = Math.min(...transmitters.map((t) => t.sensitivityDbm))
      const answer = await engines.coverage(
        { transmitters, cellM, model },
        {
          ...(options.signal ? { signal: options.signal } : {}),
          onProgress: (p) => options.onProgress?.((i + p) / input.groups.length),
          onCoarse: (coarse) => options.onEarly?.({ groups: [...groups, { kind, sensitivityDbm, ...coarse }] }),
        },
      )
      groups.push({ kind, sensitivityDbm, ...answer })
    }
    return { groups }
  }

  const runReport = async ({ scenario, coverage, grid }: PlanInput, options: RunOptions): Promise<PlanReport> => {
    const state = stateOf(scenario)
    const meta = city()?.meta
    if (!meta) throw new TwinError('CITY_EMPTY', 'The city is still being loaded.')
    const requests = nodeRequests(state, {
      coverage,
      meta,
      startDay: START_DAY,
      ...(grid ? { curtailedShare: grid.curtailedShare, heldBy: grid.heldBy } : {}),
    })
    const answers = await engines.evaluate(
      { requests, draws: DRAWS, seed: SEED, discountRate: settingOf(state, 'discount-rate') },
      options,
    )
    return composeReport({
      scenarioHash: scenarioHash(scenario),
      assets: answers.map((answer) => answer.report),
      results: answers.map(({ result }) => result),
      coverage,
      grid,
      provenance: origin(scenario),
    })
  }

  /** A whole plan at once, beside what is on screen: for comparisons. */
  const evaluate = async (
    scenario: Scenario,
    before: GridSummary | null,
  ): Promise<{ report: PlanReport; grid: GridDayResult | null; coverage: CoverageResult }> => {
    const state = stateOf(scenario)
    const coverage = await runCoverage(coverageInput(state), {})
    const grid = before ? await engines.gridPort.runDay(state, {}) : null
    const report = await runReport(
      {
        scenario,
        coverage: coverage.groups.map((g) => g.summary),
        grid:
          before && grid
            ? { before, after: grid.summary, curtailedShare: grid.curtailedShare, heldBy: grid.heldBy }
            : null,
      },
      {},
    )
    return { report, grid, coverage }
  }

  /** What the place gives to each asset of a state, as the economics ask for it; the grid is not asked. */
  const requestsFor = async (state: ScenarioState): Promise<readonly NodeRequest[]> => {
    const meta = city()?.meta
    if (!meta) throw new TwinError('CITY_EMPTY', 'The city is still being loaded.')
    const { groups } = await runCoverage(coverageInput(state), {})
    return nodeRequests(state, { coverage: groups.map((g) => g.summary), meta, startDay: START_DAY })
  }

  return { coverageInput, runCoverage, runReport, requestsFor, evaluate }
}

export type Pipeline = ReturnType<typeof createPipeline>

interface Followed {
  readonly shown: StoreApi<ShownPlan>
  readonly scenario: () => Scenario
  readonly showsMine: () => boolean
  readonly coverage: StoreApi<CoverageRunState>
  readonly grid: StoreApi<GridState>
  readonly plan: StoreApi<PlanRunState>
  readonly pipeline: Pipeline
  readonly ready: () => boolean
}

/** Keeps the results on screen at the plan on screen: a change settles, then coverage, grid and report follow. */
export function followPlan({
  shown,
  scenario,
  showsMine,
  coverage,
  grid,
  plan,
  pipeline,
  ready,
}: Followed): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let round = 0
  let inHand = false // the baseline on its way is one this asked for

  const baselineStands = ({ settings }: ScenarioState): boolean => {
    const { baselineOf } = grid.getState()
    return baselineOf !== null && hashOf([...baselineOf].sort()) === hashOf([...settings].sort())
  }
  const recompute = async () => {
    const mine = ++round
    inHand = false
    if (!ready()) return
    const { state } = shown.getState()
    const input = pipeline.coverageInput(state)
    const covered =
      input.groups.length > 0 ? coverage.getState().start(input) : Promise.resolve(coverage.getState().clear())
    const { map } = grid.getState()
    if (map && state.assets.size > 0 && !baselineStands(state)) {
      inHand = true
      await grid.getState().start({ ...state, assets: new Map() })
      if (mine !== round) return
      inHand = false
    }
    await Promise.all([covered, map ? grid.getState().start(state) : Promise.resolve()])
    if (mine !== round || !showsMine()) return
    const { result } = coverage.getState().run
    const { baseline, run } = grid.getState()
    await plan.getState().start({
      scenario: scenario(),
      coverage: result?.groups.map((g) => g.summary) ?? [],
      grid:
        baseline && run.result
          ? {
              before: baseline.summary,
              after: run.result.summary,
              curtailedShare: run.result.curtailedShare,
              heldBy: run.result.heldBy,
            }
          : null,
    })
  }
  const later = () => {
    clearTimeout(timer)
    timer = setTimeout(() => void recompute(), SETTLE_MS)
  }
  const offs = [
    shown.subscribe((now, before) => {
      if (now.revision !== before.revision) later()
    }),
    // a grid, or the first day of the unchanged city, brings figures that the report of a plan did not have
    grid.subscribe((now, before) => {
      const opened = now.map !== null && before.map === null
      const based = now.baseline !== null && now.baseline !== before.baseline && !inHand
      if ((opened || based) && shown.getState().state.assets.size > 0) later()
    }),
  ]
  return () => {
    clearTimeout(timer)
    for (const off of offs) off()
  }
}
