/** What a file calls an element. Power-grid-model counts, MATPOWER gives numbers to buses only. */
export type GridId = number | string

export interface CaseNode {
  readonly id: GridId
  readonly ratedV: number // line to line
}

/** What every two-ended element shares. A switch stands at both ends. */
interface TwoEnds {
  readonly id: GridId
  readonly from: number // index of a node
  readonly to: number
  readonly fromClosed: boolean
  readonly toClosed: boolean
}

export interface CaseLine extends TwoEnds {
  readonly rOhm: number
  readonly xOhm: number
  readonly capacitanceF: number
  readonly tanDelta: number // loss factor of the shunt
  readonly ratedA: number // NaN when unlimited
  readonly zero?: {
    readonly rOhm: number
    readonly xOhm: number
    readonly capacitanceF: number
    readonly tanDelta: number
  }
  /** Unbalanced lines only: 3 × 3, row-major; the figures above are then the positive sequence. */
  readonly phases?: {
    readonly rOhm: readonly number[]
    readonly xOhm: readonly number[]
    readonly capacitanceF: readonly number[]
  }
}

/** Two busbars joined by next to nothing. */
export type CaseLink = TwoEnds

/**
 * A branch given by its circuit, referred to the "to" side: an ideal transformer of ratio `ratio · e^(j·shiftRad)`
 * at the "from" side, then a π of the series impedance with half the shunt at each end.
 */
export interface CasePi extends TwoEnds {
  readonly rOhm: number
  readonly xOhm: number
  readonly gS: number
  readonly bS: number
  readonly ratio: number // off-nominal, 1 when the node ratings already say it all
  readonly shiftRad: number // angle "from" minus angle "to"
  readonly ratedVa: number // NaN when unlimited
}

export interface TapChanger {
  readonly position: number
  readonly min: number // position of the lowest voltage; may be above `max`
  readonly max: number
  readonly nominal: number
  readonly stepV: number
}

/** Holds the voltage of one side of its transformer within a band, perhaps at the far end of an imagined line. */
export interface TapRegulator {
  readonly id: GridId
  readonly side: 'from' | 'to'
  readonly setV: number // line to line
  readonly bandV: number // whole width
  readonly dropOhm: readonly [r: number, x: number] // line-drop compensation
}

/** How a winding is tied: star point isolated, star point earthed, ring, zigzag isolated, zigzag earthed. */
export const WINDING_KINDS = ['wye', 'wye-earthed', 'delta', 'zigzag', 'zigzag-earthed'] as const
export type WindingKind = (typeof WINDING_KINDS)[number]

/** What an unbalanced calculation asks of a transformer beyond its nameplate. */
export interface TransformerZero {
  readonly fromWinding: WindingKind
  readonly toWinding: WindingKind
  readonly fromEarthOhm: readonly [r: number, x: number] // between star point and earth
  readonly toEarthOhm: readonly [r: number, x: number]
  readonly noLoadPu: number
  readonly ironLossW: number
}

export interface CaseTransformer extends TwoEnds {
  readonly fromV: number // rated voltage of the winding
  readonly toV: number
  readonly ratedVa: number
  readonly shortCircuitPu: readonly [nominal: number, atMin: number, atMax: number]
  readonly copperLossW: readonly [nominal: number, atMin: number, atMax: number]
  readonly noLoadPu: number // magnetising current
  readonly ironLossW: number
  readonly clock: number // 30° steps of "from" before "to"
  readonly tap: TapChanger
  readonly tapSide: 'from' | 'to'
  readonly zero?: TransformerZero
  readonly regulator?: TapRegulator
}

/** Three values: of the sides 1, 2 and 3, or of the pairs 1-2, 1-3 and 2-3. */
export type Three<Value = number> = readonly [Value, Value, Value]

export interface CaseThreeWinding {
  readonly id: GridId
  readonly nodes: Three
  readonly closed: Three<boolean>
  readonly windingV: Three
  readonly ratedVa: Three
  readonly shortCircuitPu: Three<readonly [nominal: number, atMin: number, atMax: number]> // pairs
  readonly copperLossW: Three<readonly [nominal: number, atMin: number, atMax: number]> // pairs
  readonly noLoadPu: number
  readonly ironLossW: number
  readonly clock12: number
  readonly clock13: number
  readonly tap: TapChanger
  readonly tapSide: 0 | 1 | 2
}

/** What stands at one node. */
interface AtNode {
  readonly id: GridId
  readonly node: number // index of a node
  readonly closed: boolean
}

/** A voltage behind a short-circuit impedance. */
export interface CaseSource extends AtNode {
  readonly vPu: number
  readonly angleRad: number
  readonly shortCircuitVa: number // Infinity: the node itself is held
  readonly rxRatio: number
  readonly zeroRatio?: number // zero-sequence impedance by the positive
}

export interface CaseShunt extends AtNode {
  readonly gS: number
  readonly bS: number
  readonly zero?: { readonly gS: number; readonly bS: number }
}

/** How a load answers to its voltage. */
export const LOAD_KINDS = ['power', 'impedance', 'current'] as const
export type LoadKind = (typeof LOAD_KINDS)[number]

export interface CaseLoad extends AtNode {
  readonly kind: LoadKind
  readonly sign: 1 | -1 // 1 draws, -1 feeds
  readonly pW: number // at rated voltage, in the direction of `sign`
  readonly qVar: number
  /** Unbalanced loads only: of each phase; the figures above are their sums. */
  readonly phases?: { readonly pW: Three; readonly qVar: Three }
}

/** A machine that holds the voltage of its node. */
export interface CaseGenerator extends AtNode {
  readonly pW: number
  readonly vPu: number
}

/** A grid as a file describes it: balanced, in engineering units, every reference checked. */
export interface GridCase {
  readonly title: string
  readonly frequencyHz: number
  readonly nodes: readonly CaseNode[]
  readonly lines: readonly CaseLine[]
  readonly links: readonly CaseLink[]
  readonly pis: readonly CasePi[]
  readonly transformers: readonly CaseTransformer[]
  readonly threeWindings: readonly CaseThreeWinding[]
  readonly sources: readonly CaseSource[]
  readonly shunts: readonly CaseShunt[]
  readonly loads: readonly CaseLoad[]
  readonly generators: readonly CaseGenerator[]
  readonly places?: readonly (readonly [lonDeg: number, latDeg: number] | null)[] // [nodes]
}

export const emptyCase = (title: string): GridCase => ({
  title,
  frequencyHz: 50,
  nodes: [],
  lines: [],
  links: [],
  pis: [],
  transformers: [],
  threeWindings: [],
  sources: [],
  shunts: [],
  loads: [],
  generators: [],
})
