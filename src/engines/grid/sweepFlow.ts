import { TwinError } from '../../base/errors.ts'
import { admittanceOf } from './branchAdmittance.ts'
import { add, type Complex, complex, inverse, scaled, squaredSize, times } from './complex.ts'
import type { Network } from './network.ts'
import { createFlowState, type FlowReport, type RadialNet, solveRadialFlow } from './radialFlow.ts'

/** Below this, rounding moves the voltages as much as a sweep does. */
const FINEST = 1e-13

/** A network turned into a feeder: order, folded impedances, and how to read the voltages back. */
interface Feeder {
  readonly net: RadialNet
  readonly bus: Int32Array // [feeder] bus of each position
  readonly fold: readonly Complex[] // [feeder] internal voltage = fold · voltage
  readonly sourcePu: number
}

/** Why the sweep cannot solve this network, or null. */
export function whyNotRadial({ fixed, held, demand, branches, busId }: Network): string | null {
  if (fixed.length !== 1) return `${fixed.length} voltages are given, expected 1`
  if (held.length > 0) return `bus ${busId[held[0].bus]} holds its voltage`
  const bus = demand.current.findIndex((part) => part !== 0)
  if (bus >= 0) return `bus ${busId[bus >> 1]} has a constant-current load`
  return loopThrough({ fixed, branches, busId })
}

/** The bus at which a second way to the source ends, as words; null when there is none. */
function loopThrough({ branches, busId }: Pick<Network, 'fixed' | 'branches' | 'busId'>): string | null {
  const root = busId.map((_, i) => i)
  const find = (i: number): number => {
    let at = i
    while (root[at] !== at) {
      root[at] = root[root[at]]
      at = root[at]
    }
    return at
  }
  for (const { from, to, fromClosed, toClosed } of branches) {
    if (!fromClosed || !toClosed) continue
    const [a, b] = [find(from), find(to)]
    if (a === b) return `a second path ends at bus ${busId[to]}`
    root[a] = b
  }
  return null
}

/**
 * Orders the buses from the source outwards and folds every ideal transformer into the voltage base behind it:
 * with U = s V at each bus and s = s(parent) · ratio, a branch is a plain impedance |s|² z between its ends.
 */
function foldFeeder(network: Network): Feeder {
  const { branches, demand, busCount, fixed } = network
  const at: number[][] = Array.from({ length: busCount }, () => [])
  branches.forEach(({ from, to, fromClosed, toClosed }, b) => {
    if (!fromClosed || !toClosed) return
    at[from].push(b)
    at[to].push(b)
  })
  const source = fixed[0]
  const order = [source.bus]
  const parent = [-1]
  const fold: Complex[] = [complex(1)]
  const z: Complex[] = [complex(0)]
  const shunt: Complex[] = [complex(0)]
  const via = [-1]
  for (let i = 0; i < order.length; i++) {
    for (const b of at[order[i]]) {
      if (b === via[i]) continue
      const branch = branches[b]
      const outward = branch.from === order[i]
      const s = outward ? times(fold[i], branch.ratio) : times(fold[i], inverse(branch.ratio))
      const square = squaredSize(outward ? s : fold[i]) // of the "to" end, where the impedance stands
      const half = scaled(branch.shunt, 0.5 / square)
      shunt[i] = add(shunt[i], half)
      order.push(outward ? branch.to : branch.from)
      parent.push(i)
      fold.push(s)
      z.push(scaled(inverse(branch.series), square))
      shunt.push(half)
      via.push(b)
    }
  }
  const position = new Int32Array(busCount).fill(-1)
  order.forEach((bus, i) => {
    position[bus] = i
    const own = complex(demand.impedance[2 * bus], -demand.impedance[2 * bus + 1])
    shunt[i] = add(shunt[i], scaled(own, 1 / squaredSize(fold[i])))
  })
  for (const branch of branches) {
    if (branch.fromClosed === branch.toClosed) continue
    const bus = branch.fromClosed ? branch.from : branch.to
    const i = position[bus]
    if (i < 0) continue
    const { ff, tt } = admittanceOf(branch)
    shunt[i] = add(shunt[i], scaled(branch.fromClosed ? ff : tt, 1 / squaredSize(fold[i])))
  }
  return {
    net: {
      parent: Int32Array.from(parent),
      rPu: Float64Array.from(z, ({ re }) => re),
      xPu: Float64Array.from(z, ({ im }) => im),
      gPu: Float64Array.from(shunt, ({ re }) => re),
      bPu: Float64Array.from(shunt, ({ im }) => im),
    },
    bus: Int32Array.from(order),
    fold,
    sourcePu: Math.sqrt(squaredSize(source.v)),
  }
}

/**
 * Solves a radial network with one given voltage by the feeder kernel.
 *
 * Writes   vRe, vIm of every bus the source reaches; the others stay as they are. Report by bus of the network.
 * Throws   GRID_NOT_RADIAL when a bus has two ways to the source or an element only the other methods know
 */
export function solveSweepFlow(
  network: Network,
  vRe: Float64Array,
  vIm: Float64Array,
  report: FlowReport,
  { tolerance = 1e-8, maxIterations = 200 } = {},
): void {
  const why = whyNotRadial(network)
  if (why !== null) throw new TwinError('GRID_NOT_RADIAL', `The sweep needs a radial grid: ${why}.`, { why })
  const { net, bus, fold, sourcePu } = foldFeeder(network)
  const n = bus.length
  const { power } = network.demand
  const state = createFlowState(n)
  const load = {
    pPu: Float64Array.from(bus, (b) => power[2 * b]),
    qPu: Float64Array.from(bus, (b) => power[2 * b + 1]),
  }
  // flows are read off small voltage differences, and the sweep gains only a digit or two a time: ask it for two more
  const finer = Math.max(tolerance / 100, Math.min(tolerance, FINEST))
  solveRadialFlow(net, load, state, { sourcePu, tolerance: finer, maxSweeps: maxIterations })
  const { v } = network.fixed[0]
  const turn = scaled(v, 1 / sourcePu)
  for (let i = 0; i < n; i++) {
    const u = times(times(complex(state.vRe[i], state.vIm[i]), turn), inverse(fold[i]))
    vRe[bus[i]] = u.re
    vIm[bus[i]] = u.im
  }
  Object.assign(report, state.report, { worstBus: bus[state.report.worstBus] })
}
