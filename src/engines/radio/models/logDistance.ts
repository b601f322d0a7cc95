import { log10 } from '../../../base/math/log.ts'
import { defineLossModel, distanceM, freqMhz, type LossModel, optional, rxHeightM, txHeightM } from '../lossModel.ts'

interface Fit {
  readonly id: string
  readonly title: string
  readonly source: string
  readonly referenceM: number
  readonly referenceDb: number
  readonly exponent: number
  readonly sigmaDb: number
}

/** L = L0 + 10 n log10(d / d0). The three numbers of the fit are columns, so that a measured fit can be given. */
const logDistanceFit = ({ id, title, source, referenceM, referenceDb, exponent, sigmaDb }: Fit): LossModel =>
  defineLossModel({
    id,
    title,
    source,
    columns: {
      f_mhz: freqMhz(1, 300_000),
      d_m: distanceM(0.1, 1e6),
      h_tx_m: txHeightM(0, 1e4),
      h_rx_m: rxHeightM(0, 1e4),
      d0_m: optional('Reference distance', 'm', referenceM, 0.001, 1e5),
      l0_db: optional('Loss at the reference distance', 'dB', referenceDb, -50, 300),
      exponent: optional('Path-loss exponent', '', exponent, 0.1, 10),
    },
    sigmaDb,
    lossDb: ({ d_m, d0_m, l0_db, exponent }) => l0_db + 10 * exponent * log10(d_m / d0_m),
  })

/** Fits to measurements, and the bare form to be filled in. */
export const logDistance: readonly LossModel[] = [
  logDistanceFit({
    id: 'log-distance',
    title: 'Log-distance, ns-3 LoRaWAN fit',
    source: 'ns-3 module lorawan v0.3: 7.7 dB at 1 m, exponent 3.76',
    referenceM: 1,
    referenceDb: 7.7,
    exponent: 3.76,
    sigmaDb: NaN,
  }),
  logDistanceFit({
    id: 'log-distance-lorasim',
    title: 'Log-distance, LoRaSim fit (Lancaster)',
    source: 'M. Bor et al., Do LoRa low-power wide-area networks scale?, MSWiM 2016',
    referenceM: 40,
    referenceDb: 127.41,
    exponent: 2.08,
    sigmaDb: 3.57,
  }),
  logDistanceFit({
    id: 'log-distance-oulu',
    title: 'Log-distance, Oulu fit (868 MHz, on the ground)',
    source:
      'J. Petäjäjärvi et al., On the coverage of LPWANs, ITST 2015 (figures recalled, form checked against FLoRa)',
    referenceM: 1000,
    referenceDb: 128.95,
    exponent: 2.32,
    sigmaDb: 7.8,
  }),
]
