import { log10 } from '../../../base/math/log.ts'
import type { Loss } from '../lossModel.ts'

/** TR 38.901 uses 3.0e8 m/s for its break-point distances. */
const C_M_PER_S = 3e8

export const straightM = (distanceM: number, txM: number, rxM: number): number => {
  const rise = txM - rxM
  return Math.sqrt(distanceM * distanceM + rise * rise)
}

/** Break-point distance over an effective environment height. */
export const breakPointM = (txM: number, rxM: number, environmentM: number, freqMhz: number): number =>
  (4 * (txM - environmentM) * (rxM - environmentM) * freqMhz * 1e6) / C_M_PER_S

/** The two slopes that UMa and UMi share; `near`, `tail` are their coefficients. */
export function twoSlopeDb(
  near: readonly [constant: number, slope: number],
  tail: number,
  freqMhz: number,
  distanceM: number,
  txM: number,
  rxM: number,
  environmentM: number,
): number {
  const straight = straightM(distanceM, txM, rxM)
  const freqDb = 20 * log10(freqMhz / 1000)
  const breakM = breakPointM(txM, rxM, environmentM, freqMhz)
  if (distanceM <= breakM) return near[0] + near[1] * log10(straight) + freqDb
  const rise = txM - rxM
  return near[0] + 40 * log10(straight) + freqDb - tail * log10(breakM * breakM + rise * rise)
}

/** A loss with the probability of line of sight at its place beside it, so that the two cases can be weighed. */
export const besideSight = (lossDb: number, losProbability: number): Loss => ({
  lossDb,
  flags: [],
  steps: { losProbability },
})
