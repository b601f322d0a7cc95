import { TwinError } from '../../base/errors.ts'
import { atan2 } from '../../base/math/arc.ts'
import { cos, sin } from '../../base/math/trig.ts'
import type { GridCase, GridId } from '../../model/gridCase.ts'
import type { GridReading, ReadingVerdict, StateEstimate } from '../../model/gridReading.ts'
import type { ProofLevel } from '../../model/trust.ts'
import { type BuiltNetwork, buildNetwork } from './buildNetwork.ts'
import { solveLinear } from './currentFlow.ts'
import { createEstimatorState, type EstimatorRow, type EstimatorState } from './estimatorRows.ts'
import { mergeLinks } from './mergeLinks.ts'
import { createMeshedProblem } from './meshedFlow.ts'
import { BASE_VA } from './network.ts'
import { createLeastSquares, iterateLeastSquares, normalisedResiduals } from './weightedLeastSquares.ts'

export interface EstimateOptions {
  /** Standard error of what a load is assumed to draw where nothing is measured, share of it. */
  readonly loadShare?: number
  readonly sourceSigmaPu?: number // of the voltage a source is set to
  readonly threshold?: number // normalised residual from which a reading is bad
  readonly maxRemoved?: number
  readonly tolerance?: number
}

/**
 * How much wider a reading's error is taken for the level its message is proven to; endless: left out.
 * A claim without a signature weighs nothing. Assumed: levels say who spoke, not how well he measured.
 */
const WIDER: Readonly<Record<ProofLevel, number>> = { 0: Infinity, 1: Infinity, 2: 2, 3: 1.25, 4: 1, 5: 1 }
/** Error of what is exact: buses without load, the reference angle. */
const EXACT = 1e-5
/** An assumed load is never taken for surer than this. */
const LEAST_SIGMA_PU = 1e-4

/** Readings as rows in per unit; null for those that weigh nothing. */
function rowOf(reading: GridReading, k: number, network: BuiltNetwork, places: Places): EstimatorRow | null {
  const sigma = reading.sigma * WIDER[reading.proof]
  const refuse = (field: string, got: string, expected: string): TwinError =>
    new TwinError('GRID_INVALID', `reading of ${reading.device}: ${field} is ${got}, expected ${expected}.`, {
      id: reading.device,
      field,
    })
  if (!Number.isFinite(reading.value)) throw refuse('value', String(reading.value), 'a finite number')
  if (!(reading.sigma > 0)) throw refuse('sigma', String(reading.sigma), 'a number above 0')
  const isVoltage = reading.quantity === 'voltage'
  const scale = isVoltage ? 1 : BASE_VA
  const head = { value: reading.value / scale, sigma: sigma / scale, reading: k, isFrom: true }
  if ('node' in reading.at) {
    const at = places.node.get(reading.at.node)
    if (at === undefined) throw refuse('node', String(reading.at.node), 'the id of a node')
    return Number.isFinite(sigma) ? { ...head, kind: reading.quantity, at } : null
  }
  if (isVoltage) throw refuse('quantity', 'voltage', 'p or q at a branch')
  const at = places.branch.get(reading.at.branch)
  const branch = at === undefined ? undefined : network.branches[at]
  if (at === undefined || !branch)
    throw refuse('branch', String(reading.at.branch), 'the id of a line, circuit or transformer')
  if (!branch.fromClosed || !branch.toClosed)
    throw refuse('branch', String(reading.at.branch), 'a branch closed at both ends')
  return Number.isFinite(sigma)
    ? { ...head, kind: reading.quantity === 'p' ? 'flowP' : 'flowQ', at, isFrom: reading.at.end === 'from' }
    : null
}

interface Places {
  readonly node: ReadonlyMap<GridId, number>
  readonly branch: ReadonlyMap<GridId, number>
}

function placesOf(grid: GridCase, { owners }: BuiltNetwork, standsFor: Int32Array): Places {
  const branch = new Map<GridId, number>()
  for (const [table, first] of [
    [grid.lines, owners.lines],
    [grid.links, owners.links],
    [grid.pis, owners.pis],
    [grid.transformers, owners.transformers],
  ] as const)
    table.forEach(({ id }, k) => {
      branch.set(id, first + k)
    })
  return { node: new Map(grid.nodes.map(({ id }, i) => [id, standsFor[i]])), branch }
}

/** What is taken for granted: the reference, the sources' settings, and what every bus draws where nobody measures it. */
function assumptions(
  grid: GridCase,
  state: EstimatorState,
  measured: ReadonlySet<string>,
  options: Required<EstimateOptions>,
): EstimatorRow[] {
  const { network, y } = state
  const rows: EstimatorRow[] = []
  const put = (kind: EstimatorRow['kind'], at: number, value: number, sigma: number): void => {
    rows.push({ kind, at, value, sigma, isFrom: true, reading: -1 })
  }
  network.fixed.forEach(({ bus, v }, k) => {
    if (k === 0) put('angle', bus, 0, EXACT)
    put('voltage', bus, Math.sqrt(v.re * v.re + v.im * v.im), options.sourceSigmaPu)
  })
  const drawn = new Float64Array(2 * network.busCount)
  const least = new Float64Array(2 * network.busCount)
  for (const { node, closed, sign, pW, qVar } of grid.loads) {
    if (!closed) continue
    drawn[2 * node] += (sign * pW) / BASE_VA
    drawn[2 * node + 1] += (sign * qVar) / BASE_VA
    least[2 * node] += Math.abs(pW) / BASE_VA
    least[2 * node + 1] += Math.abs(qVar) / BASE_VA
  }
  const fixed = new Set(network.fixed.map(({ bus }) => bus))
  for (let bus = 0; bus < network.busCount; bus++) {
    if (!y.alive[bus] || fixed.has(bus)) continue
    for (const [kind, part] of [
      ['p', 0],
      ['q', 1],
    ] as const) {
      if (measured.has(`${kind} ${bus}`)) continue
      const size = least[2 * bus + part]
      const known = least[2 * bus] === 0 && least[2 * bus + 1] === 0
      put(kind, bus, drawn[2 * bus + part], known ? EXACT : Math.max(LEAST_SIGMA_PU, options.loadShare * size))
    }
  }
  return rows
}

