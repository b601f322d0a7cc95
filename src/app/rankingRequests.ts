import type { Asset } from '../model/asset.ts'
import { type ScenarioState, settingOf } from '../model/scenario.ts'
import { changesOf } from '../plan/nodeRequests.ts'
import type { NodeRequest } from '../plan/plannedNode.ts'
import { placeableNodes } from '../plan/rankNodes.ts'
import { typicalSite } from '../plan/typicalSite.ts'
import type { RankingInput } from '../stores/economy.ts'
import { type Pipeline, START_DAY } from './pipeline.ts'

/**
 * Every network's node at one place, with what the radio engine and the sun give it there; at no place in particular, the
 * figures of a typical one. Each stands alone: two of them are not weighed against each other.
 */
export async function rankingRequests(
  { onRoof, place }: RankingInput,
  state: ScenarioState,
  pipeline: Pipeline,
): Promise<readonly NodeRequest[]> {
  const nodes = placeableNodes(onRoof, place?.latDeg ?? 51.13, place?.lonDeg ?? 71.43)
  const ofKind = place ? await sitesAt(nodes, state, pipeline) : null
  return nodes.map((asset) => {
    const changes = changesOf(state, asset)
    return {
      asset,
      site: ofKind?.get(asset.kind) ?? typicalSite(asset, START_DAY, {}),
      energyPriceUsd: settingOf(state, 'energy-price'),
      tokenPriceScale: settingOf(state, 'token-price-scale'),
      ...(changes.length > 0 ? { changes } : {}),
    }
  })
}

/** What the place gives to each kind. One of a kind is asked about: two would share what is there. */
async function sitesAt(nodes: readonly Asset[], state: ScenarioState, pipeline: Pipeline) {
  const alone = new Map(nodes.map((node) => [node.kind, node]))
  const assets = new Map([...alone.values()].map((node) => [node.id, node]))
  const requests = await pipeline.requestsFor({ ...state, assets })
  return new Map(requests.map(({ asset, site }) => [asset.kind, site]))
}
