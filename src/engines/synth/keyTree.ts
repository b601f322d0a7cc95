/** A tree of streets reduced to what needs a bus: its root, its loaded nodes, and where ways to several of them part. */
export interface KeyTree {
  readonly node: readonly number[] // [keys] root first, parents before children
  readonly parent: readonly number[] // [keys] index of a key, -1 at the root
  readonly chain: readonly (readonly number[])[] // [keys] nodes from the parent, excluded, to this one, included
  readonly lengthM: readonly number[] // [keys] of that way
}

/**
 * Shapes   `nodes` the tree, root first and parents before children; `parentOf` and `edgeM` by node
 */
export function keyTree(
  nodes: readonly number[],
  parentOf: (node: number) => number,
  edgeM: (node: number) => number,
  isLoaded: (node: number) => boolean,
): KeyTree {
  const place = new Map(nodes.map((node, i) => [node, i]))
  const up = nodes.map((node, i) => (i === 0 ? -1 : (place.get(parentOf(node)) as number)))
  const ways = new Int32Array(nodes.length) // loaded branches below
  const alive = new Uint8Array(nodes.length)
  for (let i = nodes.length - 1; i >= 0; i--) {
    alive[i] = isLoaded(nodes[i]) || ways[i] > 0 ? 1 : 0
    if (i > 0 && alive[i]) ways[up[i]]++
  }
  const tree = { node: [] as number[], parent: [] as number[], chain: [] as number[][], lengthM: [] as number[] }
  const keyOf = new Int32Array(nodes.length).fill(-1) // key at or above
  const since: (number[] | undefined)[] = []
  const far = new Float64Array(nodes.length)
  for (let i = 0; i < nodes.length; i++) {
    if (i > 0 && !alive[i]) continue
    const chain = i === 0 ? [] : [...(since[up[i]] ?? []), nodes[i]]
    const length = i === 0 ? 0 : far[up[i]] + edgeM(nodes[i])
    if (i === 0 || isLoaded(nodes[i]) || ways[i] > 1) {
      tree.parent.push(i === 0 ? -1 : keyOf[up[i]])
      tree.chain.push(chain)
      tree.lengthM.push(length)
      keyOf[i] = tree.node.push(nodes[i]) - 1
    } else {
      keyOf[i] = keyOf[up[i]]
      since[i] = chain
      far[i] = length
    }
  }
  return tree
}
