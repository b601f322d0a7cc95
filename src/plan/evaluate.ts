import { TwinError } from '../base/errors.ts'
import { joinDraws } from '../engines/economics/drawTable.ts'
import { summariseDraws } from '../engines/economics/summary.ts'
import { bestServer } from '../engines/radio/bestServer.ts'
import { summariseCoverage } from '../engines/radio/coverageSummary.ts'
import { coverageModelNamed } from '../engines/radio/transmitterRaster.ts'
import type { CoverageRaster, CoverageSummary } from '../model/coverage.ts'
import type { GridSummary } from '../model/grid.ts'
import { scenarioHash } from '../model/hash.ts'
import type { PlanReport } from '../model/plan.ts'
import type { Provenance } from '../model/provenance.ts'
import { type Scenario, type ScenarioState, settingOf, stateOf } from '../model/scenario.ts'
import { reportAsset } from './assetReport.ts'
import type { Executor, PlanJob, PlanWorld } from './jobs.ts'
import { nodeRequests, type Physics } from './nodeRequests.ts'
import { type NodeRequest, planNode } from './plannedNode.ts'
import { type CoverageGroup, coverageGroups } from './radioPlan.ts'
import { composeReport } from './report.ts'

/** What the grid engine found of a plan: the seam for whoever runs it. */
export interface GridFindings {
  readonly before: GridSummary
  readonly after: GridSummary
  readonly curtailedShare?: ReadonlyMap<string, number> // by asset id
  readonly heldBy?: ReadonlyMap<string, string> // why, by asset id
}

export interface EvaluateOptions {
  readonly people: Float32Array // [buildings]
  readonly seed: number
  readonly draws: number
  readonly startDay: number
  readonly provenance: Omit<Provenance, 'scenarioHash' | 'seed'>
  readonly grid?: (state: ScenarioState) => Promise<GridFindings>
  readonly eras?: ReadonlyMap<string, string>
}

export interface Evaluation {
  readonly report: PlanReport
  readonly coverage: readonly {
    readonly group: CoverageGroup
    readonly raster: CoverageRaster
    readonly summary: CoverageSummary
  }[]
}

/** Draws per job: small enough to share among workers, large enough not to count. */
const CHUNK = 2500

/**
 * Everything a scenario says: coverage, then grid, then economics, each on the one before. The executor may be a pool
 * of any size; chunks are fixed by the scenario alone, so the answer does not depend on it.
 */
export async function evaluateScenario(
  scenario: Scenario,
  world: PlanWorld,
  execute: Executor,
  options: EvaluateOptions,
): Promise<Evaluation> {
  const { people, seed, draws, startDay } = options
  const state = stateOf(scenario)
  const groups = coverageGroups(state.assets.values(), world.city, world.boxes)
  const coverage = await runCoverageJobs(groups, world, execute, people)
  const grid = (await options.grid?.(state)) ?? null

  const physics: Physics = {
    coverage: coverage.map(({ summary }) => summary),
    meta: world.city.meta,
    startDay,
    ...(grid?.curtailedShare ? { curtailedShare: grid.curtailedShare } : {}),
    ...(grid?.heldBy ? { heldBy: grid.heldBy } : {}),
    ...(options.eras ? { eras: options.eras } : {}),
  }
  const requests = nodeRequests(state, physics)
  const discountRate = settingOf(state, 'discount-rate')
  const results = await runEconomicsJobs(requests, execute, { seed, draws, discountRate })
  const hash = scenarioHash(scenario)
  const report = composeReport({
    scenarioHash: hash,
    assets: requests.map((request, i) => reportAsset(planNode(request), results[i])),
    results,
    coverage: physics.coverage,
    grid: grid && { before: grid.before, after: grid.after },
    provenance: { ...options.provenance, scenarioHash: hash, seed },
  })
  return { report, coverage }
}

async function runCoverageJobs(
  groups: readonly CoverageGroup[],
  world: PlanWorld,
  execute: Executor,
  people: Float32Array,
): Promise<Evaluation['coverage']> {
  const jobs = groups.flatMap(({ transmitters, cellM, model }) =>
    transmitters.map((transmitter): PlanJob => ({ engine: 'radio', transmitter, cellM, model })),
  )
  const rasters = (await execute(jobs)).map((result) => {
    if (result.engine === 'radio') return result.raster
    throw new TwinError('WORKER_DIED', 'A radio job was answered by another engine.')
  })
  let taken = 0
  return groups.map((group) => {
    const { transmitters, model } = group
    const mine = rasters.slice(taken, taken + transmitters.length)
    taken += transmitters.length
    const raster = bestServer(model, transmitters, mine)
    const { sigmaDb } = coverageModelNamed(model)
    return { group, raster, summary: summariseCoverage(raster, transmitters, sigmaDb, world.city.buildings, people) }
  })
}

async function runEconomicsJobs(
  requests: readonly NodeRequest[],
  execute: Executor,
  { seed, draws, discountRate }: { seed: number; draws: number; discountRate: number },
) {
  const chunks = Array.from({ length: Math.ceil(draws / CHUNK) }, (_, i) => [
    i * CHUNK,
    Math.min(draws, (i + 1) * CHUNK),
  ])
  const jobs = requests.flatMap((request) =>
    chunks.map(([from, to]): PlanJob => ({ engine: 'economics', request, seed, from, to, discountRate })),
  )
  const answers = await execute(jobs)
  return requests.map((request, i) => {
    const mine = answers.slice(i * chunks.length, (i + 1) * chunks.length).map((answer) => {
      if (answer.engine === 'economics') return answer.draws
      throw new TwinError('WORKER_DIED', 'An economics job was answered by another engine.')
    })
    return summariseDraws(planNode(request).cash, joinDraws(mine), seed, discountRate)
  })
}
