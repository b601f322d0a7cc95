import type { EconApi, EconomicsRequest, NodeEconomics } from './econ.api.ts'
import { type JobOptions, openLink, type WorkerEnd } from './lib/link.ts'

/** Node economics as the rest of the product sees it: no worker, no comlink, only promises. */
export interface Economist {
  /** Rejects with NETWORK_RULES, JOB_CANCELLED or WORKER_DIED. Answers in the order of the requests. */
  evaluate(request: EconomicsRequest, options?: JobOptions): Promise<readonly NodeEconomics[]>
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
    ready: link.ready,
    dispose: link.close,
  }
}
