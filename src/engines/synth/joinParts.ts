import { createPointGrid } from '../../geo/pointGrid.ts'
import { RULES } from './facts.ts'
import { rowsOf, type StreetGraph } from './streetGraph.ts'

/** The part of the graph that each node belongs to, named by its lowest node. */
function partsOf({ count, start, to }: StreetGraph): Int32Array {
  const part = new Int32Array(count).fill(-1)
  const open: number[] = []
  for (let i = 0; i < count; i++) {
    if (part[i] >= 0) continue
    part[i] = i
    open.push(i)
    while (open.length > 0) {
      const at = open.pop() as number
      for (let e = start[at]; e < start[at + 1]; e++) {
        if (part[to[e]] >= 0) continue
        part[to[e]] = i
        open.push(to[e])
      }
    }
  }
  return part
}

/**
 * Joins a street graph that falls apart: every part gets a straight edge to the nearest node of another, until all hang
 * together. Few passes, since the number of parts at least halves in each.
 */
export function joinParts(graph: StreetGraph): StreetGraph {
  let joined = graph
  const grid = createPointGrid(graph.xM, graph.yM, 100)
  for (;;) {
    const part = partsOf(joined)
    const size = new Map<number, number>()
    for (const p of part) size.set(p, (size.get(p) ?? 0) + 1)
    if (size.size <= 1) return joined
    let largest = -1
    for (const [p, n] of size) if (n > (size.get(largest) ?? 0)) largest = p
    const best = new Map<number, { from: number; to: number; square: number }>()
    for (let i = 0; i < joined.count; i++) {
      if (part[i] === largest) continue
      const known = best.get(part[i])
      const reach = known ? Math.sqrt(known.square) : Infinity
      const other = grid.nearest(joined.xM[i], joined.yM[i], reach, (j) => part[j] !== part[i])
      if (other < 0) continue
      const dx = joined.xM[i] - joined.xM[other]
      const dy = joined.yM[i] - joined.yM[other]
      const square = dx * dx + dy * dy
      if (!known || square < known.square) best.set(part[i], { from: i, to: other, square })
    }
    joined = withEdges(joined, [...best.values()])
  }
}

/** The graph with further edges. Two parts that chose each other get one edge between the same nodes, not two. */
function withEdges(graph: StreetGraph, added: readonly { from: number; to: number }[]): StreetGraph {
  const from: number[] = []
  const to: number[] = []
  const dearer: number[] = []
  for (let i = 0; i < graph.count; i++) {
    for (let e = graph.start[i]; e < graph.start[i + 1]; e++) {
      if (graph.to[e] < i) continue
      from.push(i)
      to.push(graph.to[e])
      dearer.push(graph.lengthM[e] > 0 ? graph.cost[e] / graph.lengthM[e] : 1)
    }
  }
  const seen = new Set<string>()
  for (const edge of added) {
    const key = edge.from < edge.to ? `${edge.from} ${edge.to}` : `${edge.to} ${edge.from}`
    if (seen.has(key)) continue
    seen.add(key)
    from.push(edge.from)
    to.push(edge.to)
    dearer.push(RULES.overlandCost.value)
  }
  return rowsOf(graph.xM, graph.yM, from, to, dearer)
}
