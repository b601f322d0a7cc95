import { TwinError } from '../../../base/errors.ts'
import { knifeEdgeDb } from '../diffraction.ts'
import { freeSpaceDb, wavelengthM } from '../freeSpace.ts'
import { defineLossModel, distanceM, freqMhz, required, rxHeightM, txHeightM } from '../lossModel.ts'

/** Free space plus one knife edge. */
export const knifeEdge = defineLossModel({
  id: 'knife-edge',
  title: 'Single knife edge',
  source: 'ITU-R P.526-15, section 4.1; free space P.525-4',
  columns: {
    f_mhz: freqMhz(30, 300_000),
    d_m: distanceM(1, 1e6),
    h_tx_m: txHeightM(0, 1e4),
    h_rx_m: rxHeightM(0, 1e4),
    edge_d_m: required('Edge from the transmitter', 'm', 0.001, 1e6),
    edge_h_m: required('Top of the edge above ground', 'm', 0, 1e4),
  },
  sigmaDb: NaN,
  lossDb: ({ f_mhz, d_m, h_tx_m, h_rx_m, edge_d_m, edge_h_m }) => {
    if (edge_d_m >= d_m) {
      throw new TwinError(
        'RADIO_OUT_OF_RANGE',
        `knife-edge: edge_d_m is ${edge_d_m}, expected less than d_m = ${d_m} m.`,
        { model: 'knife-edge', column: 'edge_d_m' },
      )
    }
    const rise = h_rx_m - h_tx_m
    const over = edge_h_m - (h_tx_m + (rise * edge_d_m) / d_m)
    const nu = over * Math.sqrt((2 * d_m) / (wavelengthM(f_mhz) * edge_d_m * (d_m - edge_d_m)))
    return freeSpaceDb(Math.sqrt(d_m * d_m + rise * rise), f_mhz) + knifeEdgeDb(nu)
  },
})
