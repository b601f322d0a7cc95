import type { GridId } from '../../model/gridCase.ts'
import type { Complex } from './complex.ts'

/** Three-phase base power of every per-unit quantity. */
export const BASE_VA = 1e6

/**
 * One branch in per unit, referred to its "to" end: an ideal transformer of the complex ratio V(from) / V(to) at the
 * "from" end, then a π of `series` with half of `shunt` at each end. An end that is open carries no current.
 */
export interface PiBranch {
  readonly from: number // bus
  readonly to: number
  readonly fromClosed: boolean
  readonly toClosed: boolean
  readonly series: Complex // admittance
  readonly shunt: Complex // admittance, both halves
  readonly ratio: Complex
}

/** Power at one bus as a function of its voltage: p + jq = power + current |V| + impedance |V|². Drawn is positive. */
export interface BusDemand {
  readonly power: Float64Array // [2 n] p, q of bus i at 2 i, 2 i + 1
  readonly current: Float64Array // [2 n]
  readonly impedance: Float64Array // [2 n]; shunts as well: p = g, q = -b
}

/**
 * A grid as the general solvers see it: buses (nodes, star points of three-winding transformers, voltages behind a
 * source), branches as π, everything in per unit on {@link BASE_VA} and the buses' rated voltages.
 */
export interface Network {
  readonly busCount: number
  readonly busId: readonly GridId[] // for messages; a hidden bus carries the id of its element
  readonly branches: readonly PiBranch[]
  readonly demand: BusDemand
  readonly fixed: readonly { readonly bus: number; readonly v: Complex }[] // voltages that are given
  readonly held: readonly { readonly bus: number; readonly pPu: number; readonly vPu: number }[] // PV buses, fed power
}

/** The four admittances of a branch between its two buses. */
export interface BranchAdmittance {
  readonly ff: Complex
  readonly ft: Complex
  readonly tf: Complex
  readonly tt: Complex
}
