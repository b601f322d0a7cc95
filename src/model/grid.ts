/** What a bus is. Index into this list is the stored value. */
export const BUS_KINDS = ['source', 'mv-station', 'mv-joint', 'lv-board', 'lv-joint', 'building', 'asset'] as const
export type BusKind = (typeof BUS_KINDS)[number]

/** What a branch is. Index into this list is the stored value. */
export const BRANCH_KINDS = ['line', 'transformer', 'switch'] as const
export type BranchKind = (typeof BRANCH_KINDS)[number]

/** The grid as it stands in the city: where everything is and what limits it. Electrical data stay in the worker. */
export interface GridMap {
  readonly title: string // 'Synthesised medium- and low-voltage grid'
  readonly source: string // model name and what it rests on
  readonly busCount: number
  readonly busXM: Float32Array // [n]
  readonly busYM: Float32Array // [n]
  readonly busKind: Uint8Array // [n] index into BUS_KINDS
  readonly busVoltageV: Float32Array // [n] nominal, line to line
  readonly busBuilding: Int32Array // [n] index of the building it serves, else -1
  readonly branchCount: number
  readonly branchFrom: Int32Array // [m] bus nearer to the source
  readonly branchTo: Int32Array // [m]
  readonly branchKind: Uint8Array // [m] index into BRANCH_KINDS
  readonly branchRating: Float32Array // [m] A for lines, VA for transformers
  readonly branchType: Uint16Array // [m] index into `types`
  readonly types: readonly string[] // 'NA2XS2Y 3×1×240 mm² 10 kV' …
  readonly pathStart: Uint32Array // [m + 1] drawn polyline of each branch
  readonly pathXM: Float32Array
  readonly pathYM: Float32Array
}

/** A day of the grid in equal steps. Row-major: step t of bus i is at `t * n + i`. */
export interface GridDay {
  readonly steps: number
  readonly stepS: number
  readonly vPu: Float32Array // [steps, n]; NaN in a step that did not converge
  readonly loading: Float32Array // [steps, m] share of the thermal limit; NaN likewise
  readonly converged: Uint8Array // [steps]
  readonly iterations: Uint16Array // [steps]
  readonly mismatchPu: Float64Array // [steps] worst
  readonly worstBus: Int32Array // [steps] where the worst mismatch stands
  readonly loadW: Float64Array // [steps] all loads
  readonly generationW: Float64Array // [steps] PV and storage discharge
  readonly lossW: Float64Array // [steps]
  readonly sourceW: Float64Array // [steps] drawn from the substations
}

/** One branch over the day, asked for when somebody clicks it. */
export interface BranchDay {
  readonly pW: Float64Array // [steps] from the source side; negative flows back
  readonly qVar: Float64Array // [steps]
  readonly iA: Float64Array // [steps]
  readonly loading: Float64Array // [steps]
}

/** One bus over the day, asked for when somebody clicks it. */
export interface BusDay {
  readonly vPu: Float64Array // [steps]
  readonly pW: Float64Array // [steps] drawn at the bus itself; negative feeds
  readonly qVar: Float64Array // [steps]
}

/** What the grid results say, in a few numbers. */
export interface GridSummary {
  readonly peakLoadW: number
  readonly peakStep: number
  readonly energyKwh: number
  readonly lossKwh: number
  readonly lowestVPu: number
  readonly lowestBus: number
  readonly lowestStep: number
  readonly highestLoading: number
  readonly highestBranch: number
  readonly highestStep: number
  readonly overloadedBranches: number // above 1 in any step
  readonly lowVoltageBuses: number // below the limit in any step
  readonly unconvergedSteps: number
  readonly limitLowPu: number
  readonly limitHighPu: number
}
