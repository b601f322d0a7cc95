import { TwinError } from '../../base/errors.ts'
import type { GridCase } from '../../model/gridCase.ts'
import type { GridSolution } from '../../model/gridSolution.ts'
import { type BuiltNetwork, buildNetwork } from './buildNetwork.ts'
import { readSolution } from './caseResults.ts'
import { solveCurrentFlow } from './currentFlow.ts'
import { createMeshedProblem, demandAt, holdGiven, type MeshedProblem, rowCurrent, sum } from './meshedFlow.ts'
import { solveNewtonFlow } from './newtonFlow.ts'
import { solveSweepFlow, whyNotRadial } from './sweepFlow.ts'

export const FLOW_METHODS = ['auto', 'sweep', 'current', 'newton'] as const
export type FlowMethod = (typeof FLOW_METHODS)[number]

export interface SolveOptions {
  readonly method?: FlowMethod
  readonly tolerance?: number // pu of voltage
  readonly maxIterations?: number
}

/** The method that suits: Newton where voltages are held, the sweep for what is radial, iterative current for the rest. */
function choose(network: BuiltNetwork): Exclude<FlowMethod, 'auto'> {
  if (network.held.length > 0) return 'newton'
  return whyNotRadial(network) === null ? 'sweep' : 'current'
}

/** Worst power mismatch over the buses whose voltage was solved for, and its bus. */
function mismatchOf(problem: MeshedProblem): { mismatchPu: number; bus: number } {
  const { y, vRe, vIm, network } = problem
  const fed = new Float64Array(network.busCount)
  const held = new Uint8Array(network.busCount)
  for (const { bus, pPu } of network.held) {
    fed[bus] += pPu
    held[bus] = 1
  }
  let worst = 0
  let at = y.unknowns[0] ?? 0
  for (const bus of y.unknowns) {
    rowCurrent(problem, bus)
    let p = vRe[bus] * sum[0] + vIm[bus] * sum[1] - fed[bus]
    let q = vIm[bus] * sum[0] - vRe[bus] * sum[1]
    demandAt(problem, bus)
    p += sum[0]
    q = held[bus] ? 0 : q + sum[1] // a held bus delivers what it takes
    const size = Math.sqrt(p * p + q * q)
    if (!(size <= worst)) {
      worst = size
      at = bus
      if (Number.isNaN(size)) break
    }
  }
  return { mismatchPu: worst, bus: at }
}

/**
 * AC power flow of one balanced case. Never throws for a case that does not converge: the solution says so, and where.
 *
 * Throws   GRID_INVALID when nothing holds a voltage; GRID_NOT_RADIAL when the sweep is asked for a meshed grid;
 *          BAD_USAGE when iterative current is asked for a grid with held voltages
 */
export function solveCase(grid: GridCase, options: SolveOptions = {}): GridSolution {
  const network = buildNetwork(grid)
  if (network.fixed.length === 0)
    throw new TwinError('GRID_INVALID', 'The grid has no source that is switched on, expected at least 1.', {
      sources: 0,
    })
  const wanted = options.method ?? 'auto'
  if (wanted === 'current' && network.held.length > 0) {
    const id = String(network.busId[network.held[0].bus])
    throw new TwinError('BAD_USAGE', `Iterative current cannot hold the voltage of node ${id}; use newton.`, { id })
  }
  const problem = createMeshedProblem(network)
  let method = wanted === 'auto' ? choose(network) : wanted
  run(method, problem, options)
  if (wanted === 'auto' && method === 'current' && !problem.report.converged) {
    method = 'newton'
    run(method, problem, options)
  }
  const { report } = problem
  const { mismatchPu, bus } = mismatchOf(problem)
  return {
    method,
    converged: report.converged && Number.isFinite(mismatchPu),
    iterations: report.iterations,
    mismatchPu,
    movedPu: report.mismatchPu,
    worst: network.busId[report.converged ? bus : report.worstBus],
    ...readSolution(grid, problem, network),
    atLimit: [],
  }
}

function run(method: Exclude<FlowMethod, 'auto'>, problem: MeshedProblem, options: SolveOptions): void {
  const limits = {
    ...(options.tolerance === undefined ? {} : { tolerance: options.tolerance }),
    ...(options.maxIterations === undefined ? {} : { maxIterations: options.maxIterations }),
  }
  problem.vRe.fill(0)
  problem.vIm.fill(0)
  holdGiven(problem)
  if (method === 'sweep') solveSweepFlow(problem.network, problem.vRe, problem.vIm, problem.report, limits)
  else if (method === 'current') solveCurrentFlow(problem, limits)
  else solveNewtonFlow(problem, limits)
}
