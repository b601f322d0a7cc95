import { TwinError } from '../base/errors.ts'
import { type Steps, within } from '../base/steps.ts'
import { runEconomics } from '../engines/economics/index.ts'
import { ASSET_KIND_INFO, type Asset, type AssetKind } from '../model/asset.ts'
import type { EconomicsResult } from '../model/economics.ts'
import { networks } from '../networks/index.ts'
import { defaultEra, type Site } from '../networks/network.ts'
import { type NodeRequest, planNode } from './plannedNode.ts'
import { typicalSite } from './typicalSite.ts'

/** One place and one budget, for which every network is asked. */
export interface RankingQuestion {
  readonly budgetUsd: number
  readonly onRoof: boolean // only what may stand on or in a building
  readonly site: Partial<Site> // what is known of the place; the rest is typical
  readonly startDay: number
  readonly energyPriceUsd: number
  readonly discountRate: number
  readonly draws: number
  readonly seed: number
}

/** What one kind of node would do there. */
export interface RankedNode {
  readonly network: string
  readonly era: string
  readonly kind: AssetKind
  readonly outlayUsd: number // of one node, at the medians
  readonly affordable: boolean
  readonly result: EconomicsResult
}

/** Of every dollar laid out, what is left in present value: the medians decide, then the bad case. */
const worth = ({ result: { npvUsd, outlayUsd } }: RankedNode, of: 'p10' | 'p50'): number => npvUsd[of] / outlayUsd.p50

/**
 * "This roof, this budget: which network?" Every node that a network pays under the rules in force, at the same place, drawn by
 * the same numbers; what the budget allows first, by value per dollar laid out.
 *
 * Throws   ECONOMICS_INVALID when the budget is no amount of money
 */
export function* rankNodes(question: RankingQuestion): Steps<RankedNode[]> {
  const { budgetUsd, onRoof, site, startDay, energyPriceUsd, discountRate, draws, seed } = question
  if (!(budgetUsd > 0 && budgetUsd < 1e15))
    throw new TwinError('ECONOMICS_INVALID', `The budget is ${budgetUsd}, expected more than 0 USD.`, { budgetUsd })
  const asked = networks.flatMap((network) =>
    network.nodeTypes.flatMap(({ kind }) =>
      defaultEra(network).earn[kind] && (!onRoof || ASSET_KIND_INFO[kind].mayStandInBuilding)
        ? [{ network, kind }]
        : [],
    ),
  )
  const ranked: RankedNode[] = []
  for (const [i, { network, kind }] of asked.entries()) {
    const asset: Asset = { id: 'node', kind, latDeg: 51.13, lonDeg: 71.43, network: network.id, params: {} }
    const request: NodeRequest = {
      asset,
      site: typicalSite(asset, startDay, site),
      energyPriceUsd,
      tokenPriceScale: 1,
    }
    const node = planNode(request)
    const run = runEconomics({ node: node.cash, draws, seed, discountRate })
    const result = yield* within(i / asked.length, (i + 1) / asked.length, run)
    const outlayUsd = result.outlayUsd.p50
    ranked.push({ network: network.id, era: node.era.id, kind, outlayUsd, affordable: outlayUsd <= budgetUsd, result })
  }
  yield 1
  return ranked.sort(
    (a, b) =>
      Number(b.affordable) - Number(a.affordable) ||
      worth(b, 'p50') - worth(a, 'p50') ||
      worth(b, 'p10') - worth(a, 'p10') ||
      (a.network < b.network ? -1 : 1),
  )
}
