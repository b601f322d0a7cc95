import { BUILDING_CLASSES, entryLossDb } from '../entryLoss.ts'
import { choice, defineLossModel, freqMhz, openPercent, optional } from '../lossModel.ts'

/** Entry loss of a building, not exceeded with probability p. */
export const p2109 = defineLossModel({
  id: 'p2109',
  title: 'Building entry loss',
  source: 'ITU-R P.2109-2, equations (1) to (10)',
  part: 'end',
  columns: {
    f_mhz: freqMhz(80, 100_000),
    p: openPercent('Probability that the loss is not exceeded', 50),
    building: choice('Construction', BUILDING_CLASSES, 0),
    elevation_deg: optional('Elevation of the path at the facade', '°', 0, -90, 90),
  },
  sigmaDb: NaN, // p is a column
  lossDb: ({ f_mhz, p, building, elevation_deg }) => entryLossDb(f_mhz, building, p / 100, elevation_deg),
})
