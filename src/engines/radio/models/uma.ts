import { exp } from '../../../base/math/exp.ts'
import { log10 } from '../../../base/math/log.ts'
import { pow } from '../../../base/math/pow.ts'
import { defineLossModel, distanceM, freqMhz, optional, rxHeightM, txHeightM } from '../lossModel.ts'
import { besideSight, straightM, twoSlopeDb } from './tr38901.ts'

const SOURCE = '3GPP TR 38.901 V17, table 7.4.1-1, UMa'
const columns = {
  f_mhz: freqMhz(500, 100_000),
  d_m: distanceM(10, 5000),
  h_tx_m: txHeightM(25, 25),
  h_rx_m: rxHeightM(1.5, 22.5),
  h_e_m: optional('Effective environment height', 'm', 1, 0, 21),
}
// the height in the table is the calibrated one; heights near it are answered with a flag
const towers = { ...columns, h_tx_m: { ...columns.h_tx_m, flagged: [10, 150] as const } }

const losDb = (f: number, d: number, tx: number, rx: number, e: number) => twoSlopeDb([28, 22], 9, f, d, tx, rx, e)

/** Urban macro cell, line of sight. */
export const umaLos = defineLossModel({
  id: 'uma-los',
  title: 'Urban macro, line of sight',
  source: SOURCE,
  columns: towers,
  sigmaDb: 4,
  lossDb: ({ f_mhz, d_m, h_tx_m, h_rx_m, h_e_m }) =>
    besideSight(losDb(f_mhz, d_m, h_tx_m, h_rx_m, h_e_m), umaLosProbability(d_m, h_rx_m)),
})

/** Urban macro cell, no line of sight. */
export const umaNlos = defineLossModel({
  id: 'uma-nlos',
  title: 'Urban macro, hidden',
  source: SOURCE,
  columns: towers,
  sigmaDb: 6,
  lossDb: ({ f_mhz, d_m, h_tx_m, h_rx_m, h_e_m }) =>
    besideSight(
      Math.max(
        losDb(f_mhz, d_m, h_tx_m, h_rx_m, h_e_m),
        13.54 + 39.08 * log10(straightM(d_m, h_tx_m, h_rx_m)) + 20 * log10(f_mhz / 1000) - 0.6 * (h_rx_m - 1.5),
      ),
      umaLosProbability(d_m, h_rx_m),
    ),
})

/** Probability of line of sight in an urban macro cell; TR 38.901, table 7.4.2-1. */
export function umaLosProbability(distanceM: number, rxM: number): number {
  if (distanceM <= 18) return 1
  const near = 18 / distanceM
  const base = near + exp(-distanceM / 63) * (1 - near)
  const high = rxM <= 13 ? 0 : pow((Math.min(rxM, 23) - 13) / 10, 1.5)
  const d = distanceM / 100
  return base * (1 + high * 1.25 * d * d * d * exp(-distanceM / 150))
}
