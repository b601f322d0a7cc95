import { log10 } from '../../../base/math/log.ts'
import { choice, defineLossModel, distanceM, freqMhz, rxHeightM, txHeightM } from '../lossModel.ts'
import { largeCityDb, rangeDb, smallCityDb } from './hata.ts'

/**
 * Hata's formula carried to 2 GHz. Some simulators leave the -4.97 dB of the large-city mobile correction out
 * and so print 4.97 dB less; the formula stands here as published.
 */
export const cost231 = defineLossModel({
  id: 'cost231',
  title: 'COST-231 Hata',
  source: 'COST Action 231, Final report, 1999, section 4.4.1',
  columns: {
    f_mhz: freqMhz(1500, 2000, [1500, 2600]),
    d_m: distanceM(1000, 20_000),
    h_tx_m: txHeightM(30, 200),
    h_rx_m: rxHeightM(1, 10),
    environment: choice('Surroundings', ['large-city', 'small-city'], 1),
  },
  sigmaDb: NaN,
  lossDb: ({ f_mhz, d_m, h_tx_m, h_rx_m, environment }) => {
    const metropolitan = environment === 0
    const mobile = metropolitan ? largeCityDb(h_rx_m) : smallCityDb(f_mhz, h_rx_m)
    return 46.3 + 33.9 * log10(f_mhz) + rangeDb(d_m, h_tx_m) - mobile + (metropolitan ? 3 : 0)
  },
})
