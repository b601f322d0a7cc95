import { TwinError } from '../../base/errors.ts'
import type { Steps } from '../../base/steps.ts'
import type { Transmitter } from '../../model/coverage.ts'
import { type CoverageModel, coverageModelById, coverageModels } from './coverageModels.ts'
import { wavelengthM } from './freeSpace.ts'
import type { HeightField } from './heightField.ts'
import { type Window, windowAround } from './lattice.ts'
import { createSweep, OCTANTS, sweepRays } from './sweep.ts'

/** Received power of one transmitter in its own window. */
export interface TransmitterRaster extends Window {
  readonly rssiDbm: Float32Array // [rows, cols]; NaN out of range
}

/** Cells from the transmitter to the rim, at most: 2,500 make 25 million cells. */
const MAX_RADIUS_CELLS = 2500

/**
 * The window a transmitter's raster takes.
 *
 * Throws   RADIO_OUT_OF_RANGE when a figure of the transmitter is senseless, or the raster would be larger than the limit
 */
export function transmitterWindow(transmitter: Transmitter, cellM: number, model: CoverageModel): Window {
  const refuse = (what: string, got: number, expected: string): never => {
    throw new TwinError(
      'RADIO_OUT_OF_RANGE',
      `Transmitter ${transmitter.id}: ${what} is ${got}, expected ${expected}.`,
      {
        transmitter: transmitter.id,
      },
    )
  }
  const { xM, yM, heightM, eirpDbm, freqMhz, rangeM } = transmitter
  const [fMin, fMax] = model.freqMhz
  if (!(freqMhz >= fMin && freqMhz <= fMax)) refuse('frequency', freqMhz, `${fMin} to ${fMax} MHz for ${model.id}`)
  if (!(heightM >= 0.5 && heightM <= 2000)) refuse('antenna height', heightM, '0.5 to 2000 m above ground')
  if (!(eirpDbm >= -30 && eirpDbm <= 100)) refuse('radiated power', eirpDbm, '-30 to 100 dBm')
  if (!Number.isFinite(xM) || !Number.isFinite(yM)) refuse('position', xM + yM, 'finite metres')
  if (!(cellM >= 0.5 && cellM <= 500)) refuse('cell size', cellM, '0.5 to 500 m')
  const radius = Math.ceil(rangeM / cellM)
  if (!(radius >= 1 && radius <= MAX_RADIUS_CELLS)) {
    refuse('range', rangeM, `${cellM} to ${MAX_RADIUS_CELLS * cellM} m at cells of ${cellM} m`)
  }
  return windowAround(xM, yM, cellM, radius)
}

/** The model of that name. Throws RADIO_OUT_OF_RANGE for a name that does not exist. */
export function coverageModelNamed(id: string): CoverageModel {
  const model = coverageModelById(id)
  if (model) return model
  const known = coverageModels.map((m) => m.id).join(', ')
  throw new TwinError('RADIO_OUT_OF_RANGE', `Coverage model is "${id}", expected one of: ${known}.`, { model: id })
}

const RAYS_PER_STEP = 64

/**
 * Received power of one transmitter over a height field of exactly its window. Yields its progress every 64 rays.
 *
 * Throws   RADIO_OUT_OF_RANGE as {@link transmitterWindow}
 * Cost     12 radius rays of radius cells
 */
export function* runTransmitterRaster(
  transmitter: Transmitter,
  field: HeightField,
  model: CoverageModel,
): Steps<TransmitterRaster> {
  const { cellM, col0, row0, cols, rows } = field
  const window = transmitterWindow(transmitter, cellM, model)
  if (window.col0 !== col0 || window.row0 !== row0 || window.cols !== cols || window.rows !== rows) {
    throw new TwinError('RADIO_OUT_OF_RANGE', `Transmitter ${transmitter.id}: the height field is not of its window.`)
  }
  const lambda = wavelengthM(transmitter.freqMhz)
  const sweep = createSweep(model.kind, field, transmitter.heightM, model.receiverM, transmitter.rangeM, lambda)
  const { rays } = sweep
  for (let octant = 0; octant < OCTANTS; octant++) {
    for (let ray = 0; ray < rays; ray += RAYS_PER_STEP) {
      sweepRays(sweep, octant, ray, Math.min(rays, ray + RAYS_PER_STEP))
      yield (0.95 * (octant * rays + ray)) / (OCTANTS * rays)
    }
  }
  return { cellM, col0, row0, cols, rows, rssiDbm: model.receive(sweep, transmitter) }
}
