import { createEconomist } from '../../workers/econ.client.ts'
import { createGridSimulator, type GridSimulator } from '../../workers/grid.client.ts'
import { createRadioSimulator } from '../../workers/radio.client.ts'
import type { City } from '../model/city.ts'
import type { ScenarioState } from '../model/scenario.ts'
import type { GridDayResult, GridPort } from '../stores/grid.ts'
import type { RunOptions } from '../stores/ports.ts'
import { cityBound } from './cityBound.ts'

const gridInput = ({ assets, settings }: ScenarioState) => ({ assets: [...assets.values()], settings: [...settings] })

/** The simulation workers. Each starts when something first asks for it. */
export function createEngines(city: () => City) {
  let openOptions: RunOptions = {}
  const grid = cityBound(
    () => createGridSimulator(),
    (client: GridSimulator, own: City) => client.open(own, openOptions),
  )
  const radio = cityBound(
    () => createRadioSimulator(),
    (client, own: City) => client.open(own),
  )
  const economics = cityBound(
    () => createEconomist(),
    async () => {},
  )

  const runDay = async (state: ScenarioState, options: RunOptions): Promise<GridDayResult> => {
    const { day, summary, worst, curtailedShare, heldBy, findings } = await grid.use(city(), (client) =>
      client.runDay(gridInput(state), options),
    )
    return { day, summary, worst, curtailedShare, heldBy, notes: findings.map(({ message }) => message) }
  }
  const gridPort: GridPort = {
    async open(options) {
      openOptions = options
      const { map, calibration } = await grid.open(city())
      return { map, calibration }
    },
    runDay,
    branchDay: (branch) => grid.use(city(), (client) => client.branchDay(branch)),
  }
  return {
    gridPort,
    coverage: (...args: Parameters<ReturnType<typeof createRadioSimulator>['coverage']>) =>
      radio.use(city(), (client) => client.coverage(...args)),
    evaluate: (...args: Parameters<ReturnType<typeof createEconomist>['evaluate']>) =>
      economics.use(city(), (client) => client.evaluate(...args)),
    /** Starts all of them, so that what comes later needs no network. */
    warm: async (): Promise<void> => {
      await Promise.all([grid.warm(), radio.warm(), economics.warm()])
    },
    dispose() {
      grid.dispose()
      radio.dispose()
      economics.dispose()
    },
  }
}

export type Engines = ReturnType<typeof createEngines>
