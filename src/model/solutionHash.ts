import type { GridSolution } from './gridSolution.ts'
import { hashOf } from './hash.ts'
import type { PhaseSolution } from './phaseSolution.ts'

/** SHA-256 of every figure of a solved case under its ids: equal hashes mean equal results to the last bit. */
export function solutionHash(solution: GridSolution | PhaseSolution): string {
  const { converged, nodes, branches, appliances, lossW, lossVar, taps } = solution
  return hashOf(JSON.parse(JSON.stringify({ converged, nodes, branches, appliances, lossW, lossVar, taps }))) // NaN to null
}
