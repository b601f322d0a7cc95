import { log10 } from '../../../base/math/log.ts'
import { defineLossModel, distanceM, freqMhz, type LossModel, rxHeightM, txHeightM } from '../lossModel.ts'

/** One row of the site-general tables: L = 10 alpha log10 d + beta + 10 gamma log10 f, d in m, f in GHz. */
function row(
  id: string,
  title: string,
  alpha: number,
  beta: number,
  gamma: number,
  sigmaDb: number,
  [dMin, dMax]: readonly [number, number],
  [fMin, fMax]: readonly [number, number],
): LossModel {
  return defineLossModel({
    id,
    title,
    source: 'ITU-R P.1411-12, section 4.1.1 and 4.2.1, site-general model (median)',
    columns: {
      f_mhz: freqMhz(fMin, fMax),
      d_m: distanceM(dMin, dMax),
      h_tx_m: txHeightM(0.5, 100),
      h_rx_m: rxHeightM(0.5, 100),
    },
    sigmaDb,
    lossDb: ({ f_mhz, d_m, h_tx_m, h_rx_m }) => {
      const rise = h_tx_m - h_rx_m
      const straight = Math.sqrt(d_m * d_m + rise * rise)
      return 10 * alpha * log10(straight) + beta + 10 * gamma * log10(f_mhz / 1000)
    },
  })
}

/** Outdoor short-range paths over and below the roofs, all six published fits. */
export const p1411: readonly LossModel[] = [
  row('p1411-below-roof-los', 'Street, line of sight', 2.12, 29.2, 2.11, 5.06, [5, 660], [800, 82_000]),
  row('p1411-below-roof-nlos-high-rise', 'Street, hidden, high-rise', 4, 10.2, 2.36, 7.6, [30, 715], [800, 82_000]),
  row(
    'p1411-below-roof-nlos-low-rise',
    'Street, hidden, low-rise',
    5.06,
    -4.68,
    2.02,
    9.33,
    [30, 250],
    [10_000, 73_000],
  ),
  row('p1411-residential-nlos', 'Street, hidden, residential', 3.01, 18.8, 2.07, 3.07, [30, 170], [800, 73_000]),
  row('p1411-above-roof-los', 'Over roofs, line of sight', 2.29, 28.6, 1.96, 3.48, [55, 1200], [2200, 73_000]),
  row('p1411-above-roof-nlos', 'Over roofs, hidden', 4.39, -6.27, 2.3, 6.89, [260, 1200], [2200, 66_500]),
]
