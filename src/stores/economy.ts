import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Asset } from '../model/asset.ts'
import type { NodeOutcome, RankedNode } from '../model/economics.ts'
import type { NodeQuestion } from '../plan/nodeOutcome.ts'
import type { RuleQuestion, RuleStudy } from '../plan/ruleStudy.ts'
import { createRunStore, type RunPort, type RunState } from './run.ts'

export type { NodeQuestion, RuleQuestion, RuleStudy }

/** A question about one node, answered by this many draws. */
export interface OutcomeInput {
  readonly question: NodeQuestion
  readonly draws: number
}

/** Which network for this place and this budget. */
export interface RankingInput {
  readonly budgetUsd: number
  readonly onRoof: boolean // only what may stand on or in a building
  readonly place: RankingPlace | null // null: a typical place
}

export interface RankingPlace {
  readonly latDeg: number
  readonly lonDeg: number
  readonly title: string
}

export type OutcomeState = RunState<OutcomeInput, NodeOutcome>
export type StudyState = RunState<RuleQuestion, RuleStudy>
export type RankingState = RunState<RankingInput, readonly RankedNode[]>

export const createOutcomeStore = (port: RunPort<OutcomeInput, NodeOutcome>) => createRunStore(port)
export const createStudyStore = (port: RunPort<RuleQuestion, RuleStudy>) => createRunStore(port)
export const createRankingStore = (port: RunPort<RankingInput, readonly RankedNode[]>) => createRunStore(port)

/** The page that asks which network suits a place. */
export const RANKING_PAGE = 'which'

export interface NetworkPageState {
  readonly page: string | null // id of a network, or RANKING_PAGE; null: closed
  readonly asset: Asset | null // the placed node that the calculator starts from
  readonly place: RankingPlace | null
  open(page: string, asset?: Asset | null): void
  ask(place: RankingPlace | null): void
  close(): void
}

/** Which network's page lies over the city. */
export const createNetworkPageStore = (page: string | null): StoreApi<NetworkPageState> =>
  createStore<NetworkPageState>()((set) => ({
    page,
    asset: null,
    place: null,
    open: (next, asset = null) => set({ page: next, asset }),
    ask: (place) => set({ page: RANKING_PAGE, place }),
    close: () => set({ page: null, asset: null, place: null }),
  }))
