import { TwinError } from '../../base/errors.ts'
import type { DistributionGrid } from '../../model/distributionGrid.ts'
import type { GridDay } from '../../model/grid.ts'
import type { GridInjections } from '../../model/gridInjections.ts'
import { defineEngine } from '../engine.ts'
import { runGridDay } from './gridDay.ts'

export interface GridInput {
  readonly grid: DistributionGrid
  readonly injections: GridInjections
}

/**
 * Power flow of a city's grid over a day.
 *
 * Glossary: pu per unit of the rated voltage or the base power · MV, LV medium (10 kV) and low (0.4 kV) voltage ·
 * p, q active and reactive power · g, b conductance and susceptance to earth · Y admittance matrix · LU its factors ·
 * PV bus one whose voltage is held
 */
export const grid = defineEngine<GridInput, GridDay>({
  id: 'grid',
  version: '1',
  title: 'AC power flow of the distribution grid',
  reads: ['distribution grid', 'everything that draws from it over a day'],
  writes: ['voltages', 'loading', 'losses', 'a flag for each step that did not converge'],
  *run({ grid: net, injections }) {
    const { day, tanPhi, extra } = injections
    if (day.buildingW.length !== tanPhi.length * day.steps)
      throw new TwinError(
        'GRID_INVALID',
        `The loads hold ${day.buildingW.length} values, expected ${tanPhi.length} buildings × ${day.steps} steps.`,
        { got: day.buildingW.length, expected: tanPhi.length * day.steps },
      )
    const stray = extra.find(({ bus }) => !(bus >= 0 && bus < net.map.busCount))
    if (stray)
      throw new TwinError('GRID_INVALID', `A load stands at bus ${stray.bus}, expected 0 to ${net.map.busCount - 1}.`, {
        bus: stray.bus,
      })
    return yield* runGridDay(net, injections)
  },
})
