import { createFindings, type Finding } from '../../base/findings.ts'
import { within } from '../../base/steps.ts'
import type { City } from '../../model/city.ts'
import type { BuildingLoads, CalibrationReport, DayLoads } from '../../model/load.ts'
import { defineEngine } from '../engine.ts'
import { loadsOfCity } from './buildingLoads.ts'
import { dayLoadsOf } from './dayLoads.ts'

export interface LoadInput {
  readonly city: City
  readonly dayOfYear: number
  readonly scale: number
}

export interface LoadResult {
  readonly loads: BuildingLoads
  readonly report: CalibrationReport
  readonly day: DayLoads
  readonly findings: readonly Finding[]
}

/** Electric load of every building over a day. */
export const load = defineEngine<LoadInput, LoadResult>({
  id: 'load',
  version: '1',
  title: 'Electric load of buildings',
  reads: ['building floor areas', 'day of the year', 'load scale'],
  writes: ['power of every building', 'calibration against the cited peak'],
  *run({ city, dayOfYear, scale }) {
    const findings = createFindings()
    yield 0
    const { loads, report } = loadsOfCity(city, findings)
    const day = yield* within(0.2, 1, dayLoadsOf(loads, dayOfYear, { scale }))
    return { loads, report, day, findings: findings.list() }
  },
})
