import type { GridMap } from './grid.ts'

/** One 110/10 kV substation. Its tap changer holds the busbar, so every feeder behind it stands alone. */
export interface GridSubstation {
  readonly title: string
  readonly sourceBus: number
  readonly busbarBus: number
  readonly transformerBranch: number
  readonly ratedVa: number
  readonly ironLossW: number
  readonly copperLossW: number // at rated power
  readonly shortCircuitPu: number
}

/** One 10/0.4 kV station. */
export interface GridStation {
  readonly mediumBus: number
  readonly boardBus: number
  readonly ratedVa: number
  readonly tapPu: number
}

/**
 * The radial grid of a city with its electrical data. Bus i hangs on `parent[i] < i`; the buses of one feeder stand
 * together. Every transformer is folded into the voltage base behind it: the solver sees plain impedances, and
 * `voltage = internal voltage / fold`.
 */
export interface DistributionGrid {
  readonly map: GridMap
  readonly basePowerVa: number
  readonly busbarPu: number // voltage that the substations hold
  readonly parent: Int32Array // [n] -1 at a source
  readonly branchOf: Int32Array // [n] branch to the parent, -1 at a source
  readonly rPu: Float64Array // [n] of that branch, folded
  readonly xPu: Float64Array // [n]
  readonly gPu: Float64Array // [n] shunt of the bus, folded
  readonly bPu: Float64Array // [n]
  readonly fold: Float64Array // [n]
  readonly loadingPerPu: Float64Array // [n] loading of the branch per pu of current; of a transformer per pu of power
  readonly feederFirst: Int32Array // [feeders] its first bus
  readonly feederEnd: Int32Array // [feeders] one past its last bus
  readonly feederSubstation: Int32Array // [feeders]
  readonly substations: readonly GridSubstation[]
  readonly stations: readonly GridStation[]
  readonly buildingBus: Int32Array // [buildings] bus that feeds it, -1 for a part of another building
}
