import type { GridId } from '../../model/gridCase.ts'
import type { Complex } from './complex.ts'
import type { ComplexMatrix } from './complexMatrix.ts'

/** One element as a multi-port: currents into its terminals = y · voltages of its terminals. */
export interface PhaseElement {
  readonly id: GridId
  readonly kind: 'line' | 'transformer' | 'shunt' | 'source'
  readonly node: Int32Array // [k] network node of each terminal; -1 when its end is open
  readonly end: Uint8Array // [k] end of the element the terminal belongs to
  readonly phase: Uint8Array // [k] number of the node at its bus
  readonly y: ComplexMatrix // [k, k] per unit; rows of open ends are 0
  readonly ends: number
  readonly ratedA: number // NaN when it has no current limit
  readonly ratedVa: number // NaN when it has no power limit
}

/** All loads, one row for each part between two nodes. */
export interface PhaseLoadColumns {
  readonly count: number
  readonly owner: Int32Array // [count] index of the load in the case
  readonly from: Int32Array // [count] node
  readonly to: Int32Array // [count] node, -1 earth
  readonly p: Float64Array // [count] pu, drawn is positive
  readonly q: Float64Array // [count]
  readonly perVolt: Float64Array // [count] relative voltage of the part for 1 pu across it
  readonly pZip: Float64Array // [count, 3] shares of impedance, current, power
  readonly qZip: Float64Array // [count, 3]
  readonly minPu: Float64Array // [count]
  readonly maxPu: Float64Array // [count]
}

/**
 * A grid with every phase of every bus a node of its own. Per unit: voltages on the bus's rated voltage to earth
 * (line to line by √3), powers on a third of the base power, so that impedances read as in the balanced network.
 */
export interface PhaseNetwork {
  readonly nodeCount: number
  readonly nodeBus: Int32Array // [n] bus of the case; -1 behind a source
  readonly nodePhase: Uint8Array // [n] number at its bus
  readonly nodeId: readonly GridId[] // [n] for messages
  readonly elements: readonly PhaseElement[]
  readonly fixed: readonly { readonly node: number; readonly v: Complex }[]
  readonly loads: PhaseLoadColumns
  readonly sourceElement: Int32Array // [sources] its element, -1 when it holds its bus or is off
}
