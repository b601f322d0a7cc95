import { substituteComplex } from './complexLu.ts'
import type { PhaseProblem } from './phaseFlow.ts'
import { partCurrent, portCurrent } from './phaseLoads.ts'

/**
 * A three-phase network seen from its loads only: every load part is a port, the rest is folded into the impedances
 * between ports. Exact, since between the ports everything is linear; it pays where loads are few against nodes.
 */
export interface LoadPorts {
  readonly problem: PhaseProblem
  readonly count: number
  readonly zRe: Float64Array // [count, count] voltage at the row's port for current drawn at the column's
  readonly zIm: Float64Array
  readonly openRe: Float64Array // [count] voltage with nothing drawn
  readonly openIm: Float64Array
  readonly vRe: Float64Array // [count] result
  readonly vIm: Float64Array
  readonly iRe: Float64Array // [count] drawn beyond the impedances that stand in the matrix
  readonly iIm: Float64Array
}

/** Ports of a problem whose voltages are those without load. Cost: one substitution a port. */
export function createLoadPorts(problem: PhaseProblem): LoadPorts {
  const { network, y, plan, factors, work, vRe, vIm } = problem
  const { from, to, count } = network.loads
  const column = () => new Float64Array(count)
  const ports: LoadPorts = {
    problem,
    count,
    zRe: new Float64Array(count * count),
    zIm: new Float64Array(count * count),
    openRe: column(),
    openIm: column(),
    vRe: column(),
    vIm: column(),
    iRe: column(),
    iIm: column(),
  }
  const x = new Float64Array(2 * y.unknowns.length)
  const part = (u: number): 0 | 1 => (u < 0 ? 0 : 1)
  for (let k = 0; k < count; k++) {
    const a = y.unknown[from[k]]
    const b = to[k] < 0 ? -1 : y.unknown[to[k]]
    x.fill(0)
    if (a >= 0) x[2 * a] += 1
    if (b >= 0) x[2 * b] -= 1
    substituteComplex(plan, factors, x, x, work)
    for (let l = 0; l < count; l++) {
      const c = y.unknown[from[l]]
      const d = to[l] < 0 ? -1 : y.unknown[to[l]]
      ports.zRe[l * count + k] = (part(c) && x[2 * c]) - (part(d) && x[2 * d])
      ports.zIm[l * count + k] = (part(c) && x[2 * c + 1]) - (part(d) && x[2 * d + 1])
    }
    ports.openRe[k] = vRe[from[k]] - (to[k] < 0 ? 0 : vRe[to[k]])
    ports.openIm[k] = vIm[from[k]] - (to[k] < 0 ? 0 : vIm[to[k]])
  }
  ports.vRe.set(ports.openRe)
  ports.vIm.set(ports.openIm)
  return ports
}

/**
 * Voltages at the ports by iterative current, begun at those that stand there.
 *
 * Shapes   `factor`: load factor of each port
 * Writes   voltages and currents of `ports`; the report of the problem, whose mismatch is how far a port last moved
 * Cost     O(ports²) an iteration
 */
export function solveLoadPorts(ports: LoadPorts, factor: Float64Array, tolerance = 1e-8, maxIterations = 200): void {
  const { problem, count, zRe, zIm, openRe, openIm, vRe, vIm, iRe, iIm } = ports
  const { report, network } = problem
  report.converged = false
  report.iterations = 0
  report.worstBus = problem.singular
  report.mismatchPu = NaN
  if (problem.singular >= 0) return
  let moved = 1
  let worst = 0
  const limit = tolerance * tolerance
  while (report.iterations < maxIterations && moved >= limit && moved < 1e12) {
    report.iterations++
    for (let k = 0; k < count; k++) {
      portCurrent(network.loads, k, factor[k], vRe[k], vIm[k], true)
      iRe[k] = partCurrent[0]
      iIm[k] = partCurrent[1]
    }
    moved = 0
    for (let l = 0; l < count; l++) {
      const row = l * count
      let re = openRe[l]
      let im = openIm[l]
      for (let k = 0; k < count; k++) {
        const a = zRe[row + k]
        const b = zIm[row + k]
        const c = iRe[k]
        const d = iIm[k]
        re -= a * c - b * d
        im -= a * d + b * c
      }
      const dRe = re - vRe[l]
      const dIm = im - vIm[l]
      const d = dRe * dRe + dIm * dIm
      if (!(d <= moved)) {
        moved = d
        worst = l
      }
      vRe[l] = re
      vIm[l] = im
    }
  }
  report.converged = moved < limit
  report.mismatchPu = Math.sqrt(moved)
  report.worstBus = count > 0 ? network.loads.from[worst] : 0
}

/** Voltages of every node from the currents at the ports. Writes the voltages of the problem. */
export function spreadPorts({ problem, count, iRe, iIm }: LoadPorts): void {
  const { network, y, plan, factors, given, rhs, work, vRe, vIm } = problem
  const { from, to } = network.loads
  rhs.set(given)
  for (let k = 0; k < count; k++) {
    const a = y.unknown[from[k]]
    if (a >= 0) {
      rhs[2 * a] -= iRe[k]
      rhs[2 * a + 1] -= iIm[k]
    }
    const b = to[k] < 0 ? -1 : y.unknown[to[k]]
    if (b >= 0) {
      rhs[2 * b] += iRe[k]
      rhs[2 * b + 1] += iIm[k]
    }
  }
  substituteComplex(plan, factors, rhs, rhs, work)
  for (let u = 0; u < y.unknowns.length; u++) {
    vRe[y.unknowns[u]] = rhs[2 * u]
    vIm[y.unknowns[u]] = rhs[2 * u + 1]
  }
}
