import { TwinError } from '../../base/errors.ts'
import type { Steps } from '../../base/steps.ts'
import type { PhaseCase } from '../../model/phaseCase.ts'
import { buildPhases } from './buildPhases.ts'
import { createLoadPorts, solveLoadPorts, spreadPorts } from './loadPorts.ts'
import { createPhaseProblem, solvePhaseFlow, startPhaseFlow } from './phaseFlow.ts'
import { createResidual, worstResidual } from './phaseResidual.ts'

/** A three-phase grid over the steps of its load profiles. Row-major: step t of node i is at `t * n + i`. */
export interface PhaseSeries {
  readonly steps: number
  readonly stepS: number
  readonly nodeCount: number
  readonly nodeBus: Int32Array // [n] bus of the case, -1 behind a source
  readonly nodePhase: Uint8Array // [n]
  readonly vPu: Float32Array // [steps, n] to earth; NaN in a step that did not converge
  readonly converged: Uint8Array // [steps]
  readonly iterations: Uint16Array // [steps]
  readonly mismatchPu: Float64Array // [steps] worst power that does not add up at a node, on 1 MVA
  readonly worstNode: Int32Array // [steps] where
  readonly loadW: Float64Array // [steps]
}

/** Up to this many parts of loads the network is solved as seen from them; beyond, the matrix between them costs more. */
const MOST_PORTS = 200

export interface SeriesOptions {
  readonly tolerance?: number
  readonly maxSteps?: number
}

/**
 * Power flow of every step of the load profiles on one factorisation, each begun from the step before. Taps stay.
 *
 * Throws   GRID_INVALID when no load has a profile, or profiles step differently
 * Cost     O(loads²) an iteration and O(fill) a step where loads are few, else O(fill) an iteration; about 4 iterations
 */
export function* runPhaseSeries(
  grid: PhaseCase,
  { tolerance = 1e-8, maxSteps = Infinity }: SeriesOptions = {},
): Steps<PhaseSeries> {
  const profiles = grid.loads.map(({ profile }) => (profile === null ? null : (grid.profiles.get(profile) ?? null)))
  const used = profiles.filter((profile) => profile !== null)
  const stepS = used[0]?.stepS ?? NaN
  if (used.length === 0 || used.some((profile) => profile.stepS !== stepS))
    throw new TwinError('GRID_INVALID', `${used.length} loads have a profile, expected 1 or more with steps alike.`, {
      profiles: used.length,
    })
  const steps = Math.min(maxSteps, ...used.map(({ factor }) => factor.length))
  const network = buildPhases(grid)
  const problem = createPhaseProblem(network)
  const { loads, nodeCount } = network
  const factor = new Float64Array(loads.count)
  const residual = createResidual(problem)
  const series: PhaseSeries = {
    steps,
    stepS,
    nodeCount,
    nodeBus: network.nodeBus,
    nodePhase: network.nodePhase,
    vPu: new Float32Array(steps * nodeCount),
    converged: new Uint8Array(steps),
    iterations: new Uint16Array(steps),
    mismatchPu: new Float64Array(steps),
    worstNode: new Int32Array(steps),
    loadW: new Float64Array(steps),
  }
  startPhaseFlow(problem)
  const ports = loads.count <= MOST_PORTS && problem.singular < 0 ? createLoadPorts(problem) : null
  for (let t = 0; t < steps; t++) {
    for (let k = 0; k < loads.count; k++) {
      const profile = profiles[loads.owner[k]]
      factor[k] = profile ? profile.factor[t] : 1
      series.loadW[t] += (loads.p[k] * factor[k] * 1e6) / 3
    }
    if (ports) {
      solveLoadPorts(ports, factor, tolerance)
      spreadPorts(ports)
    } else solvePhaseFlow(problem, factor, { tolerance })
    const { report, vRe, vIm } = problem
    series.converged[t] = report.converged ? 1 : 0
    series.iterations[t] = report.iterations
    if (report.converged) worstResidual(problem, factor, residual)
    series.mismatchPu[t] = report.converged ? residual.mismatchPu : NaN
    series.worstNode[t] = report.converged ? residual.node : report.worstBus
    const row = t * nodeCount
    for (let i = 0; i < nodeCount; i++)
      series.vPu[row + i] = report.converged ? Math.sqrt(vRe[i] * vRe[i] + vIm[i] * vIm[i]) : NaN
    if (!report.converged) {
      startPhaseFlow(problem) // the next step begins afresh
      ports?.vRe.set(ports.openRe)
      ports?.vIm.set(ports.openIm)
    }
    if (t % 32 === 31) yield (t + 1) / steps
  }
  return series
}
