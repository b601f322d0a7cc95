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
export function phaseMismatch(
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
  let tapped = grid
  let controls = 0
  let iterations = 0
  for (;;) {
    const problem = createPhaseProblem(buildPhases(tapped))
    startPhaseFlow(problem)
    solvePhaseFlow(problem, null, options)
    iterations += problem.report.iterations
    const { report, network } = problem
    const moved = report.converged ? moveRegulators(tapped, problem) : { next: null, atLimit: [] }
    if (moved.next && controls < (options.maxControls ?? 50)) {
      tapped = moved.next
      controls++
      continue
    }
    const { mismatchPu, node } = phaseMismatch(problem)
    const worst = report.converged ? node : report.worstBus
    return {
      method: 'current',
      converged: report.converged && Number.isFinite(mismatchPu) && !moved.next,
      iterations,
      mismatchPu,
      movedPu: report.mismatchPu,
      worst: network.nodeId[worst],
      worstPhase: network.nodePhase[worst],
      ...readPhases(tapped, problem, null),
      taps: tapsOf(tapped),
      controls,
      atLimit: moved.atLimit,
    }
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
