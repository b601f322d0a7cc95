import { cos, sin } from '../../base/math/trig.ts'
import { factorise, substitute } from './blockLu.ts'
import { solveLinear } from './currentFlow.ts'
import { demandAt, type MeshedOptions, type MeshedProblem, rowCurrent, sum } from './meshedFlow.ts'

/**
 * Newton-Raphson in polar form with relative magnitudes.
 *
 * With t = V(i) conj(V(j)) and y = g + jb the derivatives of the calculated powers are
 *   ∂P/∂θ(j) = g Im t - b Re t        ∂P/∂ln|V(j)| = g Re t + b Im t          i ≠ j
 *   ∂Q/∂θ(j) = -(g Re t + b Im t)     ∂Q/∂ln|V(j)| = g Im t - b Re t
 *   ∂P/∂θ(i) = -Q - b |V|²            ∂P/∂ln|V(i)| = P + g |V|²
 *   ∂Q/∂θ(i) = P - g |V|²             ∂Q/∂ln|V(i)| = Q - b |V|²
 * and what the loads draw adds  current |V| + 2 impedance |V|²  to the right-hand column of its own block.
 * At a bus whose magnitude is held, the second row reads  d ln|V| = (V set - |V|) / |V|.
 *
 * Writes   voltages and report of `problem`
 * Source   e.g. MATPOWER User's Manual 4.1; Milano, Power System Modelling and Scripting (2010), 4.4
 */
export function solveNewtonFlow(
  problem: MeshedProblem,
  { tolerance = 1e-8, maxIterations = 30 }: MeshedOptions = {},
): void {
  const { y, vRe, vIm, rhs, work, plan, factors, report, network } = problem
  const setPu = new Float64Array(network.busCount)
  const fedPu = new Float64Array(network.busCount)
  for (const { bus, pPu, vPu } of network.held) {
    setPu[bus] = vPu
    fedPu[bus] += pPu
  }
  report.converged = false
  report.iterations = 0
  report.mismatchPu = NaN
  report.worstBus = solveLinear(problem)
  if (report.worstBus >= 0) return
  report.worstBus = 0
  for (const { bus } of network.held) {
    if (y.unknown[bus] < 0) continue
    const k = setPu[bus] / Math.sqrt(vRe[bus] * vRe[bus] + vIm[bus] * vIm[bus])
    vRe[bus] *= k
    vIm[bus] *= k
  }

  let moved = Infinity
  while (report.iterations < maxIterations && moved >= tolerance) {
    report.iterations++
    fillJacobian(problem, setPu, fedPu)
    const singular = factorise(plan, factors)
    if (singular >= 0) {
      report.worstBus = y.unknowns[singular]
      report.mismatchPu = NaN
      return
    }
    substitute(plan, factors, rhs, rhs, work)
    moved = 0
    for (let u = 0; u < y.unknowns.length; u++) {
      const bus = y.unknowns[u]
      const turn = rhs[2 * u]
      const grow = 1 + rhs[2 * u + 1]
      const re = vRe[bus]
      const im = vIm[bus]
      const c = grow * cos(turn)
      const s = grow * sin(turn)
      vRe[bus] = re * c - im * s
      vIm[bus] = re * s + im * c
      const dRe = vRe[bus] - re
      const dIm = vIm[bus] - im
      const d = Math.sqrt(dRe * dRe + dIm * dIm)
      if (!(d <= moved)) {
        moved = d
        report.worstBus = bus
        if (Number.isNaN(d)) break
      }
    }
  }
  report.converged = moved < tolerance
  report.mismatchPu = moved
}

/** The Jacobian into the factors, the mismatches into the right-hand side. */
function fillJacobian(problem: MeshedProblem, setPu: Float64Array, fedPu: Float64Array): void {
  const { y, vRe, vIm, rhs, plan, entry, entryRow, factors, network } = problem
  const { current, impedance } = network.demand
  factors.fill(0)
  for (let e = 0; e < entry.length; e++) {
    const s = entry[e]
    const i = entryRow[e]
    const j = y.col[s]
    const o = 4 * plan.slot[e]
    const held = setPu[i] > 0
    if (i !== j) {
      const a = vRe[i] * vRe[j] + vIm[i] * vIm[j]
      const b = vIm[i] * vRe[j] - vRe[i] * vIm[j]
      const along = y.re[s] * a + y.im[s] * b
      const across = y.re[s] * b - y.im[s] * a
      factors[o] = across
      factors[o + 1] = along
      if (held) continue
      factors[o + 2] = -along
      factors[o + 3] = across
      continue
    }
    rowCurrent(problem, i)
    const p = vRe[i] * sum[0] + vIm[i] * sum[1]
    const q = vIm[i] * sum[0] - vRe[i] * sum[1]
    const square = vRe[i] * vRe[i] + vIm[i] * vIm[i]
    const size = Math.sqrt(square)
    const g = y.re[s] * square
    const b = y.im[s] * square
    demandAt(problem, i)
    const u = 2 * y.unknown[i]
    factors[o] = -q - b
    factors[o + 1] = p + g + current[2 * i] * size + 2 * impedance[2 * i] * square
    rhs[u] = fedPu[i] - sum[0] - p
    if (held) {
      factors[o + 3] = 1
      rhs[u + 1] = (setPu[i] - size) / size
      continue
    }
    factors[o + 2] = p - g
    factors[o + 3] = q - b + current[2 * i + 1] * size + 2 * impedance[2 * i + 1] * square
    rhs[u + 1] = -sum[1] - q
  }
}
