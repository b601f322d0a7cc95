import type { NodeOutcome } from '../src/model/economics.ts'
import type { NodeQuestion } from '../src/plan/nodeOutcome.ts'
import { createEconomist, type Economist } from './econ.client.ts'
import type { JobOptions } from './lib/link.ts'

/** One node, drawn so often. */
export interface OutcomeRequest {
  readonly question: NodeQuestion
  readonly draws: number
  readonly seed: number
  readonly discountRate: number // a year
}

/** Several economists that share the draws of one node. */
export interface EconomistPool {
  /** Rejects with NETWORK_RULES, ECONOMICS_INVALID, JOB_CANCELLED or WORKER_DIED. The same bytes for any number of them. */
  outcome(request: OutcomeRequest, options?: JobOptions): Promise<NodeOutcome>
  /** The one that does what cannot be shared. */
  readonly first: Economist
  dispose(): void
}

export function createEconomistPool(size: number, create: () => Economist = createEconomist): EconomistPool {
  const members = Array.from({ length: Math.max(1, size) }, create)
  const first = members[0]!
  return {
    first,
    async outcome({ question, draws, seed, discountRate }, { signal, onProgress } = {}) {
      const at = (i: number): number => Math.round((draws * i) / members.length)
      const done = new Float64Array(members.length)
      const chunks = await Promise.all(
        members.map((member, i) =>
          member.draw(
            { question, seed, from: at(i), to: at(i + 1), discountRate },
            {
              ...(signal ? { signal } : {}),
              onProgress: (fraction) => {
                done[i] = fraction
                onProgress?.(done.reduce((sum, one) => sum + one, 0) / members.length)
              },
            },
          ),
        ),
      )
      return first.conclude(question, chunks, seed, discountRate)
    },
    dispose() {
      for (const member of members) member.dispose()
    },
  }
}
