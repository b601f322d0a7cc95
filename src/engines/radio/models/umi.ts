import { exp } from '../../../base/math/exp.ts'
import { log10 } from '../../../base/math/log.ts'
import { defineLossModel, distanceM, freqMhz, rxHeightM, txHeightM } from '../lossModel.ts'
import { besideSight, straightM, twoSlopeDb } from './tr38901.ts'

const SOURCE = '3GPP TR 38.901 V17, table 7.4.1-1, UMi street canyon'
const columns = {
  f_mhz: freqMhz(500, 100_000),
  d_m: distanceM(10, 5000),
  h_tx_m: { ...txHeightM(10, 10), flagged: [3, 60] as const },
  h_rx_m: rxHeightM(1.5, 22.5),
}

/** Loss in a street canyon along the line of sight. */
export const umiLosDb = (f: number, d: number, tx: number, rx: number): number =>
  twoSlopeDb([32.4, 21], 9.5, f, d, tx, rx, 1)

/** Loss in a street canyon around a corner. */
export const umiNlosDb = (f: number, d: number, tx: number, rx: number): number =>
  Math.max(
    umiLosDb(f, d, tx, rx),
    22.4 + 35.3 * log10(straightM(d, tx, rx)) + 21.3 * log10(f / 1000) - 0.3 * (rx - 1.5),
  )

/** Urban micro cell, line of sight. */
export const umiLos = defineLossModel({
  id: 'umi-los',
  title: 'Urban micro, line of sight',
  source: SOURCE,
  columns,
  sigmaDb: 4,
  lossDb: ({ f_mhz, d_m, h_tx_m, h_rx_m }) => besideSight(umiLosDb(f_mhz, d_m, h_tx_m, h_rx_m), umiLosProbability(d_m)),
})

/** Urban micro cell, no line of sight. */
export const umiNlos = defineLossModel({
  id: 'umi-nlos',
  title: 'Urban micro, hidden',
  source: SOURCE,
  columns,
  sigmaDb: 7.82,
  lossDb: ({ f_mhz, d_m, h_tx_m, h_rx_m }) =>
    besideSight(umiNlosDb(f_mhz, d_m, h_tx_m, h_rx_m), umiLosProbability(d_m)),
})

/** Probability of line of sight in a street canyon; TR 38.901, table 7.4.2-1. */
export function umiLosProbability(distanceM: number): number {
  if (distanceM <= 18) return 1
  const near = 18 / distanceM
  return near + exp(-distanceM / 36) * (1 - near)
}
