import { log } from '../../../base/math/log.ts'

/**
 * Inverse of the complementary cumulative normal distribution, as the Recommendation defines it: an approximation whose
 * constants are part of the model.
 *
 * Source   ITU-R P.1812, attachment 2 to annex 1, equations (96) and (97)
 */
export function inverseNormal(probability: number): number {
  const x = Math.min(Math.max(probability, 1e-6), 0.999999)
  const y = x <= 0.5 ? x : 1 - x
  const t = Math.sqrt(-2 * log(y))
  const c = ((0.010328 * t + 0.802853) * t + 2.515516698) / (((0.001308 * t + 0.189269) * t + 1.432788) * t + 1)
  return x <= 0.5 ? t - c : c - t
}
