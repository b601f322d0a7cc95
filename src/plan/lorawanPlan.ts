import { TwinError } from '../base/errors.ts'
import { createRandom } from '../base/random.ts'
import { type Steps, within } from '../base/steps.ts'
import { ADR, type LorawanInput } from '../engines/lorawan/input.ts'
import { drawHeights, footprintBoxes } from '../engines/radio/heightField.ts'
import {
  coverageModelNamed,
  runTransmitterRaster,
  type TransmitterRaster,
  transmitterWindow,
} from '../engines/radio/transmitterRaster.ts'
import type { City } from '../model/city.ts'
import type { ScenarioState } from '../model/scenario.ts'
import { coverageGroups } from './radioPlan.ts'

/** A fleet of like sensors, one in a building chosen by chance. */
export interface SensorFleet {
  readonly devices: number
  readonly periodS: number
  readonly payloadBytes: number
  readonly eirpDbm: number
  readonly seed: number
}

/** Links weaker than this are left out, in dBm at the gateway: 6 dB under the weakest packet an SX1301 decodes. */
const FAINTEST_DBM = -148.5

/** Index of the cell of a raster that holds a point, -1 outside. */
function cellAt({ cellM, col0, row0, cols, rows }: TransmitterRaster, xM: number, yM: number): number {
  const c = Math.floor(xM / cellM) - col0
  const r = Math.floor(yM / cellM) - row0
  return c < 0 || r < 0 || c >= cols || r >= rows ? -1 : r * cols + c
}

/**
 * The LoRaWAN side of a scenario: its gateways as placed, sensors in buildings, and the loss between them over the roofs,
 * the same both ways.
 *
 * Returns  the parts of a LoRaWAN input that follow from the city and the plan
 * Throws   PLACEMENT_REFUSED when the plan has no gateway, CITY_EMPTY when there is no building
 * Cost     a coverage sweep for each gateway
 */
export function* planLorawan(
  state: ScenarioState,
  city: City,
  fleet: SensorFleet,
): Steps<Pick<LorawanInput, 'gateways' | 'devices' | 'eirpDbm'>> {
  const { buildings } = city
  const boxes = footprintBoxes(buildings)
  const group = coverageGroups(state.assets.values(), city, boxes).find(({ kind }) => kind === 'lorawan-gateway')
  if (!group) throw new TwinError('PLACEMENT_REFUSED', 'The plan has no LoRaWAN gateway, expected one or more.')
  const homes = [...Array(buildings.count).keys()].filter((b) => buildings.parent[b] < 0)
  if (homes.length === 0) throw new TwinError('CITY_EMPTY', 'The city has no building for a sensor to be in.')

  const { transmitters, cellM } = group
  const model = coverageModelNamed(group.model)
  const rasters: TransmitterRaster[] = []
  for (const [t, transmitter] of transmitters.entries()) {
    const field = drawHeights(buildings, boxes, transmitterWindow(transmitter, cellM, model))
    const [from, to] = [t / transmitters.length, (t + 1) / transmitters.length]
    rasters.push(yield* within(from, to, runTransmitterRaster(transmitter, field, model)))
  }
  const random = createRandom(`sensors/${fleet.seed}`)
  const linkStart = new Uint32Array(fleet.devices + 1)
  const [linkGateway, linkLossDb]: [number[], number[]] = [[], []]
  for (let i = 0; i < fleet.devices; i++) {
    const home = homes[random.below(homes.length)]
    for (const [g, raster] of rasters.entries()) {
      const cell = cellAt(raster, buildings.centreXM[home], buildings.centreYM[home])
      const lossDb = cell < 0 ? NaN : transmitters[g].eirpDbm - raster.rssiDbm[cell]
      if (!(fleet.eirpDbm - lossDb >= FAINTEST_DBM)) continue
      linkGateway.push(g)
      linkLossDb.push(lossDb)
    }
    linkStart[i + 1] = linkGateway.length
  }
  return {
    gateways: transmitters.map(({ id }) => id),
    eirpDbm: fleet.eirpDbm,
    devices: {
      count: fleet.devices,
      periodS: new Float64Array(fleet.devices).fill(fleet.periodS),
      payloadBytes: new Uint8Array(fleet.devices).fill(fleet.payloadBytes),
      dataRate: new Int8Array(fleet.devices).fill(ADR),
      linkStart,
      linkGateway: Uint16Array.from(linkGateway),
      linkLossDb: Float32Array.from(linkLossDb),
    },
  }
}
