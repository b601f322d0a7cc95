import type { FlowOptions, FlowReport, RadialNet } from './radialFlow.ts'

/** Several instants of one feeder side by side, lane-minor: lane l of bus i is at `i * lanes + l`. */
export interface LaneLoad {
  readonly pPu: Float64Array // [n, lanes]
  readonly qPu: Float64Array // [n, lanes]
}

export interface LaneState {
  readonly lanes: number
  readonly vRe: Float64Array // [n, lanes] pu
  readonly vIm: Float64Array // [n, lanes]
  readonly iRe: Float64Array // [n, lanes] pu
  readonly iIm: Float64Array // [n, lanes]
  readonly moved: Float64Array // [lanes] square of the worst move in the last sweep
  readonly worst: Int32Array // [lanes]
  readonly reports: readonly FlowReport[] // [lanes]
}

export function createLaneState(busCount: number, lanes: number): LaneState {
  const column = () => new Float64Array(busCount * lanes)
  return {
    lanes,
    vRe: column(),
    vIm: column(),
    iRe: column(),
    iIm: column(),
    moved: new Float64Array(lanes),
    worst: new Int32Array(lanes),
    reports: Array.from({ length: lanes }, () => ({ converged: false, iterations: 0, mismatchPu: NaN, worstBus: -1 })),
  }
}

/**
 * Solves several instants of one radial feeder at once. Same mathematics as `solveRadialFlow`; lanes share the topology
 * and sweep until the slowest has settled, so a lane may be a sweep more exact than alone.
 *
 * Shapes   n buses, L lanes, lane-minor.
 * Writes   `state`; allocates nothing.
 * Cost     O(n L) per sweep. In plain TypeScript it is no faster than one lane after the other (tests/bench/gridFlow);
 *          the layout is the one that a SIMD twin needs.
 */
export function solveRadialLanes(
  net: RadialNet,
  load: LaneLoad,
  state: LaneState,
  { sourcePu = 1, tolerance = 1e-8, maxSweeps = 100 }: FlowOptions = {},
): void {
  const { parent, rPu, xPu, gPu, bPu } = net
  const { pPu, qPu } = load
  const { lanes, vRe, vIm, iRe, iIm, moved, worst, reports } = state
  const n = parent.length
  const limit = tolerance * tolerance

  for (let i = 0; i < n; i++) {
    for (let o = i * lanes; o < (i + 1) * lanes; o++) {
      vRe[o] = sourcePu
      vIm[o] = 0
      iRe[o] = pPu[o] / sourcePu + gPu[i] * sourcePu
      iIm[o] = bPu[i] * sourcePu - qPu[o] / sourcePu
    }
  }
  worst.fill(0)
  let sweep = 0
  let open = true
  while (sweep < maxSweeps && open) {
    sweep++
    gather(parent, lanes, iRe, iIm)
    moved.fill(0)
    for (let i = 1; i < n; i++) {
      const r = rPu[i]
      const x = xPu[i]
      const g = gPu[i]
      const b = bPu[i]
      let k = parent[i] * lanes
      let o = i * lanes
      for (let l = 0; l < lanes; l++, k++, o++) {
        const cRe = iRe[o]
        const cIm = iIm[o]
        const re = vRe[k] - r * cRe + x * cIm
        const im = vIm[k] - r * cIm - x * cRe
        const dRe = re - vRe[o]
        const dIm = im - vIm[o]
        const d = dRe * dRe + dIm * dIm
        if (d > moved[l]) {
          moved[l] = d
          worst[l] = i
        }
        vRe[o] = re
        vIm[o] = im
        const m = 1 / (re * re + im * im)
        const p = pPu[o] * m
        const q = qPu[o] * m
        iRe[o] = p * re + q * im + g * re - b * im
        iIm[o] = p * im - q * re + g * im + b * re
      }
    }
    for (let l = 0; l < lanes; l++) {
      iRe[l] = pPu[l] / sourcePu + gPu[0] * sourcePu
      iIm[l] = bPu[0] * sourcePu - qPu[l] / sourcePu
    }
    open = false
    for (let l = 0; l < lanes; l++) if (!(moved[l] < limit)) open = true
  }
  gather(parent, lanes, iRe, iIm)
  for (let l = 0; l < lanes; l++) {
    const report = reports[l]
    const finite = Number.isFinite(iRe[l]) && Number.isFinite(iIm[l])
    report.converged = finite && moved[l] < limit
    report.iterations = sweep
    report.mismatchPu = finite ? Math.sqrt(moved[l]) : NaN
    report.worstBus = worst[l]
  }
}

/** Leaves to source: a branch carries what its bus draws and everything below it. */
function gather(parent: Int32Array, lanes: number, iRe: Float64Array, iIm: Float64Array): void {
  for (let i = parent.length - 1; i > 0; i--) {
    let k = parent[i] * lanes
    let o = i * lanes
    for (let l = 0; l < lanes; l++, k++, o++) {
      iRe[k] += iRe[o]
      iIm[k] += iIm[o]
    }
  }
}
