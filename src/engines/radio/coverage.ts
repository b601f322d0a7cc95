import { type Steps, within } from '../../base/steps.ts'
import type { Buildings } from '../../model/city.ts'
import type { CoverageRaster, Transmitter } from '../../model/coverage.ts'
import { bestServer } from './bestServer.ts'
import { drawHeights } from './heightField.ts'
import {
  coverageModelNamed,
  runTransmitterRaster,
  type TransmitterRaster,
  transmitterWindow,
} from './transmitterRaster.ts'

export interface CoverageInput {
  readonly buildings: Buildings
  readonly boxes: Float32Array // of footprintBoxes(buildings)
  readonly transmitters: readonly Transmitter[]
  readonly cellM: number
  readonly model: string // id of a coverage model
}

/** Rasters that were computed before, by a key of everything they depend on. */
export interface RasterCache {
  get(key: string): TransmitterRaster | undefined
  set(key: string, raster: TransmitterRaster): void
}

const noCache: RasterCache = { get: () => undefined, set: () => {} }

/** Everything a transmitter's raster depends on, besides the city. Its id and sensitivity do not change the raster. */
export const rasterKey = (t: Transmitter, cellM: number, model: string): string =>
  [model, cellM, t.xM, t.yM, t.heightM, t.eirpDbm, t.freqMhz, t.rangeM].join(' ')

/**
 * Coverage of many transmitters: the strongest server of each cell. A transmitter found in the cache costs nothing,
 * so after a move only the moved one is swept again.
 *
 * Throws   RADIO_OUT_OF_RANGE for a model or transmitter that makes no sense
 */
export function* runCoverage(input: CoverageInput, cache: RasterCache = noCache): Steps<CoverageRaster> {
  const { buildings, boxes, transmitters, cellM } = input
  const model = coverageModelNamed(input.model)
  const windows = transmitters.map((transmitter) => transmitterWindow(transmitter, cellM, model))
  const rasters: TransmitterRaster[] = []
  for (const [i, transmitter] of transmitters.entries()) {
    const key = rasterKey(transmitter, cellM, model.id)
    let raster = cache.get(key)
    if (!raster) {
      const field = drawHeights(buildings, boxes, windows[i])
      const [from, to] = [i / transmitters.length, (i + 1) / transmitters.length]
      raster = yield* within(from, to, runTransmitterRaster(transmitter, field, model))
      cache.set(key, raster)
    }
    rasters.push(raster)
  }
  yield 1
  return bestServer(model.id, transmitters, rasters)
}
