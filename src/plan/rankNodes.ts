import { TwinError } from '../base/errors.ts'
import { type Steps, within } from '../base/steps.ts'
import { runEconomics } from '../engines/economics/index.ts'
import { ASSET_KIND_INFO, type Asset } from '../model/asset.ts'
import type { RankedNode } from '../model/economics.ts'
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

/** Of every dollar laid out, what is left in present value: the medians decide, then the bad case. */
const worth = ({ result: { npvUsd, outlayUsd } }: RankedNode, of: 'p10' | 'p50'): number => npvUsd[of] / outlayUsd.p50

/** How nodes that stand ready are put in order. */
export interface RankingTerms {
  readonly budgetUsd: number
  readonly discountRate: number
  readonly draws: number
  readonly seed: number
}

/**
 * Draws nodes by the same numbers and puts in front what the budget allows, by value per dollar laid out.
 *
 * Throws   ECONOMICS_INVALID when the budget is no amount of money
 */
export function* rankRequests(requests: readonly NodeRequest[], terms: RankingTerms): Steps<RankedNode[]> {
  const { budgetUsd, discountRate, draws, seed } = terms
  if (!(budgetUsd > 0 && budgetUsd < 1e15))
    throw new TwinError('ECONOMICS_INVALID', `The budget is ${budgetUsd}, expected more than 0 USD.`, { budgetUsd })
  const ranked: RankedNode[] = []
  for (const [i, request] of requests.entries()) {
    const { cash, network, era, type } = planNode(request)
    const run = runEconomics({ node: cash, draws, seed, discountRate })
    const result = yield* within(i / requests.length, (i + 1) / requests.length, run)
    const outlayUsd = result.outlayUsd.p50
    const affordable = outlayUsd <= budgetUsd
    ranked.push({ network: network.id, era: era.id, kind: type.kind, outlayUsd, affordable, result })
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

/** Every node that some network pays under the rules in force, as assets of one place, in the order of the networks. */
export const placeableNodes = (onRoof: boolean, latDeg: number, lonDeg: number): Asset[] =>
  networks.flatMap((network) =>
    network.nodeTypes.flatMap(({ kind }) =>
      defaultEra(network).earn[kind] && (!onRoof || ASSET_KIND_INFO[kind].mayStandInBuilding)
        ? [{ id: `${network.id}.${kind}`, kind, latDeg, lonDeg, network: network.id, params: {} }]
        : [],
    ),
  )

/** "This roof, this budget: which network?" for a place of which only some figures are known. */
export function* rankNodes(question: RankingQuestion): Steps<RankedNode[]> {
  const { onRoof, site, startDay, energyPriceUsd, ...terms } = question
  const requests = placeableNodes(onRoof, 51.13, 71.43).map((placed): NodeRequest => {
    const asset: Asset = { ...placed, id: 'node' }
    return { asset, site: typicalSite(asset, startDay, site), energyPriceUsd, tokenPriceScale: 1 }
  })
  return yield* rankRequests(requests, terms)
}
