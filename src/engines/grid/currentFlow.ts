import { factorise, substitute } from './blockLu.ts'
import { demandAt, holdGiven, type MeshedOptions, type MeshedProblem, sum } from './meshedFlow.ts'

/**
 * Fills the factors with Y plus the loads that behave as admittances, then factorises.
 *
 * Returns  -1, or the bus at which the matrix is singular
 */
function factoriseAdmittance(problem: MeshedProblem, powerAsImpedance: boolean): number {
  const { network, y, plan, entry, entryRow, factors } = problem
  const { power, current, impedance } = network.demand
  factors.fill(0)
  for (let e = 0; e < entry.length; e++) {
    const s = entry[e]
    let re = y.re[s]
    let im = y.im[s]
    const bus = entryRow[e]
    if (y.col[s] === bus) {
      re += impedance[2 * bus]
      im -= impedance[2 * bus + 1]
      if (powerAsImpedance) {
        re += power[2 * bus] + current[2 * bus]
        im -= power[2 * bus + 1] + current[2 * bus + 1]
      }
    }
    const o = 4 * plan.slot[e]
    factors[o] = re
    factors[o + 1] = -im
    factors[o + 2] = im
    factors[o + 3] = re
  }
  const singular = factorise(plan, factors)
  return singular < 0 ? -1 : y.unknowns[singular]
}

/** Adds to the right-hand side what the given voltages drive into their neighbours. */
function addGivenCurrents({ y, vRe, vIm, rhs }: MeshedProblem): void {
  for (let u = 0; u < y.unknowns.length; u++) {
    const bus = y.unknowns[u]
    for (let s = y.rowStart[bus]; s < y.rowStart[bus + 1]; s++) {
      const j = y.col[s]
      if (y.unknown[j] >= 0 || !y.alive[j]) continue
      rhs[2 * u] -= y.re[s] * vRe[j] - y.im[s] * vIm[j]
      rhs[2 * u + 1] -= y.re[s] * vIm[j] + y.im[s] * vRe[j]
    }
  }
}

/** Takes the solved unknowns over as voltages. Returns the largest move and leaves its bus in the report. */
function takeVoltages({ y, vRe, vIm, rhs, report }: MeshedProblem): number {
  let moved = 0
  for (let u = 0; u < y.unknowns.length; u++) {
    const bus = y.unknowns[u]
    const dRe = rhs[2 * u] - vRe[bus]
    const dIm = rhs[2 * u + 1] - vIm[bus]
    const d = dRe * dRe + dIm * dIm
    if (!(d <= moved)) {
      moved = d
      report.worstBus = bus
      if (Number.isNaN(d)) return NaN
    }
    vRe[bus] = rhs[2 * u]
    vIm[bus] = rhs[2 * u + 1]
  }
  return Math.sqrt(moved)
}

/**
 * Voltages of the network with every load an impedance: exact for impedances, a good first guess for the rest, and
 * right in phase behind any transformer.
 *
 * Returns  -1, or the bus at which the matrix is singular
 */
export function solveLinear(problem: MeshedProblem): number {
  holdGiven(problem)
  const singular = factoriseAdmittance(problem, true)
  if (singular >= 0) return singular
  problem.rhs.fill(0)
  addGivenCurrents(problem)
  substitute(problem.plan, problem.factors, problem.rhs, problem.rhs, problem.work)
  takeVoltages(problem)
  return -1
}

/**
 * Iterative current injection: one factorisation of Y, then Y V = -conj(S(V) / V) until the voltages stand.
 *
 * Writes   voltages and report of `problem`
 * Cost     one factorisation, then O(fill) per iteration; converges linearly, fast where loads are small against Y
 */
export function solveCurrentFlow(
  problem: MeshedProblem,
  { tolerance = 1e-8, maxIterations = 200 }: MeshedOptions = {},
): void {
  const { y, vRe, vIm, rhs, work, plan, factors, report, network } = problem
  const { impedance } = network.demand
  report.converged = false
  report.iterations = 0
  report.mismatchPu = NaN
  report.worstBus = solveLinear(problem)
  if (report.worstBus >= 0) return
  report.worstBus = factoriseAdmittance(problem, false)
  if (report.worstBus >= 0) return
  report.worstBus = 0
  let moved = Infinity
  while (report.iterations < maxIterations && moved >= tolerance) {
    report.iterations++
    for (let u = 0; u < y.unknowns.length; u++) {
      const bus = y.unknowns[u]
      const re = vRe[bus]
      const im = vIm[bus]
      const square = re * re + im * im
      demandAt(problem, bus)
      const p = sum[0] / square - impedance[2 * bus] // impedances stand in the matrix
      const q = sum[1] / square - impedance[2 * bus + 1]
      rhs[2 * u] = -(p * re + q * im)
      rhs[2 * u + 1] = -(p * im - q * re)
    }
    addGivenCurrents(problem)
    substitute(plan, factors, rhs, rhs, work)
    moved = takeVoltages(problem)
  }
  report.converged = moved < tolerance
  report.mismatchPu = moved
}
