import type { City } from '../../model/city.ts'
import type { BuildingLoads } from '../../model/load.ts'
import { addDemand, type Demand, noDemand, plannedVa } from './demand.ts'
import { RULES } from './facts.ts'
import { partitionTree } from './partitionTree.ts'
import type { Streets } from './streets.ts'

/** A 10/0.4 kV station before it is built. */
export interface Station {
  readonly node: number // street node that its 10 kV cable comes along
  readonly xM: number
  readonly yM: number
  readonly building: number // the one it stands in, -1 for a station of a block
  readonly group: number // root node of its low-voltage area, -1 for a station of one building
  readonly demand: Demand
}

export interface StationPlan {
  readonly stations: readonly Station[]
  readonly group: Int32Array // [nodes] low-voltage area of a node
  readonly buildingsAt: ReadonlyMap<number, readonly number[]> // node → buildings that a block station serves there
}

export const demandOfBuilding = (loads: BuildingLoads, b: number): Demand => ({
  w: loads.peakW[b],
  var: loads.spreadW[b] * loads.spreadW[b],
  q: loads.peakW[b] * loads.tanPhi[b],
})

/**
 * Puts stations where the load is: large buildings get their own; the rest is gathered along the streets into blocks
 * that one station can feed, which stands at the middle of its load.
 */
export function planStations(city: City, loads: BuildingLoads, { graph, tree, joint }: Streets): StationPlan {
  const { buildings } = city
  const stations: Station[] = []
  const atNode: (Demand | undefined)[] = new Array(graph.count)
  const buildingsAt = new Map<number, number[]>()
  for (let b = 0; b < buildings.count; b++) {
    if (buildings.parent[b] >= 0) continue // part of another
    const node = joint[b]
    const demand = demandOfBuilding(loads, b)
    if (loads.peakW[b] >= RULES.ownStationW.value) {
      const [xM, yM] = [buildings.centreXM[b], buildings.centreYM[b]]
      stations.push({ node, xM, yM, building: b, group: -1, demand })
      continue
    }
    atNode[node] ??= noDemand()
    addDemand(atNode[node] as Demand, demand)
    const list = buildingsAt.get(node)
    if (list) list.push(b)
    else buildingsAt.set(node, [b])
  }
  const capVa = (RULES.stationVa.value * RULES.transformerLoading.value) / RULES.growth.value
  const { group, roots } = partitionTree(tree.order, tree.parent, tree.lengthM, atNode, {
    capVa,
    reachM: RULES.lowReachM.value,
  })
  const middle = loadCentres(tree.order, tree.parent, atNode, group)
  for (const root of roots) {
    const { node, demand } = middle.get(root) as { node: number; demand: Demand }
    stations.push({ node, xM: graph.xM[node], yM: graph.yM[node], building: -1, group: root, demand })
  }
  return { stations, group, buildingsAt }
}

/** The node of each group with no more than half of its load on any side: nothing shortens the way of the load further. */
function loadCentres(
  order: Int32Array,
  parent: Int32Array,
  demand: readonly (Demand | undefined)[],
  group: Int32Array,
): Map<number, { node: number; demand: Demand }> {
  const belowW = new Float64Array(parent.length)
  const heaviest = new Int32Array(parent.length).fill(-1) // child with most load, within the group
  const total = new Map<number, Demand>()
  for (let k = order.length - 1; k >= 0; k--) {
    const node = order[k]
    if (group[node] < 0) continue
    const own = demand[node]
    if (own) {
      belowW[node] += own.w
      let sum = total.get(group[node])
      if (!sum) {
        sum = noDemand()
        total.set(group[node], sum)
      }
      addDemand(sum, own)
    }
    const up = parent[node]
    if (group[node] === node || up < 0) continue
    belowW[up] += belowW[node]
    if (heaviest[up] < 0 || belowW[node] > belowW[heaviest[up]]) heaviest[up] = node
  }
  const centres = new Map<number, { node: number; demand: Demand }>()
  for (const [root, sum] of total) {
    let node = root
    while (heaviest[node] >= 0 && belowW[heaviest[node]] > sum.w / 2) node = heaviest[node]
    centres.set(root, { node, demand: sum })
  }
  return centres
}

/** Planned apparent power of a station, growth included. */
export const stationVa = ({ demand }: Station): number => plannedVa(demand) * RULES.growth.value
