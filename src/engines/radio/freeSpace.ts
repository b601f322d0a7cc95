import { log10 } from '../../base/math/log.ts'

/** Speed of light in m/s, exact by definition of the metre. */
const LIGHT_M_PER_S = 299792458

export const wavelengthM = (freqMhz: number): number => LIGHT_M_PER_S / (freqMhz * 1e6)

/**
 * Free-space basic transmission loss between isotropic antennas.
 *
 * Source   ITU-R P.525-4, equation (3): 20 log10(4 pi d / lambda)
 */
export const freeSpaceDb = (distanceM: number, freqMhz: number): number =>
  20 * log10((4 * Math.PI * distanceM) / wavelengthM(freqMhz))
