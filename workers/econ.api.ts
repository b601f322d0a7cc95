import { transfer } from 'comlink'
import { type Steps, within } from '../src/base/steps.ts'
import { type Chance, chanceKey } from '../src/engines/economics/chance.ts'
import { runChance, runDraws } from '../src/engines/economics/draws.ts'
import { type Draws, joinDraws } from '../src/engines/economics/drawTable.ts'
import { runEconomics } from '../src/engines/economics/index.ts'
import type { EconomicsResult, NodeOutcome, RankedNode } from '../src/model/economics.ts'
import type { AssetReport } from '../src/model/plan.ts'
import type { Term } from '../src/networks/network.ts'
import { reportAsset } from '../src/plan/assetReport.ts'
import { type NodeQuestion, outcomeOf, plannedOf } from '../src/plan/nodeOutcome.ts'
import { type NodeRequest, type PlannedNode, planNode } from '../src/plan/plannedNode.ts'
import { type RankingTerms, rankRequests } from '../src/plan/rankNodes.ts'
import { type RuleQuestion, type RuleStudy, runRuleStudy } from '../src/plan/ruleStudy.ts'
import { buffersOf } from './lib/buffers.ts'
import { createJobs } from './lib/jobs.ts'
import type { ProgressSink } from './lib/link.ts'

export interface EconomicsRequest {
  readonly requests: readonly NodeRequest[]
  readonly draws: number
  readonly seed: number
  readonly discountRate: number // a year
}

export interface DrawRequest {
  readonly question: NodeQuestion
  readonly seed: number
  readonly from: number
  readonly to: number
  readonly discountRate: number // a year
}

export interface RankRequest extends RankingTerms {
  readonly requests: readonly NodeRequest[]
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
  let kept: { readonly key: string; readonly chance: Chance } | null = null

  /** Numbers of chance stay while only figures change: what a slider moves is drawn in a third of the time. */
  function* draw({ question, ...range }: DrawRequest): Steps<Draws> {
    const { cash } = plannedOf(question)
    const key = JSON.stringify([range.seed, range.from, range.to, chanceKey(cash)])
    if (kept?.key !== key) {
      kept = null
      kept = { key, chance: yield* within(0, 0.4, runChance(cash, range)) }
    }
    return yield* within(0.4, 1, runDraws(cash, range, kept.chance))
  }

  return {
    evaluate: (job: number, request: EconomicsRequest, progress: ProgressSink): Promise<NodeEconomics[]> =>
      jobs.run(job, evaluate(request), progress),
    /** A range of draws of one node: any split over any number of threads gives the same numbers. */
    async draw(job: number, request: DrawRequest, progress: ProgressSink): Promise<Draws> {
      const drawn = await jobs.run(job, draw(request), progress)
      return transfer(drawn, buffersOf(drawn))
    },
    /** What the draws of one node say, whoever drew them. Chunks in the order of their draws. */
    conclude: (question: NodeQuestion, chunks: readonly Draws[], seed: number, discountRate: number): NodeOutcome =>
      outcomeOf(plannedOf(question), joinDraws(chunks), seed, discountRate),
    /** Every network for one place and one budget. */
    rank: (job: number, { requests, ...terms }: RankRequest, progress: ProgressSink): Promise<RankedNode[]> =>
      jobs.run(job, rankRequests(requests, terms), progress),
    /** A token over years, under the rules in force and under others. */
    study: (job: number, question: RuleQuestion, progress: ProgressSink): Promise<RuleStudy> =>
      jobs.run(job, runRuleStudy(question), progress),
    cancel: jobs.cancel,
  }
}
