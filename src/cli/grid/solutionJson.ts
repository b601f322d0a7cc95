import type { BranchResult, GridSolution } from '../../model/gridSolution.ts'
import type { PhaseSolution } from '../../model/phaseSolution.ts'
import { solutionHash } from '../../model/solutionHash.ts'

/** NaN and infinities have no place in JSON: what has no value is null. */
export const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null)
const listed = (values: readonly number[]): (number | null)[] => values.map(orNull)

/** Name of an end in the keys of a branch: a third winding adds `…3`. */
const sideOf = (end: number): string => ['From', 'To'][end] ?? String(end + 1)

type Row = Record<string, unknown>

/** A branch as DESIGN 7 documents it: one entry in each array per phase. */
function branchRow(
  id: BranchResult['id'],
  loading: number,
  ends: readonly Record<'pW' | 'qVar' | 'iA', readonly number[]>[],
): Row {
  const row: Row = { id }
  ends.forEach(({ pW, qVar, iA }, end) => {
    row[`p${sideOf(end)}W`] = listed(pW)
    row[`q${sideOf(end)}Var`] = listed(qVar)
    row[`i${sideOf(end)}A`] = listed(iA)
  })
  return { ...row, loading: orNull(loading) }
}

const noFigures = { nodes: [], branches: [], appliances: [], lossW: null, lossVar: null, taps: [] }

/** A scenario that did not converge carries no figures, only the node that limits it. */
export function solutionJson(solution: GridSolution): Row {
  const { converged, iterations, mismatchPu, method, worst, lossW, lossVar, taps, atLimit } = solution
  const head = { converged, iterations, maxMismatch: orNull(mismatchPu), method, worst }
  if (!converged) return { ...head, ...noFigures }
  return {
    ...head,
    nodes: solution.nodes.map(({ id, vPu, angleRad }) => ({ id, uPu: [vPu], angleRad: [angleRad] })),
    branches: solution.branches.map(({ id, ends, loading }) =>
      branchRow(
        id,
        loading,
        ends.map(({ pW, qVar, iA }) => ({ pW: [pW], qVar: [qVar], iA: [iA] })),
      ),
    ),
    appliances: solution.appliances.map(({ id, pW, qVar }) => ({ id, pW: [pW], qVar: [qVar] })),
    lossW,
    lossVar,
    taps,
    atLimit,
    resultHash: solutionHash(solution),
  }
}

/** The same with three entries an array, null where a phase is absent. */
export function phaseSolutionJson(solution: PhaseSolution): Row {
  const { converged, iterations, mismatchPu, method, worst, worstPhase, lossW, lossVar, taps, atLimit } = solution
  const head = { converged, iterations, maxMismatch: orNull(mismatchPu), method, worst, worstPhase }
  if (!converged) return { ...head, ...noFigures }
  return {
    ...head,
    nodes: solution.nodes.map(({ id, vPu, angleRad }) => ({ id, uPu: listed(vPu), angleRad: listed(angleRad) })),
    branches: solution.branches.map(({ id, ends, loading }) => branchRow(id, loading, ends)),
    appliances: solution.appliances.map(({ id, pW, qVar }) => ({ id, pW: listed(pW), qVar: listed(qVar) })),
    lossW,
    lossVar,
    taps,
    atLimit,
    resultHash: solutionHash(solution),
  }
}

/** One line for people. */
export function solutionLine(solution: GridSolution | PhaseSolution, k: number): string {
  const { converged, iterations, method, worst, lossW, atLimit } = solution
  const name = `scenario ${k + 1}`
  if (!converged) return `${name}: did not converge in ${iterations} iterations (${method}); worst at node ${worst}`
  // a node that no source reaches has no voltage to speak of
  const voltages = solution.nodes
    .flatMap(({ id, vPu }) => [vPu].flat().map((v, p) => ({ id, v, p })))
    .filter(({ v }) => v > 0)
  const lowest = voltages.reduce((a, b) => (b.v < a.v ? b : a))
  const phase = 'worstPhase' in solution ? ` phase ${lowest.p + 1}` : ''
  const limit = atLimit.length > 0 ? `; at the end of their range: ${atLimit.join(', ')}` : ''
  return `${name}: converged in ${iterations} iterations (${method}); losses ${(lossW / 1e3).toFixed(4)} kW; lowest voltage ${lowest.v.toFixed(8)} pu at node ${lowest.id}${phase}${limit}`
}
