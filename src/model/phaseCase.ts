import type { CaseTransformer, GridId } from './gridCase.ts'

export interface PhaseBus {
  readonly id: GridId
  readonly ratedV: number // line to line
}

/** Where one end of an element is tied: nodes of a bus, 1 to 3 the phases, above them neutrals, 0 earth. */
export interface PhaseEnd {
  readonly bus: number // index of a bus
  readonly nodes: readonly number[]
}

/** A square complex matrix, row-major. */
export interface PhaseMatrix {
  readonly re: readonly number[]
  readonly im: readonly number[]
}

export interface PhaseLine {
  readonly id: GridId
  readonly from: PhaseEnd // as many nodes as conductors, earth return folded in
  readonly to: PhaseEnd
  readonly fromClosed: boolean
  readonly toClosed: boolean
  readonly seriesOhm: PhaseMatrix
  readonly shuntS: PhaseMatrix // whole line; half stands at each end
  readonly ratedA: number // NaN when unlimited
}

export interface PhaseWinding {
  readonly bus: number
  /** Ends of the coil of each unit: [start, finish], nodes of `bus`. */
  readonly coils: readonly (readonly [number, number])[]
  readonly coilV: number // rated voltage of one coil
  readonly rPu: number // on the rating of the transformer
  readonly tap: number // ratio of turns, 1 nominal
}

/** A transformer as equal single-phase units of two or more windings, tied together by how their coils are connected. */
export interface PhaseTransformer {
  readonly id: GridId
  readonly windings: readonly PhaseWinding[]
  readonly ratedVa: number // all units
  readonly reactancePu: readonly number[] // pairs 1-2, 1-3 … 2-3 …
  readonly ironPu: number // no-load loss, at the last winding
  readonly magnetisingPu: number // no-load reactive current, at the last winding
}

/** Balanced voltages behind an impedance. */
export interface PhaseSource {
  readonly id: GridId
  readonly end: PhaseEnd // three nodes
  readonly closed: boolean
  readonly vPu: number // of the rated voltage of its bus
  readonly angleRad: number // of the first node
  readonly positiveOhm: readonly [r: number, x: number] // 0, 0: the bus itself is held
  readonly zeroOhm: readonly [r: number, x: number]
}

export interface PhaseShunt {
  readonly id: GridId
  readonly end: PhaseEnd
  readonly closed: boolean
  readonly admittanceS: PhaseMatrix
}

/** Shares of constant impedance, current and power; they need not add up to 1 at every voltage. */
export type ZipShares = readonly [impedance: number, current: number, power: number]

/** A load or generator: one part for each pair of nodes it stands between. */
export interface PhaseLoad {
  readonly id: GridId
  readonly bus: number
  readonly closed: boolean
  readonly sign: 1 | -1 // 1 draws, -1 feeds
  readonly parts: readonly { readonly from: number; readonly to: number; readonly pW: number; readonly qVar: number }[]
  readonly ratedV: number // across a part
  readonly pShares: ZipShares
  readonly qShares: ZipShares
  readonly minPu: number // below it a constant impedance
  readonly maxPu: number // above it likewise
  readonly profile: string | null // name of its series
}

/** A tap changer that holds a voltage at the far end of a line it imagines. */
export interface PhaseRegulator {
  readonly id: GridId
  readonly transformer: number // index into `transformers`
  readonly winding: number // whose tap moves and whose voltage is measured
  readonly setV: number // on the secondary of the voltage transformer
  readonly bandV: number // whole width
  readonly voltageRatio: number
  readonly currentA: number // primary rating of the current transformer
  readonly rV: number // line drop at that current
  readonly xV: number
  readonly minTap: number
  readonly maxTap: number
  readonly steps: number // between them
}

/** A grid with its phases told apart, in engineering units, every reference checked. */
export interface PhaseCase {
  readonly title: string
  readonly frequencyHz: number
  readonly buses: readonly PhaseBus[]
  readonly lines: readonly PhaseLine[]
  readonly transformers: readonly PhaseTransformer[]
  readonly nameplates: readonly CaseTransformer[] // two windings, by nameplate, vector group and grounding
  readonly sources: readonly PhaseSource[]
  readonly shunts: readonly PhaseShunt[]
  readonly loads: readonly PhaseLoad[]
  readonly regulators: readonly PhaseRegulator[]
  /** Load factor over time by name, equally long steps. */
  readonly profiles: ReadonlyMap<string, { readonly stepS: number; readonly factor: Float64Array }>
}

export const emptyPhaseCase = (title: string): PhaseCase => ({
  title,
  frequencyHz: 50,
  buses: [],
  lines: [],
  transformers: [],
  nameplates: [],
  sources: [],
  shunts: [],
  loads: [],
  regulators: [],
  profiles: new Map(),
})
