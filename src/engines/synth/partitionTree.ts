import { addDemand, type Demand, noDemand, plannedVa } from './demand.ts'

/** A tree cut into groups. A group is connected; its root is its node nearest to the root of the tree. */
export interface Partition {
  readonly group: Int32Array // [n] root node of the group that a node belongs to, -1 where nothing hangs on it
  readonly roots: Int32Array // groups that hold any demand, outermost first
}

/**
 * Cuts a tree into groups from the leaves inwards: branches grow together until their demand or their reach is full;
 * then the one with the largest demand is closed and stands alone.
 *
 * Shapes   n nodes; `order` parents before children; `parent` -1 at roots
 * Units    `capVa` volt-ampere of planned demand; `reachM` longest way from a group's root to its outermost node
 * Cost     O(n log(children))
 */
export function partitionTree(
  order: Int32Array,
  parent: Int32Array,
  edgeM: Float64Array,
  demand: readonly (Demand | undefined)[],
  { capVa, reachM }: { readonly capVa: number; readonly reachM: number },
): Partition {
  const n = parent.length
  const open: (Demand | undefined)[] = new Array(n) // what has grown together below and at a node
  const depthM = new Float64Array(n)
  const closed = new Uint8Array(n) // 1: the group ends here
  const childrenOf: (number[] | undefined)[] = new Array(n)

  for (let k = order.length - 1; k >= 0; k--) {
    const node = order[k]
    const total = noDemand()
    const own = demand[node]
    if (own) addDemand(total, own)
    let depth = 0
    const kept: number[] = []
    for (const child of childrenOf[node] ?? []) {
      const grown = open[child]
      if (!grown) continue
      if (depthM[child] + edgeM[child] > reachM) closed[child] = 1
      else {
        kept.push(child)
        addDemand(total, grown)
      }
    }
    // the largest goes first: it is nearest to full, and the small ones go on together
    kept.sort((a, b) => (open[b] as Demand).w - (open[a] as Demand).w || a - b)
    let left = kept.length
    for (const child of kept) {
      if (plannedVa(total) <= capVa) break
      if (left === 1 && !own) break
      closed[child] = 1
      left--
      const grown = open[child] as Demand
      total.w -= grown.w
      total.var -= grown.var
      total.q -= grown.q
    }
    for (const child of kept) if (!closed[child]) depth = Math.max(depth, depthM[child] + edgeM[child])
    if (own || left > 0) {
      open[node] = total
      depthM[node] = depth
    }
    const up = parent[node]
    if (up >= 0) {
      const siblings = childrenOf[up]
      if (siblings) siblings.push(node)
      else childrenOf[up] = [node]
    }
  }

  const group = new Int32Array(n).fill(-1)
  const roots: number[] = []
  for (const node of order) {
    if (!open[node]) continue
    const up = parent[node]
    const belongs = !closed[node] && up >= 0 && group[up] >= 0
    group[node] = belongs ? group[up] : node
    if (!belongs) roots.push(node)
  }
  return { group, roots: Int32Array.from(roots.reverse()) }
}
