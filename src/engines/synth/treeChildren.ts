/** The children of every node of a tree in compressed rows. */
export interface TreeChildren {
  readonly start: Int32Array // [n + 1]
  readonly child: Int32Array
}

export function childrenOf(parent: Int32Array): TreeChildren {
  const start = new Int32Array(parent.length + 1)
  for (const up of parent) if (up >= 0) start[up + 1]++
  for (let i = 0; i < parent.length; i++) start[i + 1] += start[i]
  const next = start.slice(0, parent.length)
  const child = new Int32Array(start[parent.length])
  parent.forEach((up, node) => {
    if (up >= 0) child[next[up]++] = node
  })
  return { start, child }
}
