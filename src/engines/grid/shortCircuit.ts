import { TwinError } from '../../base/errors.ts'
import { exp } from '../../base/math/exp.ts'
import type { CaseTransformer, GridCase, GridId } from '../../model/gridCase.ts'
import { factorise, substitute } from './blockLu.ts'
import { buildNetwork } from './buildNetwork.ts'
import { createMeshedProblem } from './meshedFlow.ts'
import { BASE_VA } from './network.ts'

/** Short-circuit currents at one node, RMS of the initial symmetrical current but for the peak. */
export interface FaultCurrents {
  readonly id: GridId
  readonly threePhaseA: number // I"k3 max; 0 where no source reaches
  readonly twoPhaseA: number // I"k2 max
  readonly peakA: number // ip of the three-phase fault
  readonly leastA: number // I"k3 min
  readonly rOhm: number // of the impedance at the fault, max case
  readonly xOhm: number
}

/** Voltage factor c. Source: IEC 60909-0:2016, table 1; low voltage with a tolerance of +6 %. */
const voltageFactor = (ratedV: number, isMost: boolean): number =>
  ratedV <= 1000 ? (isMost ? 1.05 : 0.95) : isMost ? 1.1 : 1

/**
 * Correction of a transformer's impedance for the greatest current: 0.95 c max / (1 + 0.6 xT), c of its low side.
 *
 * Source   IEC 60909-0:2016, 6.3.3, equation (12a)
 */
function corrected(t: CaseTransformer): number {
  const uk = t.shortCircuitPu[0]
  const r = t.copperLossW[0] / t.ratedVa
  const x = Math.sqrt(Math.max(0, uk * uk - r * r))
  return (0.95 * voltageFactor(Math.min(t.fromV, t.toV), true)) / (1 + 0.6 * x)
}

/** The network that a fault sees: no loads, no charging, no shunts, taps at nominal. */
function faultCase(grid: GridCase, isMost: boolean): GridCase {
  return {
    ...grid,
    lines: grid.lines.map((line) => ({ ...line, capacitanceF: 0, tanDelta: 0 })),
    pis: grid.pis.map((pi) => ({ ...pi, gS: 0, bS: 0 })),
    transformers: grid.transformers.map((t) => {
      const k = isMost ? corrected(t) : 1
      const scale = ([nominal]: readonly [number, number, number]): readonly [number, number, number] => [
        nominal * k,
        nominal * k,
        nominal * k,
      ]
      const tap = { ...t.tap, position: t.tap.nominal }
      return {
        ...t,
        tap,
        noLoadPu: 0,
        ironLossW: 0,
        shortCircuitPu: scale(t.shortCircuitPu),
        copperLossW: scale(t.copperLossW),
      }
    }),
    threeWindings: grid.threeWindings.map((t) => ({
      ...t,
      noLoadPu: 0,
      ironLossW: 0,
      tap: { ...t.tap, position: t.tap.nominal },
    })),
    shunts: [],
    loads: [],
    generators: [],
  }
}

/** Impedance between each node and the voltages behind the sources, per unit; NaN where there is none. [2 n] */
function faultImpedances(grid: GridCase, isMost: boolean): Float64Array {
  const network = buildNetwork(faultCase(grid, isMost))
  const { y, plan, factors, entry, work } = createMeshedProblem(network)
  factors.fill(0)
  entry.forEach((s, e) => {
    const o = 4 * plan.slot[e]
    factors[o] = y.re[s]
    factors[o + 1] = -y.im[s]
    factors[o + 2] = y.im[s]
    factors[o + 3] = y.re[s]
  })
  const singular = factorise(plan, factors)
  if (singular >= 0) {
    const id = String(network.busId[y.unknowns[singular]])
    throw new TwinError('GRID_INVALID', `Node ${id} is joined to no source by an impedance, expected one.`, { id })
  }
  const z = new Float64Array(2 * grid.nodes.length).fill(NaN)
  const rhs = new Float64Array(2 * y.unknowns.length)
  for (let node = 0; node < grid.nodes.length; node++) {
    const u = y.unknown[node]
    if (u < 0) continue
    rhs.fill(0)
    rhs[2 * u] = 1
    substitute(plan, factors, rhs, rhs, work)
    z[2 * node] = rhs[2 * u]
    z[2 * node + 1] = rhs[2 * u + 1]
  }
  return z
}

/**
 * Short-circuit currents at every node by the method of the equivalent voltage source.
 *
 *   I"k3 = c Un / (√3 |Zk|),  I"k2 = √3 / 2 · I"k3,  ip = κ √2 I"k3,  κ = 1.02 + 0.98 e^(-3 R/X)
 *
 * Sources enter with their short-circuit power, for the least current as for the greatest; motors are not modelled.
 *
 * Throws   GRID_INVALID for a source without a finite short-circuit power
 * Cost     one substitution a node
 * Source   IEC 60909-0:2016, 7.2 (initial current), 8.1 (peak), method of the uniform ratio R/X at the fault
 */
export function faultCurrents(grid: GridCase): FaultCurrents[] {
  const endless = grid.sources.find(({ closed, shortCircuitVa }) => closed && !Number.isFinite(shortCircuitVa))
  if (endless)
    throw new TwinError(
      'GRID_INVALID',
      `source ${endless.id}: its short-circuit power is endless, expected a number of VA.`,
      {
        id: String(endless.id),
        field: 'sk',
      },
    )
  const [most, least] = [faultImpedances(grid, true), faultImpedances(grid, false)]
  return grid.nodes.map(({ id, ratedV }, i) => {
    const baseA = BASE_VA / (Math.sqrt(3) * ratedV)
    const size = (z: Float64Array): number => Math.sqrt(z[2 * i] * z[2 * i] + z[2 * i + 1] * z[2 * i + 1])
    if (Number.isNaN(most[2 * i]))
      return { id, threePhaseA: 0, twoPhaseA: 0, peakA: 0, leastA: 0, rOhm: NaN, xOhm: NaN }
    const threePhaseA = (voltageFactor(ratedV, true) / size(most)) * baseA
    const kappa = 1.02 + 0.98 * exp((-3 * most[2 * i]) / most[2 * i + 1])
    const zBase = (ratedV * ratedV) / BASE_VA
    return {
      id,
      threePhaseA,
      twoPhaseA: (Math.sqrt(3) / 2) * threePhaseA,
      peakA: kappa * Math.SQRT2 * threePhaseA,
      leastA: (voltageFactor(ratedV, false) / size(least)) * baseA,
      rOhm: most[2 * i] * zBase,
      xOhm: most[2 * i + 1] * zBase,
    }
  })
}
