import type { Steps } from '../../base/steps.ts'
import { createPointGrid } from '../../geo/pointGrid.ts'
import type { City } from '../../model/city.ts'
import type { BuildingLoads } from '../../model/load.ts'
import { RULES } from './facts.ts'
import { joinParts } from './joinParts.ts'
import { growShortestTree, type ShortestTree } from './shortestTree.ts'
import { buildStreetGraph, rowsOf, type StreetGraph } from './streetGraph.ts'
import type { Substation } from './substations.ts'

/** The streets, the cheapest way of each to a substation, and where every building meets them. */
export interface Streets {
  readonly graph: StreetGraph
  readonly tree: ShortestTree
  readonly substationNode: Int32Array // [substations]
  readonly joint: Int32Array // [buildings] nearest node
}

/** How often loads are moved between substations at most, and how far a substation's area is pushed back each time. */
const ROUNDS = 6
const PUSH_M = 4000

/** The graph of a city without a single street: its substations and buildings, joined across open ground. */
function withoutStreets(city: City, substations: readonly Substation[]): StreetGraph {
  const { buildings } = city
  const xM = Float64Array.from([...substations.map((s) => s.xM), ...buildings.centreXM])
  const yM = Float64Array.from([...substations.map((s) => s.yM), ...buildings.centreYM])
  return rowsOf(xM, yM, [], [], [])
}

/**
 * Lays out the streets and shares the buildings out among the substations: each to the one that is nearest along the
 * streets, until one would need more than it can hold; then its area shrinks round by round.
 */
export function* layStreets(city: City, loads: BuildingLoads, substations: readonly Substation[]): Steps<Streets> {
  const { buildings } = city
  const streets = buildStreetGraph(city, RULES.jointM.value)
  yield 0.15
  const graph = joinParts(streets.count > 0 ? streets : withoutStreets(city, substations))
  yield 0.4
  const grid = createPointGrid(graph.xM, graph.yM, RULES.jointM.value)
  const joint = new Int32Array(buildings.count)
  for (let b = 0; b < buildings.count; b++)
    joint[b] = grid.nearest(buildings.centreXM[b], buildings.centreYM[b], Infinity)
  const substationNode = Int32Array.from(substations, ({ xM, yM }) => grid.nearest(xM, yM, Infinity))

  const handicap = new Float64Array(substations.length)
  const capW = RULES.substationVa.value * RULES.substationLoading.value
  let tree = growShortestTree(graph, substationNode, handicap)
  for (let round = 0; round < ROUNDS && substations.length > 1; round++) {
    yield 0.5 + (0.5 * round) / ROUNDS
    const sum = new Float64Array(substations.length)
    for (let b = 0; b < buildings.count; b++) sum[tree.root[joint[b]]] += loads.peakW[b]
    let full = true
    for (let s = 0; s < sum.length; s++) {
      if (sum[s] <= capW) continue
      handicap[s] += PUSH_M * (sum[s] / capW - 1)
      full = false
    }
    if (full) break
    tree = growShortestTree(graph, substationNode, handicap)
  }
  return { graph, tree, substationNode, joint }
}
