import { log10 } from '../../base/math/log.ts'
import { normalQuantile } from '../../base/math/normal.ts'
import { pow } from '../../base/math/pow.ts'

export const BUILDING_CLASSES = ['traditional', 'thermally-efficient'] as const

/** Coefficients r … z of the Recommendation, by class. */
const CLASSES = [
  { r: 12.64, s: 3.72, t: 0.96, u: 9.6, v: 2, w: 9.1, x: -3, y: 4.5, z: -2 },
  { r: 28.19, s: -3, t: 8.48, u: 13.5, v: 3.8, w: 27.8, x: -2.9, y: 9.4, z: -2.1 },
] as const

/**
 * Building entry loss in dB not exceeded with a probability; the median of a traditional building at horizontal
 * incidence unless told otherwise.
 *
 *   A = mu1 + sigma1 F⁻¹(p), B = mu2 + sigma2 F⁻¹(p), L = 10 log10(10^(A/10) + 10^(B/10) + 10^(-0.3))
 *
 * Source   ITU-R P.2109-2, equations (1) to (10); valid 0.08 to 100 GHz
 */
export function entryLossDb(freqMhz: number, buildingClass = 0, probability = 0.5, elevationDeg = 0): number {
  const { r, s, t, u, v, w, x, y, z } = CLASSES[buildingClass]
  const logF = log10(freqMhz / 1000)
  const mu1 = r + s * logF + t * logF * logF + 0.212 * Math.abs(elevationDeg)
  const mu2 = w + x * logF
  const deviate = normalQuantile(probability)
  const a = mu1 + (u + v * logF) * deviate
  const b = mu2 + (y + z * logF) * deviate
  return 10 * log10(pow(10, 0.1 * a) + pow(10, 0.1 * b) + pow(10, -0.3))
}
