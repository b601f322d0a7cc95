import { exp } from '../../../base/math/exp.ts'

/** Ground and air under a path, as the Irregular Terrain Model sees them. */
export interface ItmGround {
  readonly surfaceRefractivity: number // N-units
  readonly earthM: number // effective radius
  readonly impedanceRe: number // surface transfer impedance
  readonly impedanceIm: number
}

/** Curvature of the true earth in 1/m, and the two constants of its bending by the air. */
const EARTH_CURVATURE = 157e-9
const BENDING = 0.04665
const BENDING_SCALE = 179.3
/** Height in m over which refractivity falls by a factor e. */
const AIR_SCALE_M = 9460

/**
 * Effective earth and ground impedance.
 *
 *   N_s = N_0 e^(-h / 9460);  1 / a_e = gamma_a (1 - 0.04665 e^(N_s / 179.3))
 *   Z = sqrt(eps' - 1) with eps' = eps + i 18000 sigma / f, divided by eps' for vertical polarisation
 *
 * Units    m, MHz, S/m, N-units
 * Source   G. Hufford, The ITS Irregular Terrain Model, version 1.2.2: the algorithm, sections 1 and 2
 */
export function groundOf(
  freqMhz: number,
  meanHeightM: number,
  refractivity: number,
  vertical: boolean,
  permittivity: number,
  conductivity: number,
): ItmGround {
  const surfaceRefractivity = meanHeightM === 0 ? refractivity : refractivity * exp(-meanHeightM / AIR_SCALE_M)
  const earthM = 1 / (EARTH_CURVATURE * (1 - BENDING * exp(surfaceRefractivity / BENDING_SCALE)))
  const im = (18_000 * conductivity) / freqMhz
  // principal square root of (permittivity - 1) + i im
  const re = permittivity - 1
  const size = Math.sqrt(re * re + im * im)
  const rootRe = Math.sqrt((size + re) / 2)
  const rootIm = Math.sqrt((size - re) / 2)
  if (!vertical) return { surfaceRefractivity, earthM, impedanceRe: rootRe, impedanceIm: rootIm }
  const square = permittivity * permittivity + im * im
  return {
    surfaceRefractivity,
    earthM,
    impedanceRe: (rootRe * permittivity + rootIm * im) / square,
    impedanceIm: (rootIm * permittivity - rootRe * im) / square,
  }
}
