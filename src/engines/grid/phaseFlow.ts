import { createFactors, factorise, type LuPlan, planLu } from './blockLu.ts'
import { complexFactors, substituteComplex } from './complexLu.ts'
import type { MeshedOptions } from './meshedFlow.ts'
import { loadCurrent, partCurrent } from './phaseLoads.ts'
import { buildPhaseMatrix, type PhaseMatrixRows } from './phaseMatrixRows.ts'
import type { PhaseNetwork } from './phaseNetwork.ts'
import type { FlowReport } from './radialFlow.ts'

/** A voltage that moves this far in one iteration has no solution ahead of it. */
const RUNAWAY_PU = 1e6

/** Matrix, factors, voltages and scratch of one three-phase network. Built once per topology. */
export interface PhaseProblem {
  readonly network: PhaseNetwork
  readonly y: PhaseMatrixRows
  readonly plan: LuPlan
  readonly factors: Float64Array // [blocks of the plan, 2] complex
  readonly given: Float64Array // [2 unknowns] current that the given voltages drive into the unknown ones
  readonly vRe: Float64Array // [n] result; 0 at a dead node
  readonly vIm: Float64Array // [n]
  readonly rhs: Float64Array // [2 unknowns]
  readonly work: Float64Array // [2 unknowns]
  readonly report: FlowReport
  readonly singular: number // node at which the matrix is singular, else -1
}

/** Lays out and factorises a network, once for any number of load states. */
export function createPhaseProblem(network: PhaseNetwork): PhaseProblem {
  const y = buildPhaseMatrix(network)
  const n = y.unknowns.length
  const rowStart = new Int32Array(n + 1)
  const col: number[] = []
  const entry: number[] = []
  for (let u = 0; u < n; u++) {
    const node = y.unknowns[u]
    for (let s = y.rowStart[node]; s < y.rowStart[node + 1]; s++) {
      const other = y.unknown[y.col[s]]
      if (other < 0) continue
      col.push(other)
      entry.push(s)
    }
    rowStart[u + 1] = col.length
  }
  const plan = planLu(n, rowStart, Int32Array.from(col))
  const blocks = createFactors(plan)
  entry.forEach((s, e) => {
    const o = 4 * plan.slot[e]
    blocks[o] = y.re[s]
    blocks[o + 1] = -y.im[s]
    blocks[o + 2] = y.im[s]
    blocks[o + 3] = y.re[s]
  })
  const singular = factorise(plan, blocks)
  const vRe = new Float64Array(network.nodeCount)
  const vIm = new Float64Array(network.nodeCount)
  for (const { node, v } of network.fixed) {
    vRe[node] = v.re
    vIm[node] = v.im
  }
  const given = new Float64Array(2 * n)
  for (let u = 0; u < n; u++) {
    const node = y.unknowns[u]
    for (let s = y.rowStart[node]; s < y.rowStart[node + 1]; s++) {
      const j = y.col[s]
      if (y.unknown[j] >= 0) continue // dead nodes are at 0 and give nothing
      given[2 * u] -= y.re[s] * vRe[j] - y.im[s] * vIm[j]
      given[2 * u + 1] -= y.re[s] * vIm[j] + y.im[s] * vRe[j]
    }
  }
  return {
    network,
    y,
    plan,
    factors: complexFactors(plan, blocks),
    given,
    vRe,
    vIm,
    rhs: new Float64Array(2 * n),
    work: new Float64Array(2 * n),
    report: { converged: false, iterations: 0, mismatchPu: NaN, worstBus: -1 },
    singular: singular < 0 ? -1 : y.unknowns[singular],
  }
}

/** Takes the solved unknowns over as voltages. Returns the largest move and leaves its node in the report. */
function takeVoltages({ y, vRe, vIm, rhs, report }: PhaseProblem): number {
  const { unknowns } = y
  let moved = 0
  for (let u = 0; u < unknowns.length; u++) {
    const node = unknowns[u]
    const dRe = rhs[2 * u] - vRe[node]
    const dIm = rhs[2 * u + 1] - vIm[node]
    const d = dRe * dRe + dIm * dIm
    if (Number.isNaN(d)) return NaN // the worst stays the node that moved most while there were numbers
    if (d > moved) {
      moved = d
      report.worstBus = node
    }
    vRe[node] = rhs[2 * u]
    vIm[node] = rhs[2 * u + 1]
  }
  return Math.sqrt(moved)
}

/**
 * Voltages without loads other than impedances: the start of the iteration, right in phase behind any transformer.
 *
 * Writes   voltages of `problem`
 */
export function startPhaseFlow(problem: PhaseProblem): void {
  problem.rhs.set(problem.given)
  substituteComplex(problem.plan, problem.factors, problem.rhs, problem.rhs, problem.work)
  takeVoltages(problem)
}

/**
 * Iterative current injection with all phases coupled: Y V = given - what the loads draw beyond their impedances.
 *
 * Shapes   `factor`: load factor of each row of the loads, or null for 1
 * Writes   voltages and report of `problem`; allocates nothing. Begins at the voltages it finds.
 * Cost     O(fill) an iteration on the one factorisation; converges linearly, fast where loads are small against Y
 * Source   Garcia et al., "Three-phase power flow calculations using the current injection method", IEEE TPWRS 15(2), 2000
 */
export function solvePhaseFlow(
  problem: PhaseProblem,
  factor: Float64Array | null = null,
  { tolerance = 1e-8, maxIterations = 200 }: MeshedOptions = {},
): void {
  const { network, y, vRe, vIm, rhs, given, work, plan, factors, report } = problem
  const { loads } = network
  const { from, to, count } = loads
  const { unknown } = y
  report.converged = false
  report.iterations = 0
  report.mismatchPu = NaN
  report.worstBus = problem.singular
  if (problem.singular >= 0) return
  let moved = 1
  // beyond that the voltages only grow, and soon are no numbers that could say where
  while (report.iterations < maxIterations && moved >= tolerance && moved < RUNAWAY_PU) {
    report.iterations++
    rhs.set(given)
    for (let k = 0; k < count; k++) {
      loadCurrent(loads, k, factor === null ? 1 : factor[k], vRe, vIm, true)
      const a = unknown[from[k]]
      if (a >= 0) {
        rhs[2 * a] -= partCurrent[0]
        rhs[2 * a + 1] -= partCurrent[1]
      }
      const b = to[k] < 0 ? -1 : unknown[to[k]]
      if (b >= 0) {
        rhs[2 * b] += partCurrent[0]
        rhs[2 * b + 1] += partCurrent[1]
      }
    }
    substituteComplex(plan, factors, rhs, rhs, work)
    moved = takeVoltages(problem)
  }
  report.converged = moved < tolerance
  report.mismatchPu = moved
}
