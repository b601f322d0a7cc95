import { exp } from '../../base/math/exp.ts'
import { log10 } from '../../base/math/log.ts'

/** Earth's radius in metres, stretched by 4/3 for the median bending of the air near the ground (ITU-R P.452, k = 4/3). */
export const EFFECTIVE_EARTH_M = (4 / 3) * 6371000

/** Below this the diffraction parameter costs nothing. */
export const NU_CLEAR = -0.78

/**
 * Knife-edge diffraction loss J(nu) in dB.
 *
 * Source   ITU-R P.526-15, equation (31); 0 for nu <= -0.78
 */
export function knifeEdgeDb(nu: number): number {
  if (!(nu > NU_CLEAR)) return 0
  const s = nu - 0.1
  return 6.9 + 20 * log10(Math.sqrt(s * s + 1) + s)
}

/** What the Bullington construction adds over a single knife edge; ITU-R P.526-15, equation (42). */
export const bullingtonDb = (edgeDb: number, distanceM: number): number =>
  edgeDb + (1 - exp(-edgeDb / 6)) * (10 + 0.02e-3 * distanceM)

/** A terrain or surface profile: points strictly between the two antennas, in order. */
export interface Profile {
  readonly count: number
  readonly distanceM: Float64Array // [n] from the transmitter
  readonly heightM: Float64Array // [n] above the common ground level
}

/**
 * Bullington diffraction loss over all points of a profile, in dB. The direct form: every point is looked at.
 *
 *   The earth's bulge is taken out by the shear h' = h - d^2 / 2a: slopes from the transmitter shift by a constant,
 *   heights over the line of sight do not change.
 *   Stim = max (h'_i - hts) / d_i                  steepest slope from the transmitter
 *   Str  = (hrs' - hts) / d                        slope of the line of sight
 *   clear (Stim < Str): nu = max over i of (height over the line of sight) * sqrt(2 d / (lambda d_i (d - d_i)))
 *   else: Srim = max (h'_i - hrs') / (d - d_i); the two tangents meet at d_b = (hrs' - hts + Srim d) / (Stim + Srim)
 *
 * Units    m, dB
 * Cost     O(n)
 * Source   ITU-R P.526-15, section 4.5.1, as in P.1812 dl_bull
 */
export function bullingtonLossDb(
  profile: Profile,
  txM: number,
  rxM: number,
  distanceM: number,
  wavelengthM: number,
): number {
  const { count, distanceM: d, heightM: h } = profile
  const bulge = 1 / (2 * EFFECTIVE_EARTH_M)
  const rx = rxM - distanceM * distanceM * bulge
  const lineSlope = (rx - txM) / distanceM
  let fromTx = -Infinity
  let fromRx = -Infinity
  let nuClear = -Infinity
  for (let i = 0; i < count; i++) {
    const height = h[i] - d[i] * d[i] * bulge
    const left = distanceM - d[i]
    fromTx = Math.max(fromTx, (height - txM) / d[i])
    fromRx = Math.max(fromRx, (height - rx) / left)
    const over = height - (txM + lineSlope * d[i])
    nuClear = Math.max(nuClear, over * Math.sqrt((2 * distanceM) / (wavelengthM * d[i] * left)))
  }
  if (fromTx === -Infinity) return 0
  let nu = nuClear
  if (fromTx >= lineSlope) {
    const meet = (rx - txM + fromRx * distanceM) / (fromTx + fromRx)
    const over = txM + fromTx * meet - (txM + lineSlope * meet)
    nu = over * Math.sqrt((2 * distanceM) / (wavelengthM * meet * (distanceM - meet)))
  }
  return bullingtonDb(knifeEdgeDb(nu), distanceM)
}
