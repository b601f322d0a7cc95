import type { Fact } from '../base/quantity.ts'

/** What each building of a city draws, before any day is chosen. Index is the building's. */
export interface BuildingLoads {
  readonly count: number
  readonly year: number // whose weekdays count
  readonly use: Uint8Array // [n] index into BUILDING_USES, never 'unknown'
  readonly useAssumed: Uint8Array // [n] 1: mapped as a plain building, its use is a guess
  readonly floorM2: Float64Array // [n] gross; 0 for parts of another building
  readonly yearKwh: Float64Array // [n] calibrated
  readonly customers: Float64Array // [n] households or units; a fraction for less than one
  readonly peakW: Float64Array // [n] highest mean load of the city's peak day, calibrated
  readonly spreadW: Float64Array // [n] standard deviation of a quarter hour around that
  readonly tanPhi: Float64Array // [n]
}

/** Power of each building over one day. */
export interface DayLoads {
  readonly steps: number
  readonly stepS: number
  readonly buildingW: Float32Array // [n, steps] mean of each step
}

/** How the sum of the buildings stands against what is known of the city. Both the raw and the calibrated figures. */
export interface CalibrationReport {
  readonly calibrated: boolean // false where nothing is known of the city
  readonly factor: number // all loads were multiplied by this
  readonly rawPeakW: number
  readonly peakW: number // calibrated
  readonly peakDayOfYear: number
  readonly peakHour: number
  readonly rawYearKwh: number
  readonly yearKwh: number // calibrated
  readonly floorM2: number
  readonly assumedUseShare: number // of the floor area
  readonly kwhPerPerson: number // calibrated; NaN without a population
  readonly floorM2PerPerson: number
  readonly facts: readonly { readonly title: string; readonly fact: Fact }[]
}
