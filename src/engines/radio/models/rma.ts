import { exp } from '../../../base/math/exp.ts'
import { log10 } from '../../../base/math/log.ts'
import { pow } from '../../../base/math/pow.ts'
import { defineLossModel, distanceM, freqMhz, optional, rxHeightM, txHeightM } from '../lossModel.ts'
import { besideSight, straightM } from './tr38901.ts'

const SOURCE = '3GPP TR 38.901 V17, table 7.4.1-1, RMa'
const columns = {
  f_mhz: freqMhz(500, 30_000),
  d_m: distanceM(10, 10_000),
  h_tx_m: txHeightM(10, 150),
  h_rx_m: rxHeightM(1, 10),
  building_h_m: optional('Mean building height', 'm', 5, 5, 50),
  street_w_m: optional('Mean street width', 'm', 20, 5, 50),
}

function losDb(f: number, d: number, tx: number, rx: number, building: number): number {
  const ghz = f / 1000
  const grown = pow(building, 1.72)
  const nearDb = (straight: number): number =>
    20 * log10((40 * Math.PI * straight * ghz) / 3) +
    Math.min(0.03 * grown, 10) * log10(straight) -
    Math.min(0.044 * grown, 14.77) +
    0.002 * log10(building) * straight
  const straight = straightM(d, tx, rx)
  const breakM = (2 * Math.PI * tx * rx * f * 1e6) / 3e8
  return d <= breakM ? nearDb(straight) : nearDb(breakM) + 40 * log10(straight / breakM)
}

function nlosDb(f: number, d: number, tx: number, rx: number, building: number, street: number): number {
  const ratio = building / tx
  const mobile = log10(11.75 * rx)
  const hidden =
    161.04 -
    7.1 * log10(street) +
    7.5 * log10(building) -
    (24.37 - 3.7 * ratio * ratio) * log10(tx) +
    (43.42 - 3.1 * log10(tx)) * (log10(straightM(d, tx, rx)) - 3) +
    20 * log10(f / 1000) -
    (3.2 * mobile * mobile - 4.97)
  return Math.max(losDb(f, d, tx, rx, building), hidden)
}

/** Rural macro cell, line of sight. */
export const rmaLos = defineLossModel({
  id: 'rma-los',
  title: 'Rural macro, line of sight',
  source: SOURCE,
  columns,
  sigmaDb: 4,
  lossDb: ({ f_mhz, d_m, h_tx_m, h_rx_m, building_h_m }) =>
    besideSight(losDb(f_mhz, d_m, h_tx_m, h_rx_m, building_h_m), rmaLosProbability(d_m)),
})

/** Rural macro cell, no line of sight. */
export const rmaNlos = defineLossModel({
  id: 'rma-nlos',
  title: 'Rural macro, hidden',
  source: SOURCE,
  columns: { ...columns, d_m: distanceM(10, 5000) },
  sigmaDb: 8,
  lossDb: ({ f_mhz, d_m, h_tx_m, h_rx_m, building_h_m, street_w_m }) =>
    besideSight(nlosDb(f_mhz, d_m, h_tx_m, h_rx_m, building_h_m, street_w_m), rmaLosProbability(d_m)),
})

/** Probability of line of sight in open country; TR 38.901, table 7.4.2-1. */
export const rmaLosProbability = (distanceM: number): number => (distanceM <= 10 ? 1 : exp(-(distanceM - 10) / 1000))
