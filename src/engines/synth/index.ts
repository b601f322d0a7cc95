import { createFindings, type Finding } from '../../base/findings.ts'
import type { City } from '../../model/city.ts'
import type { DistributionGrid } from '../../model/distributionGrid.ts'
import type { BuildingLoads } from '../../model/load.ts'
import { defineEngine } from '../engine.ts'
import { synthesiseGrid } from './synthesise.ts'

export interface SynthInput {
  readonly city: City
  readonly loads: BuildingLoads
}

export interface SynthResult {
  readonly grid: DistributionGrid
  readonly findings: readonly Finding[]
}

/**
 * The medium- and low-voltage grid of a city, which no map shows.
 *
 * Glossary: MV, LV medium (10 kV) and low (0.4 kV) voltage · station 10/0.4 kV transformer with its board ·
 * substation 110/10 kV · joint where cables meet in the street · yard a substation while it is being laid out
 */
export const synth = defineEngine<SynthInput, SynthResult>({
  id: 'synth',
  version: '1',
  title: 'Synthesis of the distribution grid',
  reads: ['streets', 'buildings', 'substations', 'load of the buildings'],
  writes: ['stations, cables and transformers, tagged modelled'],
  *run({ city, loads }) {
    const findings = createFindings()
    const grid = yield* synthesiseGrid(city, loads, findings)
    return { grid, findings: findings.list() }
  },
})
