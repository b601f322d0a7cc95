import type { GridId } from '../../model/gridCase.ts'
import type { PhaseCase } from '../../model/phaseCase.ts'
import { BASE_VA } from './network.ts'
import type { PhaseProblem } from './phaseFlow.ts'
import { terminalCurrents } from './phaseResults.ts'

/**
 * Lets every regulator whose voltage left its band move its tap, all at once.
 *
 *   measured = |V / voltage ratio - (R + jX) · I / current rating|      I out of the regulated winding
 * and the tap jumps by the steps that bring `measured` back to the set point, one at least.
 *
 * Returns  the case with the new taps, or null when all rest; and the regulators that want more than their range gives
 * Source   line-drop compensation after Kersting, Distribution System Modeling and Analysis, ch. 7; jumps as in OpenDSS
 */
export function moveRegulators(
  grid: PhaseCase,
  problem: PhaseProblem,
): { next: PhaseCase | null; atLimit: readonly GridId[] } {
  const { network, vRe, vIm } = problem
  const taps = new Map<number, { winding: number; tap: number }>()
  const atLimit: GridId[] = []
  for (const r of grid.regulators) {
    const t = grid.transformers[r.transformer]
    const winding = t.windings[r.winding]
    const element = network.elements.find(({ id, kind }) => kind === 'transformer' && id === t.id)
    if (!element) continue
    const [start, finish] = winding.coils[0]
    const baseV = grid.buses[winding.bus].ratedV / Math.sqrt(3)
    const baseA = BASE_VA / 3 / baseV
    const terminal = element.phase.findIndex((phase, i) => element.end[i] === r.winding && phase === start)
    const far = element.phase.findIndex((phase, i) => element.end[i] === r.winding && phase === finish)
    const current = terminalCurrents(element, vRe, vIm)
    const [a, b] = [element.node[terminal], far < 0 ? -1 : element.node[far]]
    const re = ((vRe[a] - (b < 0 ? 0 : vRe[b])) * baseV) / r.voltageRatio
    const im = ((vIm[a] - (b < 0 ? 0 : vIm[b])) * baseV) / r.voltageRatio
    const iRe = (current.re[terminal] * baseA) / r.currentA // into the winding, so that the drop adds
    const iIm = (current.im[terminal] * baseA) / r.currentA
    const farRe = re + r.rV * iRe - r.xV * iIm
    const farIm = im + r.rV * iIm + r.xV * iRe
    const measured = Math.sqrt(farRe * farRe + farIm * farIm)
    const error = r.setV - measured
    if (Math.abs(error) <= r.bandV / 2) continue
    const step = (r.maxTap - r.minTap) / r.steps
    const boost = (error * r.voltageRatio) / winding.coilV
    const jumps = Math.max(1, Math.floor(Math.abs(boost) / step + 0.5))
    const position = Math.round((winding.tap - 1) / step) + (boost > 0 ? jumps : -jumps)
    const tap = Math.min(r.maxTap, Math.max(r.minTap, 1 + position * step))
    if (Math.abs(tap - winding.tap) < step / 2) atLimit.push(r.id)
    else taps.set(r.transformer, { winding: r.winding, tap })
  }
  if (taps.size === 0) return { next: null, atLimit }
  const transformers = grid.transformers.map((t, i) => {
    const move = taps.get(i)
    if (!move) return t
    return { ...t, windings: t.windings.map((w, k) => (k === move.winding ? { ...w, tap: move.tap } : w)) }
  })
  return { next: { ...grid, transformers }, atLimit }
}
