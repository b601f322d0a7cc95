import type { Draws } from '../src/engines/economics/drawTable.ts'
import type { NodeOutcome, RankedNode } from '../src/model/economics.ts'
import type { NodeQuestion } from '../src/plan/nodeOutcome.ts'
import type { RuleQuestion, RuleStudy } from '../src/plan/ruleStudy.ts'
import type { DrawRequest, EconApi, EconomicsRequest, NodeEconomics, RankRequest } from './econ.api.ts'
import { type JobOptions, openLink, type WorkerEnd } from './lib/link.ts'

/** Node economics as the rest of the product sees it: no worker, no comlink, only promises. */
export interface Economist {
  /** Rejects with NETWORK_RULES, JOB_CANCELLED or WORKER_DIED. Answers in the order of the requests. */
  evaluate(request: EconomicsRequest, options?: JobOptions): Promise<readonly NodeEconomics[]>
  /** A range of draws of one node, to be concluded with the others. */
  draw(request: DrawRequest, options?: JobOptions): Promise<Draws>
  conclude(question: NodeQuestion, chunks: readonly Draws[], seed: number, discountRate: number): Promise<NodeOutcome>
  rank(request: RankRequest, options?: JobOptions): Promise<readonly RankedNode[]>
  study(question: RuleQuestion, options?: JobOptions): Promise<RuleStudy>
  /** Resolves once its thread runs; whatever it needs of the network is there then. */
  ready(): Promise<void>
  dispose(): void
}

const spawn = (): WorkerEnd =>
  new Worker(new URL('./econ.worker.ts', import.meta.url), { type: 'module', name: 'econ' })

export function createEconomist(endpoint: WorkerEnd = spawn()): Economist {
  const link = openLink<EconApi>(endpoint)
  return {
    evaluate: (request, options) =>
      link.run((api, job, sink) => api.evaluate(job, request, sink) as Promise<NodeEconomics[]>, options),
    draw: (request, options) => link.run((api, job, sink) => api.draw(job, request, sink), options),
    conclude: (question, chunks, seed, discountRate) =>
      link.run((api) => api.conclude(question, chunks, seed, discountRate)),
    rank: (request, options) => link.run((api, job, sink) => api.rank(job, request, sink), options),
    study: (question, options) => link.run((api, job, sink) => api.study(job, question, sink), options),
    ready: link.ready,
    dispose: link.close,
  }
}
