import { EFFECTIVE_EARTH_M } from './diffraction.ts'

const STEPS = 1024

/** Diffraction parameter of flat ground under a clear line, by distance: the ground's own share of the clearance test. */
export interface GroundClearance {
  readonly stepM: number
  readonly nu: Float64Array // [STEPS + 1] at i * stepM
}

/**
 * Tabulates the largest nu that bare ground under the line of sight reaches, always negative:
 * the ground never blocks, but it cuts into the Fresnel zone near the lower antenna.
 *
 *   nu(t) = -(a (1 - t) + b t - d^2 t (1 - t) / 2R) sqrt(2 / (lambda d t (1 - t))), its maximum over t in (0, 1)
 *
 * On a flat earth the maximum is at t = a / (a + b); the bulge moves it little, so two Newton-free refinements around it suffice.
 */
export function groundClearance(txM: number, rxM: number, rangeM: number, wavelengthM: number): GroundClearance {
  const stepM = rangeM / STEPS
  const nu = new Float64Array(STEPS + 1)
  nu[0] = -1e6
  for (let i = 1; i <= STEPS; i++) nu[i] = largestNu(txM, rxM, i * stepM, wavelengthM)
  return { stepM, nu }
}

function largestNu(txM: number, rxM: number, d: number, wavelengthM: number): number {
  const nuAt = (t: number): number => {
    const span = t * (1 - t)
    const clear = txM * (1 - t) + rxM * t - (d * d * span) / (2 * EFFECTIVE_EARTH_M)
    return -clear * Math.sqrt(2 / (wavelengthM * d * span))
  }
  let best = txM / (txM + rxM)
  let width = 0.5 * Math.min(best, 1 - best)
  for (let round = 0; round < 30; round++) {
    const [low, high] = [nuAt(best - width), nuAt(best + width)]
    const here = nuAt(best)
    if (low > here && low >= high) best -= width
    else if (high > here) best += width
    width *= 0.7
    width = Math.min(width, 0.9 * best, 0.9 * (1 - best))
  }
  return nuAt(best)
}

/** nu of the ground at a distance, by linear interpolation. */
export function groundNu({ stepM, nu }: GroundClearance, distanceM: number): number {
  const at = distanceM / stepM
  const i = Math.min(at | 0, STEPS - 1)
  return nu[i] + (nu[i + 1] - nu[i]) * (at - i)
}
