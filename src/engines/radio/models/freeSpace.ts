import { freeSpaceDb } from '../freeSpace.ts'
import { defineLossModel, distanceM, freqMhz, rxHeightM, txHeightM } from '../lossModel.ts'

/** Loss over the straight line between the antennas, nothing in between. */
export const freeSpace = defineLossModel({
  id: 'free-space',
  title: 'Free space',
  source: 'ITU-R P.525-4',
  columns: {
    f_mhz: freqMhz(1, 300_000),
    d_m: distanceM(0.1, 1e8),
    h_tx_m: txHeightM(0, 1e5),
    h_rx_m: rxHeightM(0, 1e5),
  },
  sigmaDb: NaN,
  lossDb: ({ f_mhz, d_m, h_tx_m, h_rx_m }) => {
    const rise = h_tx_m - h_rx_m
    return freeSpaceDb(Math.sqrt(d_m * d_m + rise * rise), f_mhz)
  },
})
