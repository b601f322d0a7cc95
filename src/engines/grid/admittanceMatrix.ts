import { admittanceOf } from './branchAdmittance.ts'
import type { Complex } from './complex.ts'
import type { Network } from './network.ts'

/** The nodal admittances of a network in compressed rows, and which of its buses are alive and unknown. */
export interface AdmittanceMatrix {
  readonly rowStart: Int32Array // [n + 1]
  readonly col: Int32Array // [entries] ascending; every row has its diagonal
  readonly re: Float64Array // [entries]
  readonly im: Float64Array // [entries]
  readonly diagonal: Int32Array // [n]
  readonly alive: Uint8Array // [n] 1: joined to a given voltage
  readonly unknown: Int32Array // [n] index among the unknowns, -1 for dead and given
  readonly unknowns: Int32Array // [unknowns] bus
}

/** Buses that a closed path of branches joins to a given voltage. */
function findAlive({ busCount, branches, fixed }: Network): Uint8Array {
  const joined: number[][] = Array.from({ length: busCount }, () => [])
  for (const { from, to, fromClosed, toClosed } of branches) {
    if (!fromClosed || !toClosed) continue
    joined[from].push(to)
    joined[to].push(from)
  }
  const alive = new Uint8Array(busCount)
  const open = fixed.map(({ bus }) => bus)
  for (const bus of open) alive[bus] = 1
  while (open.length > 0) {
    const bus = open.pop() as number
    for (const next of joined[bus]) {
      if (alive[next]) continue
      alive[next] = 1
      open.push(next)
    }
  }
  return alive
}

export function buildAdmittance(network: Network): AdmittanceMatrix {
  const { busCount, branches, fixed } = network
  const rows: Map<number, [number, number]>[] = Array.from({ length: busCount }, (_, i) => new Map([[i, [0, 0]]]))
  const put = (i: number, j: number, { re, im }: Complex): void => {
    const entry = rows[i].get(j)
    if (entry) {
      entry[0] += re
      entry[1] += im
    } else rows[i].set(j, [re, im])
  }
  for (const branch of branches) {
    const { ff, ft, tf, tt } = admittanceOf(branch)
    put(branch.from, branch.from, ff)
    put(branch.to, branch.to, tt)
    if (!branch.fromClosed || !branch.toClosed) continue
    put(branch.from, branch.to, ft)
    put(branch.to, branch.from, tf)
  }
  const rowStart = new Int32Array(busCount + 1)
  for (let i = 0; i < busCount; i++) rowStart[i + 1] = rowStart[i] + rows[i].size
  const col = new Int32Array(rowStart[busCount])
  const re = new Float64Array(col.length)
  const im = new Float64Array(col.length)
  const diagonal = new Int32Array(busCount)
  for (let i = 0; i < busCount; i++) {
    let s = rowStart[i]
    for (const [j, value] of [...rows[i]].sort(([a], [b]) => a - b)) {
      if (j === i) diagonal[i] = s
      col[s] = j
      re[s] = value[0]
      im[s++] = value[1]
    }
  }
  const alive = findAlive(network)
  const given = new Uint8Array(busCount)
  for (const { bus } of fixed) given[bus] = 1
  const unknown = new Int32Array(busCount).fill(-1)
  const unknowns: number[] = []
  for (let i = 0; i < busCount; i++) if (alive[i] && !given[i]) unknown[i] = unknowns.push(i) - 1
  return { rowStart, col, re, im, diagonal, alive, unknown, unknowns: Int32Array.from(unknowns) }
}
