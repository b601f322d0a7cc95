import type { PhaseNetwork } from './phaseNetwork.ts'

/** Nodal admittances of a three-phase network in compressed rows, loads of constant impedance included. */
export interface PhaseMatrixRows {
  readonly rowStart: Int32Array // [n + 1]
  readonly col: Int32Array // [entries] ascending; every row has its diagonal
  readonly re: Float64Array // [entries]
  readonly im: Float64Array // [entries]
  readonly alive: Uint8Array // [n] 1: joined to a given voltage
  readonly unknown: Int32Array // [n] index among the unknowns, -1 for dead and given
  readonly unknowns: Int32Array // [unknowns] node
}

function findAlive({ nodeCount, elements, fixed }: PhaseNetwork): Uint8Array {
  const joined: Set<number>[] = Array.from({ length: nodeCount }, () => new Set())
  for (const { node, y } of elements)
    for (let i = 0; i < node.length; i++)
      for (let j = 0; j < node.length; j++) {
        const o = i * y.n + j
        if (node[i] >= 0 && node[j] >= 0 && i !== j && (y.re[o] !== 0 || y.im[o] !== 0)) joined[node[i]].add(node[j])
      }
  const alive = new Uint8Array(nodeCount)
  const open = fixed.map(({ node }) => node)
  for (const node of open) alive[node] = 1
  while (open.length > 0) {
    for (const next of joined[open.pop() as number]) {
      if (alive[next]) continue
      alive[next] = 1
      open.push(next)
    }
  }
  return alive
}

export function buildPhaseMatrix(network: PhaseNetwork): PhaseMatrixRows {
  const { nodeCount: n, elements, fixed, loads } = network
  const alive = findAlive(network)
  const rows: Map<number, [number, number]>[] = Array.from({ length: n }, (_, i) => new Map([[i, [0, 0]]]))
  const put = (i: number, j: number, re: number, im: number): void => {
    const entry = rows[i].get(j)
    if (entry) {
      entry[0] += re
      entry[1] += im
    } else rows[i].set(j, [re, im])
  }
  for (const { node, y } of elements)
    for (let i = 0; i < node.length; i++)
      for (let j = 0; j < node.length; j++)
        if (node[i] >= 0 && node[j] >= 0) put(node[i], node[j], y.re[i * y.n + j], y.im[i * y.n + j])
  for (let k = 0; k < loads.count; k++) {
    const scale = loads.perVolt[k] * loads.perVolt[k]
    const g = loads.p[k] * loads.pZip[3 * k] * scale
    const b = -loads.q[k] * loads.qZip[3 * k] * scale
    if (g === 0 && b === 0) continue
    const [from, to] = [loads.from[k], loads.to[k]]
    put(from, from, g, b)
    if (to < 0) continue
    put(to, to, g, b)
    put(from, to, -g, -b)
    put(to, from, -g, -b)
  }
  const rowStart = new Int32Array(n + 1)
  for (let i = 0; i < n; i++) rowStart[i + 1] = rowStart[i] + rows[i].size
  const col = new Int32Array(rowStart[n])
  const re = new Float64Array(col.length)
  const im = new Float64Array(col.length)
  for (let i = 0; i < n; i++) {
    let s = rowStart[i]
    for (const [j, value] of [...rows[i]].sort(([a], [b]) => a - b)) {
      col[s] = j
      re[s] = value[0]
      im[s++] = value[1]
    }
  }
  const isGiven = new Uint8Array(n)
  for (const { node } of fixed) isGiven[node] = 1
  const unknown = new Int32Array(n).fill(-1)
  const unknowns: number[] = []
  for (let i = 0; i < n; i++) if (alive[i] && !isGiven[i]) unknown[i] = unknowns.push(i) - 1
  return { rowStart, col, re, im, alive, unknown, unknowns: Int32Array.from(unknowns) }
}
