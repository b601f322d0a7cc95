import { cos, sin } from '../../base/math/trig.ts'
import { createFactors, factorise, type LuPlan, planLu, substitute } from './blockLu.ts'
import { type EstimatorRow, type EstimatorState, evaluateRow, rowBuses } from './estimatorRows.ts'

/** Rows, their derivatives and the gain matrix HᵀWH over the buses, whose two unknowns are angle and ln of magnitude. */
export interface LeastSquares {
  readonly state: EstimatorState
  readonly rows: readonly EstimatorRow[]
  readonly buses: readonly number[] // unknown → bus
  readonly rowUnknowns: readonly (readonly number[])[] // [rows] unknowns of each row
  readonly rowBus: readonly (readonly number[])[] // [rows] the same as buses
  readonly derivative: readonly Float64Array[] // [rows][2 unknowns of the row]
  readonly calculated: Float64Array // [rows] pu
  readonly plan: LuPlan
  readonly slotOf: ReadonlyMap<number, number> // a · n + b → block
  readonly gain: Float64Array
}

export function createLeastSquares(state: EstimatorState, rows: readonly EstimatorRow[]): LeastSquares {
  const buses: number[] = []
  const unknown = new Int32Array(state.network.busCount).fill(-1)
  for (let i = 0; i < state.network.busCount; i++) if (state.y.alive[i]) unknown[i] = buses.push(i) - 1
  const n = buses.length
  const rowBus = rows.map((row) => rowBuses(state, row).filter((bus) => unknown[bus] >= 0))
  const rowUnknowns = rowBus.map((own) => own.map((bus) => unknown[bus]))
  const pattern: Set<number>[] = Array.from({ length: n }, (_, i) => new Set([i]))
  for (const own of rowUnknowns) for (const a of own) for (const b of own) pattern[a].add(b)
  const rowStart = new Int32Array(n + 1)
  const col: number[] = []
  pattern.forEach((set, i) => {
    col.push(...[...set].sort((a, b) => a - b))
    rowStart[i + 1] = col.length
  })
  const plan = planLu(n, rowStart, Int32Array.from(col))
  const slotOf = new Map<number, number>()
  for (let i = 0; i < n; i++)
    for (let s = rowStart[i]; s < rowStart[i + 1]; s++) slotOf.set(i * n + col[s], plan.slot[s])
  return {
    state,
    rows,
    buses,
    rowUnknowns,
    rowBus,
    derivative: rowUnknowns.map((own) => new Float64Array(2 * own.length)),
    calculated: new Float64Array(rows.length),
    plan,
    slotOf,
    gain: createFactors(plan),
  }
}

/** Evaluates every row, fills and factorises the gain matrix, and Hᵀ W residual. Returns -1 or the singular unknown. */
function linearise(problem: LeastSquares, rhs: Float64Array): number {
  const { state, rows, rowUnknowns, rowBus, derivative, calculated, plan, slotOf, gain } = problem
  const n = plan.n
  gain.fill(0)
  rhs.fill(0)
  rows.forEach((row, k) => {
    const own = rowUnknowns[k]
    const d = derivative[k]
    calculated[k] = evaluateRow(state, row, rowBus[k], d)
    const weight = 1 / (row.sigma * row.sigma)
    const residual = row.value - calculated[k]
    own.forEach((a, i) => {
      rhs[2 * a] += weight * residual * d[2 * i]
      rhs[2 * a + 1] += weight * residual * d[2 * i + 1]
      own.forEach((b, j) => {
        const o = 4 * (slotOf.get(a * n + b) as number)
        gain[o] += weight * d[2 * i] * d[2 * j]
        gain[o + 1] += weight * d[2 * i] * d[2 * j + 1]
        gain[o + 2] += weight * d[2 * i + 1] * d[2 * j]
        gain[o + 3] += weight * d[2 * i + 1] * d[2 * j + 1]
      })
    })
  })
  return factorise(plan, gain)
}

/**
 * Gauss-Newton from the voltages of the state.
 *
 * Writes   voltages of the state; at the end the rows stand at the solution, the gain is factorised there
 */
export function iterateLeastSquares(
  problem: LeastSquares,
  tolerance: number,
  most = 30,
): { converged: boolean; iterations: number } {
  const { state, buses, plan, gain } = problem
  const { vRe, vIm } = state
  const rhs = new Float64Array(2 * buses.length)
  const work = new Float64Array(2 * buses.length)
  for (let iteration = 1; iteration <= most; iteration++) {
    if (linearise(problem, rhs) >= 0) return { converged: false, iterations: iteration }
    substitute(plan, gain, rhs, rhs, work)
    let moved = 0
    buses.forEach((bus, u) => {
      const grow = 1 + rhs[2 * u + 1]
      const [c, s] = [grow * cos(rhs[2 * u]), grow * sin(rhs[2 * u])]
      const [re, im] = [vRe[bus], vIm[bus]]
      vRe[bus] = re * c - im * s
      vIm[bus] = re * s + im * c
      const size = Math.abs(rhs[2 * u]) + Math.abs(rhs[2 * u + 1])
      if (!(size <= moved)) moved = size
    })
    if (Number.isNaN(moved) || moved > 10) return { converged: false, iterations: iteration }
    if (moved < tolerance) return { converged: linearise(problem, rhs) < 0, iterations: iteration }
  }
  return { converged: false, iterations: most }
}

/**
 * Residuals by their own standard errors, √(σ² - h G⁻¹ hᵀ); NaN where nothing else speaks about the same thing.
 *
 * Returns  with them the objective, and the standard error of each bus's magnitude, [buses of the network] pu
 */
export function normalisedResiduals(problem: LeastSquares): {
  normalised: number[]
  objective: number
  sigmaPu: Float64Array
} {
  const { state, rows, buses, rowUnknowns, derivative, calculated, plan, gain } = problem
  const x = new Float64Array(2 * buses.length)
  const work = new Float64Array(2 * buses.length)
  let objective = 0
  const normalised = rows.map(({ value, sigma, reading }, k) => {
    const residual = value - calculated[k]
    objective += (residual * residual) / (sigma * sigma)
    if (reading < 0) return NaN
    x.fill(0)
    const d = derivative[k]
    rowUnknowns[k].forEach((a, i) => {
      x[2 * a] = d[2 * i]
      x[2 * a + 1] = d[2 * i + 1]
    })
    substitute(plan, gain, x, x, work)
    const explained = rowUnknowns[k].reduce((sum, a, i) => sum + x[2 * a] * d[2 * i] + x[2 * a + 1] * d[2 * i + 1], 0)
    const left = sigma * sigma - explained
    return left > 1e-6 * sigma * sigma ? Math.abs(residual) / Math.sqrt(left) : NaN
  })
  const sigmaPu = new Float64Array(state.network.busCount).fill(NaN)
  buses.forEach((bus, u) => {
    x.fill(0)
    x[2 * u + 1] = 1
    substitute(plan, gain, x, x, work)
    const v = Math.sqrt(state.vRe[bus] * state.vRe[bus] + state.vIm[bus] * state.vIm[bus])
    sigmaPu[bus] = v * Math.sqrt(Math.max(0, x[2 * u + 1]))
  })
  return { normalised, objective, sigmaPu }
}
