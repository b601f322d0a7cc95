import type { PhaseLoadColumns } from './phaseNetwork.ts'

/** Current that {@link loadCurrent} found, re and im. */
export const partCurrent = new Float64Array(2)

/** As {@link portCurrent} for a part between its two nodes. */
export function loadCurrent(
  loads: PhaseLoadColumns,
  k: number,
  factor: number,
  vRe: Float64Array,
  vIm: Float64Array,
  beyondImpedance: boolean,
): void {
  const a = loads.from[k]
  const b = loads.to[k]
  if (b < 0) portCurrent(loads, k, factor, vRe[a], vIm[a], beyondImpedance)
  else portCurrent(loads, k, factor, vRe[a] - vRe[b], vIm[a] - vIm[b], beyondImpedance)
}

/**
 * Current that one part of a load draws from its first node at a voltage across it; 0 where there is no voltage.
 *
 *   v = |V| · perVolt,  S = factor (p (z v² + i v + c) + j q (…)),  I = conj(S / V)
 * Outside [min, max] the part is the impedance it is at that limit.
 *
 * Writes   `partCurrent`; with `beyondImpedance` without the share that stands in the matrix, p z and q z at factor 1
 */
export function portCurrent(
  { p, q, perVolt, pZip, qZip, minPu, maxPu }: PhaseLoadColumns,
  k: number,
  factor: number,
  re: number,
  im: number,
  beyondImpedance: boolean,
): void {
  const square = re * re + im * im
  if (square === 0) {
    partCurrent[0] = 0
    partCurrent[1] = 0
    return
  }
  const scale = perVolt[k] * perVolt[k]
  const v = Math.sqrt(square * scale)
  const at = Math.max(minPu[k], Math.min(v, maxPu[k]))
  const o = 3 * k
  // as an admittance: S / |V|², whatever it depends on
  const toAdmittance = (factor * scale) / (at * at)
  let g = p[k] * (pZip[o] * at * at + pZip[o + 1] * at + pZip[o + 2]) * toAdmittance
  let s = q[k] * (qZip[o] * at * at + qZip[o + 1] * at + qZip[o + 2]) * toAdmittance
  if (beyondImpedance) {
    g -= p[k] * pZip[o] * scale
    s -= q[k] * qZip[o] * scale
  }
  partCurrent[0] = g * re + s * im
  partCurrent[1] = g * im - s * re
}
