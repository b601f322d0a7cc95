import { log10 } from '../../base/math/log.ts'
import { pow } from '../../base/math/pow.ts'

/**
 * Median building entry loss in dB at horizontal incidence, for a building of traditional construction.
 *
 * Source   ITU-R P.2109-2, equations (1) to (9) at p = 50 %, where A and B reduce to their medians mu1 and mu2 and C = -3;
 *          valid 0.08 to 100 GHz. Thermally efficient buildings lose about 16 dB more and are not assumed.
 */
export function entryLossDb(freqMhz: number): number {
  const logF = log10(freqMhz / 1000)
  const mu1 = 12.64 + 3.72 * logF + 0.96 * logF * logF
  const mu2 = 9.1 - 3 * logF
  return 10 * log10(pow(10, 0.1 * mu1) + pow(10, 0.1 * mu2) + pow(10, -0.3))
}
