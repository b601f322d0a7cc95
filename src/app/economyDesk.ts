import { createEconomistPool, type EconomistPool } from '../../workers/econ.pool.ts'
import { TwinError } from '../base/errors.ts'
import type { NodeOutcome, RankedNode } from '../model/economics.ts'
import { settingOf } from '../model/scenario.ts'
import type { OutcomeInput, RankingInput, RuleQuestion, RuleStudy } from '../stores/economy.ts'
import type { RunOptions } from '../stores/ports.ts'
import type { ScenarioStoreState } from '../stores/scenario.ts'
import { type Pipeline, SEED } from './pipeline.ts'

/** Threads beyond this gain nothing on ten thousand draws. */
const MOST_THREADS = 4
const RANKING_DRAWS = 2000

export interface DeskParts {
  readonly scenario: () => ScenarioStoreState
  readonly pipeline: Pipeline
}

/** What the pages of networks ask of the workers. The threads start with the first question. */
export function createEconomyDesk({ scenario, pipeline }: DeskParts) {
  let pool: EconomistPool | null = null

  const use = async <Result>(work: (own: EconomistPool) => Promise<Result>): Promise<Result> => {
    pool ??= createEconomistPool(Math.min(MOST_THREADS, navigator.hardwareConcurrency || 2))
    const used = pool
    try {
      return await work(used)
    } catch (error) {
      if (error instanceof TwinError && error.code === 'WORKER_DIED' && pool === used) {
        used.dispose()
        pool = null
      }
      throw error
    }
  }
  const discountRate = (): number => settingOf(scenario().state, 'discount-rate')

  return {
    outcome: ({ question, draws }: OutcomeInput, options: RunOptions): Promise<NodeOutcome> =>
      use((own) => own.outcome({ question, draws, seed: SEED, discountRate: discountRate() }, options)),
    study: (question: RuleQuestion, options: RunOptions): Promise<RuleStudy> =>
      use((own) => own.first.study(question, options)),
    async rank(input: RankingInput, options: RunOptions): Promise<readonly RankedNode[]> {
      // what the networks are is read only by who asks for them
      const { rankingRequests } = await import('./rankingRequests.ts')
      const requests = await rankingRequests(input, scenario().state, pipeline)
      const terms = { budgetUsd: input.budgetUsd, discountRate: discountRate(), draws: RANKING_DRAWS, seed: SEED }
      return use((own) => own.first.rank({ requests, ...terms }, options))
    },
  }
}
