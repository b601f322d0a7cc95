import { TwinError } from '../../base/errors.ts'
import type { PhaseCase } from '../../model/phaseCase.ts'
import type { PhaseSolution } from '../../model/phaseSolution.ts'
import { buildPhases } from './buildPhases.ts'
import { createPhaseProblem, type PhaseProblem, solvePhaseFlow, startPhaseFlow } from './phaseFlow.ts'
import { nodeCurrents, readPhases } from './phaseResults.ts'
import { moveRegulators } from './regulators.ts'

export interface PhaseOptions {
  readonly tolerance?: number // pu of voltage
  readonly maxIterations?: number
  readonly maxControls?: number // rounds in which regulators may move
}

/** Worst power mismatch over the nodes whose voltage was solved for, on 1 MVA, and its node. */
function phaseMismatch(
  problem: PhaseProblem,
  factor: Float64Array | null = null,
): { mismatchPu: number; node: number } {
  const { vRe, vIm, y } = problem
  const { re, im } = nodeCurrents(problem, factor, true)
  let worst = 0
  let at = y.unknowns[0] ?? 0
  for (const node of y.unknowns) {
    const size =
      Math.sqrt((re[node] * re[node] + im[node] * im[node]) * (vRe[node] * vRe[node] + vIm[node] * vIm[node])) / 3
    if (size <= worst) continue
    worst = size
    at = node
    if (Number.isNaN(size)) break
  }
  return { mismatchPu: worst, node: at }
}

/**
 * AC power flow of one case with its phases told apart, regulators included. Never throws for a case that does not
 * converge: the solution says so, and where.
 *
 * Throws   GRID_INVALID when nothing holds a voltage, or an element lacks what three phases need
 */
export function solvePhases(grid: PhaseCase, options: PhaseOptions = {}): PhaseSolution {
  if (!grid.sources.some(({ closed }) => closed))
    throw new TwinError('GRID_INVALID', 'The grid has no source that is switched on, expected at least 1.', {
      sources: 0,
    })
  const searched = grid.regulators.length > 0 ? settleTaps(grid, options) : { grid, iterations: 0, controls: 0 }
  const { problem, tapped, iterations, controls, atLimit, resting } = runControls(searched.grid, options)
  const { report, network } = problem
  const { mismatchPu, node } = phaseMismatch(problem)
  const worst = report.converged ? node : report.worstBus
  return {
    method: 'current',
    converged: report.converged && Number.isFinite(mismatchPu) && resting,
    iterations: searched.iterations + iterations,
    mismatchPu,
    movedPu: report.mismatchPu,
    worst: network.nodeId[worst],
    worstPhase: network.nodePhase[worst],
    ...readPhases(tapped, problem, null),
    taps: tapsOf(tapped),
    controls: searched.controls + controls,
    atLimit,
  }
}

/**
 * Taps found with loads that keep their nature however low the voltage: their lower limit describes a state that the
 * regulators are about to leave. The IEEE 13-bus feeder's published taps rest on this.
 */
function settleTaps(grid: PhaseCase, options: PhaseOptions): { grid: PhaseCase; iterations: number; controls: number } {
  const loads = grid.loads.map((load) => ({ ...load, minPu: 0 }))
  const { tapped, problem, iterations, controls } = runControls({ ...grid, loads }, options)
  return { grid: problem.report.converged ? { ...tapped, loads: grid.loads } : grid, iterations, controls }
}

/** Solves, lets regulators move, and solves again until they rest. */
function runControls(grid: PhaseCase, options: PhaseOptions) {
  let tapped = grid
  let iterations = 0
  for (let controls = 0; ; controls++) {
    const problem = createPhaseProblem(buildPhases(tapped))
    startPhaseFlow(problem)
    solvePhaseFlow(problem, null, options)
    iterations += problem.report.iterations
    const { next, atLimit } = problem.report.converged ? moveRegulators(tapped, problem) : { next: null, atLimit: [] }
    if (!next || controls >= (options.maxControls ?? 50))
      return { problem, tapped, iterations, controls, atLimit, resting: next === null }
    tapped = next
  }
}

/** Taps of what has a changer: positions of nameplates, steps off nominal of regulated windings. */
function tapsOf(grid: PhaseCase): PhaseSolution['taps'] {
  return [
    ...grid.nameplates.map(({ id, tap }) => ({ id, position: tap.position })),
    ...grid.regulators.map(({ transformer, winding, minTap, maxTap, steps }) => {
      const { id, windings } = grid.transformers[transformer]
      return { id, position: Math.round(((windings[winding].tap - 1) * steps) / (maxTap - minTap)) }
    }),
  ]
}
