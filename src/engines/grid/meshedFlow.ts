import { type AdmittanceMatrix, buildAdmittance } from './admittanceMatrix.ts'
import { createFactors, type LuPlan, planLu } from './blockLu.ts'
import type { Network } from './network.ts'
import type { FlowReport } from './radialFlow.ts'

/** Everything the general solvers share: matrix, factor layout, voltages and scratch. Built once per topology. */
export interface MeshedProblem {
  readonly network: Network
  readonly y: AdmittanceMatrix
  readonly plan: LuPlan
  readonly entryRow: Int32Array // [pattern entries] bus of the row
  readonly entry: Int32Array // [pattern entries] entry of `y`
  readonly factors: Float64Array
  readonly vRe: Float64Array // [n] result; 0 at a dead bus
  readonly vIm: Float64Array // [n]
  readonly rhs: Float64Array // [2 unknowns]
  readonly work: Float64Array // [2 unknowns]
  readonly report: FlowReport
}

export interface MeshedOptions {
  readonly tolerance?: number // pu of voltage
  readonly maxIterations?: number
}

/** Lays out a network for the general solvers. Voltages start at those given, everything else at 0. */
export function createMeshedProblem(network: Network): MeshedProblem {
  const y = buildAdmittance(network)
  const n = y.unknowns.length
  const rowStart = new Int32Array(n + 1)
  const col: number[] = []
  const entry: number[] = []
  const entryRow: number[] = []
  for (let u = 0; u < n; u++) {
    const bus = y.unknowns[u]
    for (let s = y.rowStart[bus]; s < y.rowStart[bus + 1]; s++) {
      const other = y.unknown[y.col[s]]
      if (other < 0) continue
      col.push(other)
      entry.push(s)
      entryRow.push(bus)
    }
    rowStart[u + 1] = col.length
  }
  const plan = planLu(n, rowStart, Int32Array.from(col))
  return {
    network,
    y,
    plan,
    entry: Int32Array.from(entry),
    entryRow: Int32Array.from(entryRow),
    factors: createFactors(plan),
    vRe: new Float64Array(network.busCount),
    vIm: new Float64Array(network.busCount),
    rhs: new Float64Array(2 * n),
    work: new Float64Array(2 * n),
    report: { converged: false, iterations: 0, mismatchPu: NaN, worstBus: -1 },
  }
}

export function holdGiven({ network, vRe, vIm }: MeshedProblem): void {
  for (const { bus, v } of network.fixed) {
    vRe[bus] = v.re
    vIm[bus] = v.im
  }
}

/** Current into the network at a bus: (Y V) of its row. Written to `sum`. */
export const sum = new Float64Array(2)

export function rowCurrent({ y, vRe, vIm }: MeshedProblem, bus: number): void {
  let re = 0
  let im = 0
  for (let s = y.rowStart[bus]; s < y.rowStart[bus + 1]; s++) {
    const j = y.col[s]
    re += y.re[s] * vRe[j] - y.im[s] * vIm[j]
    im += y.re[s] * vIm[j] + y.im[s] * vRe[j]
  }
  sum[0] = re
  sum[1] = im
}

/** What a bus draws at its present voltage, p and q, written to `sum`. */
export function demandAt({ network, vRe, vIm }: MeshedProblem, bus: number): void {
  const { power, current, impedance } = network.demand
  const square = vRe[bus] * vRe[bus] + vIm[bus] * vIm[bus]
  const size = Math.sqrt(square)
  sum[0] = power[2 * bus] + current[2 * bus] * size + impedance[2 * bus] * square
  sum[1] = power[2 * bus + 1] + current[2 * bus + 1] * size + impedance[2 * bus + 1] * square
}
