import type { TreeHash } from './merkle.ts'

/** The right edge of a growing RFC 9162 tree: enough to append and to give the root, in O(log n) memory. */
export interface Frontier {
  readonly size: number
  append(leaf: Uint8Array): void
  root(): Uint8Array
}

export function createFrontier(tree: TreeHash): Frontier {
  const peaks: Uint8Array[] = [] // roots of full subtrees, largest first
  let size = 0
  return {
    get size() {
      return size
    },
    append(leaf) {
      let node = leaf
      for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) node = tree.node(peaks.pop()!, node)
      peaks.push(node)
      size++
    },
    root() {
      if (size === 0) return tree.empty()
      let node = peaks[peaks.length - 1]!
      for (let i = peaks.length - 2; i >= 0; i--) node = tree.node(peaks[i]!, node)
      return node
    },
  }
}
