import { type AdmittanceMatrix, buildAdmittance } from './admittanceMatrix.ts'
import { admittanceOf } from './branchAdmittance.ts'
import type { BuiltNetwork } from './buildNetwork.ts'
import type { BranchAdmittance } from './network.ts'

/** One equation of the estimation: a measured value as a function of the voltages. */
export interface EstimatorRow {
  readonly kind: 'voltage' | 'angle' | 'p' | 'q' | 'flowP' | 'flowQ'
  readonly at: number // bus, or branch for flows
  readonly isFrom: boolean // end of the branch
  readonly value: number // pu
  readonly sigma: number // pu
  readonly reading: number // index of the reading, -1 for an assumption
}

/** Voltages with what the rows need to be evaluated. */
export interface EstimatorState {
  readonly network: BuiltNetwork
  readonly y: AdmittanceMatrix
  readonly branch: readonly BranchAdmittance[]
  readonly vRe: Float64Array
  readonly vIm: Float64Array
}

export const createEstimatorState = (network: BuiltNetwork): EstimatorState => ({
  network,
  y: buildAdmittance(network),
  branch: network.branches.map(admittanceOf),
  vRe: new Float64Array(network.busCount),
  vIm: new Float64Array(network.busCount),
})

/** Buses whose voltages a row depends on, its own first. */
export function rowBuses({ network, y }: EstimatorState, { kind, at, isFrom }: EstimatorRow): number[] {
  if (kind === 'voltage' || kind === 'angle') return [at]
  if (kind === 'p' || kind === 'q') {
    const others: number[] = []
    for (let s = y.rowStart[at]; s < y.rowStart[at + 1]; s++) if (y.col[s] !== at) others.push(y.col[s])
    return [at, ...others]
  }
  const { from, to } = network.branches[at]
  return isFrom ? [from, to] : [to, from]
}

/**
 * Value of a row and its derivatives by angle and by ln of the magnitude of each of its buses.
 *
 * Drawn power at a bus is what the network does not bring: -(S(V) + shunts). Flows are into the end of the branch.
 *
 * Writes   `out`: d/dθ, d/dln|V| of bus k at 2 k, 2 k + 1
 * Returns  the value, per unit
 * Source   Abur & Exposito, Power System State Estimation (2004), 2.4 and 2.5
 */
export function evaluateRow(
  state: EstimatorState,
  row: EstimatorRow,
  buses: readonly number[],
  out: Float64Array,
): number {
  const { network, y, branch, vRe, vIm } = state
  const { kind, at, isFrom } = row
  const i = buses[0]
  const square = vRe[i] * vRe[i] + vIm[i] * vIm[i]
  if (kind === 'voltage') {
    out[0] = 0
    out[1] = Math.sqrt(square)
    return out[1]
  }
  if (kind === 'angle') {
    out[0] = 1
    out[1] = 0
    return vIm[i] / vRe[i] // a reference: it stays next to 0
  }
  const active = kind === 'p' || kind === 'flowP'
  const sign = kind === 'p' || kind === 'q' ? -1 : 1
  let p = 0
  let q = 0
  /** Adds V(i) conj(y V(j)) and its derivatives by bus j; the sums over j give those by bus i. */
  const couple = (k: number, re: number, im: number): void => {
    const j = buses[k]
    const a = vRe[i] * vRe[j] + vIm[i] * vIm[j]
    const b = vIm[i] * vRe[j] - vRe[i] * vIm[j]
    const along = re * a + im * b
    const across = re * b - im * a
    p += along
    q += across
    if (k === 0) return
    out[2 * k] = sign * (active ? across : -along)
    out[2 * k + 1] = sign * (active ? along : across)
  }
  let ownRe = 0
  let ownIm = 0
  if (kind === 'flowP' || kind === 'flowQ') {
    const { ff, ft, tf, tt } = branch[at]
    const own = isFrom ? ff : tt
    const far = isFrom ? ft : tf
    ownRe = own.re
    ownIm = own.im
    couple(0, own.re, own.im)
    couple(1, far.re, far.im)
  } else {
    let k = 1
    for (let s = y.rowStart[at]; s < y.rowStart[at + 1]; s++) {
      if (y.col[s] === at) {
        ownRe = y.re[s]
        ownIm = y.im[s]
        couple(0, ownRe, ownIm)
      } else couple(k++, y.re[s], y.im[s])
    }
  }
  out[0] = sign * (active ? -q - ownIm * square : p - ownRe * square)
  out[1] = sign * (active ? p + ownRe * square : q - ownIm * square)
  let value = active ? p : q
  if (sign < 0) {
    const shunt = network.demand.impedance[2 * at + (active ? 0 : 1)] * square
    value += shunt
    out[1] -= 2 * shunt
  }
  return sign * value
}
