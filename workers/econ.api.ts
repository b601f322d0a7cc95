import { type Steps, within } from '../src/base/steps.ts'
import { runEconomics } from '../src/engines/economics/index.ts'
import type { EconomicsResult } from '../src/model/economics.ts'
import type { AssetReport } from '../src/model/plan.ts'
import type { Term } from '../src/networks/network.ts'
import { reportAsset } from '../src/plan/assetReport.ts'
import { type NodeRequest, type PlannedNode, planNode } from '../src/plan/plannedNode.ts'
import { createJobs } from './lib/jobs.ts'
import type { ProgressSink } from './lib/link.ts'

export interface EconomicsRequest {
  readonly requests: readonly NodeRequest[]
  readonly draws: number
  readonly seed: number
  readonly discountRate: number // a year
}

/** One asset's economics: distributions, the report made of them, and why it earns what it earns. */
export interface NodeEconomics {
  readonly assetId: string
  readonly result: EconomicsResult
  readonly report: AssetReport
  readonly terms: readonly Term[] // at the medians
}

export type EconApi = ReturnType<typeof createEconApi>

const termsOf = ({ run, drivers }: PlannedNode): readonly Term[] =>
  run.terms(Object.fromEntries(drivers.map(({ id, fact }) => [id, fact.value])))

function* evaluate({ requests, draws, seed, discountRate }: EconomicsRequest): Steps<NodeEconomics[]> {
  const answers: NodeEconomics[] = []
  for (const [i, request] of requests.entries()) {
    const node = planNode(request)
    const run = runEconomics({ node: node.cash, draws, seed, discountRate })
    const result = yield* within(i / requests.length, (i + 1) / requests.length, run)
    answers.push({ assetId: node.asset.id, result, report: reportAsset(node, result), terms: termsOf(node) })
  }
  yield 1
  return answers
}

/** What the economics worker can do. Runs on any thread, so tests call it without one. */
export function createEconApi() {
  const jobs = createJobs()
  return {
    evaluate: (job: number, request: EconomicsRequest, progress: ProgressSink): Promise<NodeEconomics[]> =>
      jobs.run(job, evaluate(request), progress),
    cancel: jobs.cancel,
  }
}