/** Begins at the voltages of the grid without load: right in phase behind any transformer. */
function startVoltages(state: EstimatorState): void {
  const problem = createMeshedProblem(state.network)
  solveLinear(problem)
  state.vRe.set(problem.vRe)
  state.vIm.set(problem.vIm)
  // the first source gives the reference; its rows want it at angle 0
  const [first] = state.network.fixed
  const turn = -atan2(first.v.im, first.v.re)
  const [c, s] = [cos(turn), sin(turn)]
  for (let i = 0; i < state.vRe.length; i++) {
    const [re, im] = [state.vRe[i], state.vIm[i]]
    state.vRe[i] = re * c - im * s
    state.vIm[i] = re * s + im * c
  }
}

/**
 * Weighted least squares over readings and assumptions, nodes joined by links as one, with the largest normalised residual taken out until none
 * is beyond the threshold. A device whose reading went is a suspect: physics contradicts it, whatever its signature.
 *
 * Throws   GRID_INVALID for a reading that fits nothing, naming device and field; or when nothing holds a voltage
 * Source   Abur & Exposito, Power System State Estimation (2004), ch. 2 and 5
 */
export function estimateState(
  whole: GridCase,
  readings: readonly GridReading[],
  given: EstimateOptions = {},
): StateEstimate {
  const options = { loadShare: 0.5, sourceSigmaPu: 0.01, threshold: 4, maxRemoved: 20, tolerance: 1e-9, ...given }
  const { grid, standsFor } = mergeLinks(whole)
  const network = buildNetwork({ ...grid, loads: [], generators: [] })
  if (network.fixed.length === 0)
    throw new TwinError('GRID_INVALID', 'The grid has no source that is switched on, expected at least 1.', {
      sources: 0,
    })
  const state = createEstimatorState(network)
  const places = placesOf(grid, network, standsFor)
  const rows = readings.map((reading, k) => rowOf(reading, k, network, places))
  const alive = rows.map(
    (row) => row !== null && state.y.alive[row.kind.startsWith('flow') ? network.branches[row.at].from : row.at] === 1,
  )
  const bad = new Set<number>()
  const suspects: string[] = []
  startVoltages(state)
  for (;;) {
    const used = rows.filter((row, k): row is EstimatorRow => row !== null && alive[k] && !bad.has(k))
    const measured = new Set(
      used.filter(({ kind }) => kind === 'p' || kind === 'q').map(({ kind, at }) => `${kind} ${at}`),
    )
    const all = [...used, ...assumptions(grid, state, measured, options)]
    const problem = createLeastSquares(state, all)
    const { converged, iterations } = iterateLeastSquares(problem, options.tolerance)
    const { normalised, objective, sigmaPu } = converged
      ? normalisedResiduals(problem)
      : { normalised: all.map(() => NaN), objective: NaN, sigmaPu: new Float64Array(network.busCount).fill(NaN) }
    let worst = -1
    used.forEach((_, k) => {
      if (normalised[k] > options.threshold && (worst < 0 || normalised[k] > normalised[worst])) worst = k
    })
    if (worst >= 0 && bad.size < options.maxRemoved) {
      const { reading } = used[worst]
      bad.add(reading)
      if (!suspects.includes(readings[reading].device)) suspects.push(readings[reading].device)
      continue
    }
    const place = new Map(used.map((row, k) => [row.reading, k]))
    return {
      converged,
      iterations,
      nodes: grid.nodes.map(({ id }, own) => {
        const i = standsFor[own]
        return {
          id,
          vPu: Math.sqrt(state.vRe[i] * state.vRe[i] + state.vIm[i] * state.vIm[i]),
          angleRad: atan2(state.vIm[i], state.vRe[i]),
          sigmaPu: sigmaPu[i],
        }
      }),
      readings: readings.map((reading, k): ReadingVerdict => {
        const { device, quantity, value } = reading
        const at = place.get(k)
        const scale = quantity === 'voltage' ? 1 : BASE_VA
        if (at === undefined)
          return { device, quantity, value, estimate: NaN, normalised: NaN, status: bad.has(k) ? 'bad' : 'untrusted' }
        const status = Number.isNaN(normalised[at]) ? 'unchecked' : 'used'
        return { device, quantity, value, estimate: problem.calculated[at] * scale, normalised: normalised[at], status }
      }),
      suspects,
      objective,
      freedom: all.length - 2 * problem.buses.length,
    }
  }
}
