/**
 * Order in which to eliminate the unknowns of a symmetric sparse matrix so that little fills in: always the one with
 * the fewest neighbours left, the lowest index among equals.
 *
 * Shapes   n rows; row i owns `col[rowStart[i] .. rowStart[i + 1]]`, the diagonal may be among them
 * Returns  `order` (position → unknown) and the neighbours each had when it went: the pattern of its row of U
 * Cost     O(n + fill) on a tree, where nothing fills in
 * Source   minimum degree, George & Liu, SIAM Review 31(1), 1989; plain elimination graph, no quotient
 */
export function minDegreeOrder(
  n: number,
  rowStart: Int32Array,
  col: Int32Array,
): { order: Int32Array; upper: readonly Int32Array[] } {
  const neighbours: Set<number>[] = []
  for (let i = 0; i < n; i++) {
    const own = new Set<number>()
    for (let s = rowStart[i]; s < rowStart[i + 1]; s++) if (col[s] !== i) own.add(col[s])
    neighbours.push(own)
  }
  // one heap of unknowns per degree; entries whose degree has changed since are skipped
  const byDegree: number[][] = []
  const file = (i: number): void => {
    const d = neighbours[i].size
    while (byDegree.length <= d) byDegree.push([])
    push(byDegree[d], i)
  }
  for (let i = 0; i < n; i++) file(i)

  const gone = new Uint8Array(n)
  const order = new Int32Array(n)
  const upper: Int32Array[] = []
  let d = 0
  for (let at = 0; at < n; ) {
    while (byDegree[d].length === 0) d++
    const i = pop(byDegree[d])
    if (gone[i] || neighbours[i].size !== d) continue
    gone[i] = 1
    order[at++] = i
    const left = Int32Array.from(neighbours[i])
    upper.push(left)
    for (const a of left) {
      neighbours[a].delete(i)
      for (const b of left) if (a !== b) neighbours[a].add(b)
    }
    for (const a of left) {
      file(a)
      if (neighbours[a].size < d) d = neighbours[a].size
    }
  }
  return { order, upper }
}

function push(heap: number[], value: number): void {
  let at = heap.push(value) - 1
  while (at > 0) {
    const up = (at - 1) >> 1
    if (heap[up] <= value) break
    heap[at] = heap[up]
    at = up
  }
  heap[at] = value
}

function pop(heap: number[]): number {
  const top = heap[0]
  const last = heap.pop() as number
  const n = heap.length
  if (n === 0) return top
  let at = 0
  for (;;) {
    let down = 2 * at + 1
    if (down >= n) break
    if (down + 1 < n && heap[down + 1] < heap[down]) down++
    if (heap[down] >= last) break
    heap[at] = heap[down]
    at = down
  }
  heap[at] = last
  return top
}
