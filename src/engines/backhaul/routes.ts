import { createKeyHeap } from '../../base/keyHeap.ts'
import type { BackhaulFlow, BackhaulLink } from './input.ts'

/** A network as columns. Arc 2 l leads along link l, arc 2 l + 1 against it. */
export interface Topology {
  readonly nodes: number
  readonly index: ReadonlyMap<string, number>
  readonly arcStart: Uint32Array // [nodes + 1]
  readonly arcs: Uint32Array // arcs leaving each node, rising
  readonly arcTo: Uint32Array // [2 links]
  readonly delayS: Float64Array // [links]
}

export function topologyOf(links: readonly BackhaulLink[]): Topology {
  const index = new Map<string, number>()
  const at = (node: string): number => {
    const known = index.get(node)
    if (known !== undefined) return known
    index.set(node, index.size)
    return index.size - 1
  }
  const ends = links.map(({ from, to }) => [at(from), at(to)] as const)
  const nodes = index.size
  const leaving: number[][] = Array.from({ length: nodes }, () => [])
  const arcTo = new Uint32Array(2 * links.length)
  for (const [l, [from, to]] of ends.entries()) {
    leaving[from].push(2 * l)
    leaving[to].push(2 * l + 1)
    arcTo[2 * l] = to
    arcTo[2 * l + 1] = from
  }
  const arcStart = new Uint32Array(nodes + 1)
  for (let v = 0; v < nodes; v++) arcStart[v + 1] = arcStart[v] + leaving[v].length
  const delayS = Float64Array.from(links, (link) => link.delayS)
  return { nodes, index, arcStart, arcs: Uint32Array.from(leaving.flat()), arcTo, delayS }
}

/**
 * Arc into each node on its way from the source: least delay, then fewest links, then the link listed first. -1 where no
 * way leads; `without` is a link that has failed, -1 for none.
 *
 * Cost     O(arcs log nodes); E. W. Dijkstra, 1959
 */
function treeFrom(source: number, { nodes, arcStart, arcs, arcTo, delayS }: Topology, without: number): Int32Array {
  const distance = new Float64Array(nodes).fill(Infinity)
  const hops = new Int32Array(nodes)
  const via = new Int32Array(nodes).fill(-1)
  const done = new Uint8Array(nodes)
  const heap = createKeyHeap()
  distance[source] = 0
  heap.add(source, 0)
  while (heap.size() > 0) {
    const v = heap.take()
    if (done[v]) continue
    done[v] = 1
    for (let k = arcStart[v]; k < arcStart[v + 1]; k++) {
      const arc = arcs[k]
      if (arc >> 1 === without) continue
      const to = arcTo[arc]
      const far = distance[v] + delayS[arc >> 1]
      if (done[to] || far > distance[to] || (far === distance[to] && hops[v] + 1 >= hops[to])) continue
      distance[to] = far
      hops[to] = hops[v] + 1
      via[to] = arc
      heap.add(to, far)
    }
  }
  return via
}

/** Arcs of each flow from its source to its end; null where no way leads. */
export function routesOf(
  flows: readonly BackhaulFlow[],
  topology: Topology,
  without = -1,
): (readonly number[] | null)[] {
  const trees = new Map<number, Int32Array>()
  return flows.map(({ from, to }) => {
    const source = topology.index.get(from)!
    let via = trees.get(source)
    if (!via) {
      via = treeFrom(source, topology, without)
      trees.set(source, via)
    }
    const route: number[] = []
    let v = topology.index.get(to)!
    while (v !== source) {
      const arc = via[v]
      if (arc < 0) return null
      route.push(arc)
      v = topology.arcTo[arc ^ 1]
    }
    return route.reverse()
  })
}
