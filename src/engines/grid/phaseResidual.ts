import type { PhaseProblem } from './phaseFlow.ts'
import { loadCurrent, partCurrent } from './phaseLoads.ts'

/** Worst power that does not add up, with the scratch that finding it takes; owned and reused by the caller. */
export interface Residual {
  readonly iRe: Float64Array // [n] current that the loads draw
  readonly iIm: Float64Array
  mismatchPu: number // on the base power
  node: number
}

export const createResidual = ({ network }: PhaseProblem): Residual => ({
  iRe: new Float64Array(network.nodeCount),
  iIm: new Float64Array(network.nodeCount),
  mismatchPu: NaN,
  node: -1,
})

/**
 * Kirchhoff's current law at every node whose voltage was solved for: |V| |Y V + what the loads draw|.
 *
 * Writes   `residual`; allocates nothing
 */
export function worstResidual({ network, y, vRe, vIm }: PhaseProblem, factor: Float64Array, residual: Residual): void {
  const { iRe, iIm } = residual
  const { loads } = network
  iRe.fill(0)
  iIm.fill(0)
  for (let k = 0; k < loads.count; k++) {
    loadCurrent(loads, k, factor[k], vRe, vIm, true)
    iRe[loads.from[k]] += partCurrent[0]
    iIm[loads.from[k]] += partCurrent[1]
    if (loads.to[k] < 0) continue
    iRe[loads.to[k]] -= partCurrent[0]
    iIm[loads.to[k]] -= partCurrent[1]
  }
  const { rowStart, col, unknowns } = y
  let worst = 0
  let at = unknowns.length > 0 ? unknowns[0] : -1
  for (let u = 0; u < unknowns.length; u++) {
    const i = unknowns[u]
    let re = iRe[i]
    let im = iIm[i]
    for (let s = rowStart[i]; s < rowStart[i + 1]; s++) {
      const j = col[s]
      re += y.re[s] * vRe[j] - y.im[s] * vIm[j]
      im += y.re[s] * vIm[j] + y.im[s] * vRe[j]
    }
    const square = (re * re + im * im) * (vRe[i] * vRe[i] + vIm[i] * vIm[i])
    if (square <= worst) continue
    worst = square
    at = i
    if (Number.isNaN(square)) break
  }
  residual.mismatchPu = Math.sqrt(worst) / 3 // a node's own base is a third of the base power
  residual.node = at
}
