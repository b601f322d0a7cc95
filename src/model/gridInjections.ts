import type { DayLoads } from './load.ts'

/** Power of one thing at one bus over a day, beside the buildings. */
export interface BusSeries {
  readonly bus: number
  readonly loadW: Float64Array // [steps] drawn, charging included
  readonly generationW: Float64Array // [steps] fed, PV and discharge
  readonly qVar: Float64Array // [steps] drawn
}

/** Everything that draws from or feeds into the grid over a day. */
export interface GridInjections {
  readonly day: DayLoads
  readonly tanPhi: Float64Array // [buildings]
  readonly extra: readonly BusSeries[]
}
