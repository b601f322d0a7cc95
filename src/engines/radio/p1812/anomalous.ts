import { exp } from '../../../base/math/exp.ts'
import { log10 } from '../../../base/math/log.ts'
import { pow } from '../../../base/math/pow.ts'
import type { P1812Path } from './path.ts'
import type { SmoothEarth } from './smoothEarth.ts'
import { tanh } from './tanh.ts'
import { inlandness, type PathZones } from './zones.ts'

/** What ducting depends on, beside the path. */
export interface Ducting {
  readonly timePercent: number
  readonly ductingPercent: number // beta_0
  readonly coastTxKm: number // over land to the sea
  readonly coastRxKm: number
}

/** Screening of one end by the terrain before it; equations (48) and (48a). */
function screeningDb(elevationMrad: number, horizonKm: number, freqGhz: number): number {
  const angle = elevationMrad - 0.1 * horizonKm
  if (!(angle > 0)) return 0
  return 20 * log10(1 + 0.361 * angle * Math.sqrt(freqGhz * horizonKm)) + 0.264 * angle * pow(freqGhz, 1 / 3)
}

/** What an antenna near the sea gains by coupling into a duct over it; equations (49) and (49a). */
function couplingDb(coastKm: number, horizonKm: number, seaShare: number, antennaM: number): number {
  if (!(coastKm <= 5 && coastKm <= horizonKm && seaShare >= 0.75)) return 0
  return -3 * exp(-0.25 * coastKm * coastKm) * (1 + tanh(0.07 * (50 - antennaM)))
}

/**
 * Basic transmission loss while ducts and layers carry the wave.
 *
 * Units    dB
 * Source   ITU-R P.1812, section 4.5, equations (46) to (56)
 */
export function anomalousDb(
  path: P1812Path,
  smooth: SmoothEarth,
  zones: PathZones,
  earthKm: number,
  ducting: Ducting,
): number {
  const { totalKm: d, freqGhz: f } = path
  const { horizonTxKm: dlt, horizonRxKm: dlr, elevationTxMrad: thetaT, elevationRxMrad: thetaR } = smooth
  const longWaves = f < 0.5 ? 45.375 - 137 * f + 92.5 * f * f : 0
  const fixed =
    102.45 +
    20 * log10(f) +
    20 * log10(dlt + dlr) +
    longWaves +
    screeningDb(thetaT, dlt, f) +
    screeningDb(thetaR, dlr, f) +
    couplingDb(ducting.coastTxKm, dlt, zones.seaShare, path.txM) +
    couplingDb(ducting.coastRxKm, dlr, zones.seaShare, path.rxM)

  const perMrad = 5e-5 * earthKm * pow(f, 1 / 3)
  const theta = (1e3 * d) / earthKm + Math.min(thetaT, 0.1 * dlt) + Math.min(thetaR, 0.1 * dlr)

  const between = Math.min(d - dlt - dlr, 40)
  const mu3 = smooth.roughnessM > 10 ? exp(-4.6e-5 * (smooth.roughnessM - 10) * (43 + 6 * between)) : 1
  const alpha = Math.max(-3.4, -0.6 - 3.5e-9 * pow(d, 3.1) * inlandness(zones.inlandKm))
  const roots = Math.sqrt(smooth.effectiveTxM) + Math.sqrt(smooth.effectiveRxM)
  const mu2 = Math.min(1, pow(((500 / earthKm) * d * d) / (roots * roots), alpha))
  const beta = ducting.ductingPercent * mu2 * mu3
  const l = log10(beta)
  const gamma = (1.076 / pow(2.0058 - l, 1.012)) * exp(-(9.51 - 4.8 * l + 0.198 * l * l) * 1e-6 * pow(d, 1.13))
  const ratio = ducting.timePercent / beta
  return fixed + perMrad * theta - 12 + (1.2 + 3.7e-3 * d) * log10(ratio) + 12 * pow(ratio, gamma)
}
