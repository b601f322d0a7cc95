import { createCableChoice } from './chooseCable.ts'
import { addDemand, type Demand, noDemand } from './demand.ts'
import { MV_CABLES, RULES } from './facts.ts'
import { type KeyTree, keyTree } from './keyTree.ts'
import { partitionTree } from './partitionTree.ts'
import { sizeTree } from './sizeTree.ts'
import type { Station } from './stations.ts'
import type { Streets } from './streets.ts'

export const mediumCables = createCableChoice(MV_CABLES, RULES.feederLoading.value)

/** One bus of a 10 kV feeder before it is built. Bus 0 is the busbar of the substation. */
export interface FeederBus {
  readonly parent: number
  readonly station: number // index of its station, -1 for a joint or the busbar
  readonly lengthM: number
  readonly xM: number
  readonly yM: number
  readonly path: readonly number[]
  readonly choice: number // cable, by `mediumCables`
  readonly dropPu: number // planned, from the busbar
}

export interface Feeder {
  readonly substation: number
  readonly buses: readonly FeederBus[]
}

type Draft = Omit<FeederBus, 'choice' | 'dropPu'> & { readonly demand: Demand }

/**
 * Gathers the stations into 10 kV feeders along the streets. A feeder takes what one cable may carry; from where its
 * stations begin it branches, back to the substation it runs alone.
 */
export function planFeeders(stations: readonly Station[], streets: Streets): Feeder[] {
  const { tree } = streets
  const at = new Map<number, number[]>()
  const demand: (Demand | undefined)[] = new Array(streets.graph.count)
  stations.forEach(({ node, demand: own }, s) => {
    const list = at.get(node)
    if (list) list.push(s)
    else at.set(node, [s])
    demand[node] ??= noDemand()
    addDemand(demand[node] as Demand, own)
  })
  const capVa = RULES.feederVa.value / RULES.growth.value
  const { group, roots } = partitionTree(tree.order, tree.parent, tree.lengthM, demand, { capVa, reachM: Infinity })
  const members = new Map<number, number[]>([...roots].map((root) => [root, []]))
  for (const node of tree.order) if (group[node] >= 0) members.get(group[node])?.push(node)

  return [...roots].map((root) => {
    const substation = tree.root[root]
    const nodes = [...wayTo(root, tree.parent), ...(members.get(root) as number[])]
    const keys = keyTree(
      nodes,
      (node) => tree.parent[node],
      (node) => tree.lengthM[node],
      (node) => at.has(node) && group[node] === root,
    )
    return { substation, buses: sized(draftBuses(keys, stations, at, group, root, streets)) }
  })
}

/** Nodes from the substation to just before a node. */
function wayTo(node: number, parent: Int32Array): number[] {
  const way: number[] = []
  for (let up = parent[node]; up >= 0; up = parent[up]) way.push(up)
  return way.reverse()
}

/** A bus for each station, looped in one after the other where several share a corner, and for each fork. */
function draftBuses(
  keys: KeyTree,
  stations: readonly Station[],
  at: ReadonlyMap<number, readonly number[]>,
  group: Int32Array,
  root: number,
  { graph }: Streets,
): Draft[] {
  const rootNode = keys.node[0]
  const drafts: Draft[] = [
    {
      parent: -1,
      station: -1,
      lengthM: 0,
      xM: graph.xM[rootNode],
      yM: graph.yM[rootNode],
      path: [],
      demand: noDemand(),
    },
  ]
  const exit: number[] = [] // bus at which a key is left again
  keys.node.forEach((node, k) => {
    const isHere = at.has(node) && group[node] === root
    let from = k === 0 ? 0 : exit[keys.parent[k]]
    const own = isHere ? (at.get(node) as readonly number[]) : []
    if (k === 0 && own.length === 0) {
      exit.push(0)
      return
    }
    const corner = k === 0 ? node : keys.node[keys.parent[k]]
    let path = [graph.xM[corner], graph.yM[corner], ...keys.chain[k].flatMap((n) => [graph.xM[n], graph.yM[n]])]
    let lengthM = keys.lengthM[k]
    const add = (xM: number, yM: number, station: number, demand: Demand): void => {
      const start = drafts[from]
      const [bendX, bendY] = [path[0], path[1]]
      const [endX, endY] = path.slice(-2)
      const enter = Math.sqrt((start.xM - bendX) * (start.xM - bendX) + (start.yM - bendY) * (start.yM - bendY))
      const leave = Math.sqrt((xM - endX) * (xM - endX) + (yM - endY) * (yM - endY))
      drafts.push({
        parent: from,
        station,
        lengthM: Math.max(1, enter + lengthM + leave),
        xM,
        yM,
        path: [...(enter > 0 ? [start.xM, start.yM] : []), ...path, ...(leave > 0 ? [xM, yM] : [])],
        demand,
      })
      from = drafts.length - 1
    }
    if (own.length === 0) add(graph.xM[node], graph.yM[node], -1, noDemand())
    for (const s of own) {
      add(stations[s].xM, stations[s].yM, s, stations[s].demand)
      path = [graph.xM[node], graph.yM[node]] // the next one loops back over the corner
      lengthM = 0
    }
    exit.push(from)
  })
  return drafts
}

function sized(drafts: readonly Draft[]): FeederBus[] {
  const { choice, dropPu } = sizeTree(
    {
      parent: drafts.map(({ parent }) => parent),
      lengthM: drafts.map(({ lengthM }) => lengthM),
      demand: drafts.map(({ demand }) => demand),
      ratedV: RULES.mediumV.value,
    },
    mediumCables,
    RULES.mediumDropPu.value,
  )
  return drafts.map(({ demand: _, ...bus }, i) => ({ ...bus, choice: choice[i], dropPu: dropPu[i] }))
}
