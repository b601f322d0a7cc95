import type { StreetGraph } from './streetGraph.ts'

/** The cheapest way from each node to its root. Nodes stand in `order` from the roots outwards. */
export interface ShortestTree {
  readonly parent: Int32Array // [n] -1 at roots and at what no root reaches
  readonly lengthM: Float64Array // [n] of the edge to the parent
  readonly root: Int32Array // [n] index into the list of roots, -1 unreached
  readonly order: Int32Array // [reached] parents before children
}

/**
 * Dijkstra from several roots at once. A head start in `handicap` makes a root's area smaller.
 *
 * Cost     O(e log n)
 * Source   E. W. Dijkstra, Numerische Mathematik 1 (1959); equal costs are settled by the lower node
 */
export function growShortestTree(graph: StreetGraph, roots: Int32Array, handicap: Float64Array): ShortestTree {
  const { count, start, to, cost, lengthM } = graph
  const parent = new Int32Array(count).fill(-1)
  const edgeM = new Float64Array(count)
  const root = new Int32Array(count).fill(-1)
  const distance = new Float64Array(count).fill(Infinity)
  const order = new Int32Array(count)
  let settled = 0
  // a binary heap of nodes by distance, with the place of each node in it
  const heap = new Int32Array(count)
  const place = new Int32Array(count).fill(-1)
  let size = 0
  const before = (a: number, b: number): boolean => distance[a] < distance[b] || (distance[a] === distance[b] && a < b)
  const put = (node: number, at: number): void => {
    heap[at] = node
    place[node] = at
  }
  const rise = (node: number, from: number): void => {
    let at = from
    while (at > 0) {
      const up = (at - 1) >> 1
      if (!before(node, heap[up])) break
      put(heap[up], at)
      at = up
    }
    put(node, at)
  }
  const take = (): number => {
    const top = heap[0]
    const last = heap[--size]
    let at = 0
    while (size > 0) {
      let down = 2 * at + 1
      if (down >= size) break
      if (down + 1 < size && before(heap[down + 1], heap[down])) down++
      if (!before(heap[down], last)) break
      put(heap[down], at)
      at = down
    }
    if (size > 0) put(last, at)
    return top
  }
  roots.forEach((node, r) => {
    if (handicap[r] >= distance[node]) return
    distance[node] = handicap[r]
    root[node] = r
    if (place[node] < 0) place[node] = size++
    rise(node, place[node])
  })
  while (size > 0) {
    const node = take()
    place[node] = -2 // settled
    order[settled++] = node
    for (let e = start[node]; e < start[node + 1]; e++) {
      const next = to[e]
      const far = distance[node] + cost[e]
      if (far >= distance[next]) continue
      distance[next] = far
      parent[next] = node
      edgeM[next] = lengthM[e]
      root[next] = root[node]
      if (place[next] < 0) place[next] = size++
      rise(next, place[next])
    }
  }
  return { parent, lengthM: edgeM, root, order: order.slice(0, settled) }
}
