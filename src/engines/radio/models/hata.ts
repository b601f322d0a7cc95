import { log10 } from '../../../base/math/log.ts'
import { choice, defineLossModel, distanceM, freqMhz, rxHeightM, txHeightM } from '../lossModel.ts'

const SMALL = 1
const SUBURBAN = 2
const OPEN = 3
const HATA_ENVIRONMENTS = ['large-city', 'small-city', 'suburban', 'open'] as const

/** Correction for the mobile's height in a small or medium city. */
export const smallCityDb = (freqMhz: number, rxM: number): number =>
  (1.1 * log10(freqMhz) - 0.7) * rxM - (1.56 * log10(freqMhz) - 0.8)

/** Correction for the mobile's height in a large city above 300 MHz. */
export function largeCityDb(rxM: number): number {
  const l = log10(11.75 * rxM)
  return 3.2 * l * l - 4.97
}

/** What distance and base height do in all members of the family. */
export const rangeDb = (distanceM: number, txM: number): number =>
  -13.82 * log10(txM) + (44.9 - 6.55 * log10(txM)) * log10(distanceM / 1000)

/**
 * Median loss of a macro cell below 1500 MHz, fitted to Okumura's curves of Tokyo.
 * Suburban and open country are steps down from that large city, so above 300 MHz they keep its mobile correction,
 * as the reference values of ns-3 do; with the small-city correction open country would come out 0.06 dB lower at 1 m.
 */
export const hata = defineLossModel({
  id: 'hata',
  title: 'Okumura-Hata',
  source: 'M. Hata, Empirical formula for propagation loss in land mobile radio services, IEEE Trans. VT 29(3), 1980',
  columns: {
    f_mhz: freqMhz(150, 1500),
    d_m: distanceM(1000, 20_000),
    h_tx_m: txHeightM(30, 200),
    h_rx_m: rxHeightM(1, 10),
    environment: choice('Surroundings', HATA_ENVIRONMENTS, SMALL),
  },
  sigmaDb: NaN,
  lossDb: ({ f_mhz, d_m, h_tx_m, h_rx_m, environment }) => {
    const mobile = environment !== SMALL && f_mhz > 300 ? largeCityDb(h_rx_m) : smallCityDb(f_mhz, h_rx_m)
    const urban = 69.55 + 26.16 * log10(f_mhz) + rangeDb(d_m, h_tx_m) - mobile
    if (environment === SUBURBAN) {
      const l = log10(f_mhz / 28)
      return urban - 2 * l * l - 5.4
    }
    if (environment === OPEN) {
      const l = log10(f_mhz)
      return urban - 4.78 * l * l + 18.33 * l - 40.94
    }
    return urban
  },
})
