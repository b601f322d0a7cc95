/** A balanced radial feeder. Bus 0 is the source; bus i > 0 owns the branch to `parent[i]`, and `parent[i] < i`. */
export interface RadialNet {
  readonly parent: Int32Array // [n]
  readonly rPu: Float64Array // [n] series resistance of the branch to the parent
  readonly xPu: Float64Array // [n]
  readonly gPu: Float64Array // [n] everything between the bus and earth: charging, iron losses
  readonly bPu: Float64Array // [n]
}

/** Power drawn at each bus at any voltage; generation is negative. */
export interface BusLoad {
  readonly pPu: Float64Array // [n]
  readonly qPu: Float64Array // [n]
}

/** What a solver says of its own result. */
export interface FlowReport {
  converged: boolean
  iterations: number
  mismatchPu: number // how far the last sweep still moved the worst voltage
  worstBus: number
}

/** Result and workspace of the solver, owned and reused by the caller. */
export interface FlowState {
  readonly vRe: Float64Array // [n] pu
  readonly vIm: Float64Array // [n] pu
  readonly iRe: Float64Array // [n] pu, current in the branch to the parent; at bus 0 what the source delivers
  readonly iIm: Float64Array // [n] pu
  readonly report: FlowReport
}

export function createFlowState(busCount: number): FlowState {
  const column = () => new Float64Array(busCount)
  return {
    vRe: column(),
    vIm: column(),
    iRe: column(),
    iIm: column(),
    report: { converged: false, iterations: 0, mismatchPu: NaN, worstBus: -1 },
  }
}

export interface FlowOptions {
  readonly sourcePu?: number
  readonly tolerance?: number // pu of voltage
  readonly maxSweeps?: number
}

/**
 * Solves one instant of a radial feeder by backward/forward sweep from a flat start.
 *
 *   J(i) = conj(S(i) / V(i)) + (g + jb)(i) V(i)     what the bus draws
 *   I(i) = J(i) + Σ I(children)                     backward
 *   V(i) = V(parent) - (r + jx)(i) I(i)             forward; J at the new voltage is written in the same pass
 *
 * Shapes   n buses, as in {@link RadialNet}.
 * Units    per unit throughout.
 * Writes   `state` in place, its report included; allocates nothing. A feeder that does not settle is not an error here:
 *          `report.converged` is false, and its voltages are no result.
 * Cost     O(n) per sweep; about 6 sweeps at 1e-8 and ordinary loads.
 * Source   Shirmohammadi et al., IEEE Trans. Power Systems 3(2), 1988, pp. 753-762.
 */
export function solveRadialFlow(
  net: RadialNet,
  load: BusLoad,
  state: FlowState,
  { sourcePu = 1, tolerance = 1e-8, maxSweeps = 100 }: FlowOptions = {},
): void {
  const { parent, rPu, xPu, gPu, bPu } = net
  const { pPu, qPu } = load
  const { vRe, vIm, iRe, iIm, report } = state
  const n = parent.length
  const limit = tolerance * tolerance

  for (let i = 0; i < n; i++) {
    vRe[i] = sourcePu
    vIm[i] = 0
    iRe[i] = pPu[i] / sourcePu + gPu[i] * sourcePu
    iIm[i] = bPu[i] * sourcePu - qPu[i] / sourcePu
  }
  // what the source bus itself draws stays as it is: its voltage does not move
  const ownRe = iRe[0]
  const ownIm = iIm[0]

  let sweep = 0
  let moved = Infinity
  let worst = 0
  while (sweep < maxSweeps && moved >= limit) {
    sweep++
    for (let i = n - 1; i > 0; i--) {
      const k = parent[i]
      iRe[k] += iRe[i]
      iIm[k] += iIm[i]
    }
    moved = 0
    for (let i = 1; i < n; i++) {
      const k = parent[i]
      const r = rPu[i]
      const x = xPu[i]
      const cRe = iRe[i]
      const cIm = iIm[i]
      const re = vRe[k] - r * cRe + x * cIm
      const im = vIm[k] - r * cIm - x * cRe
      const dRe = re - vRe[i]
      const dIm = im - vIm[i]
      const d = dRe * dRe + dIm * dIm
      if (d > moved) {
        moved = d
        worst = i
      }
      vRe[i] = re
      vIm[i] = im
      const m = 1 / (re * re + im * im)
      const p = pPu[i] * m
      const q = qPu[i] * m
      const g = gPu[i]
      const b = bPu[i]
      iRe[i] = p * re + q * im + g * re - b * im
      iIm[i] = p * im - q * re + g * im + b * re
    }
    iRe[0] = ownRe
    iIm[0] = ownIm
  }
  for (let i = n - 1; i > 0; i--) {
    const k = parent[i]
    iRe[k] += iRe[i]
    iIm[k] += iIm[i]
  }
  // a voltage that became NaN compares false above, but its current reaches the source; `worst` then still names the
  // bus that moved most while there were numbers
  const finite = Number.isFinite(iRe[0]) && Number.isFinite(iIm[0])
  report.converged = finite && moved < limit
  report.iterations = sweep
  report.mismatchPu = finite ? Math.sqrt(moved) : NaN
  report.worstBus = worst
}
