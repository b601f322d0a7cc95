import { exp } from '../../../base/math/exp.ts'
import { log, log10 } from '../../../base/math/log.ts'
import { pow } from '../../../base/math/pow.ts'
import type { ItmGround } from './ground.ts'
import { irregularityOver, roughnessM } from './irregularity.ts'
import type { ItmTerminals } from './terminals.ts'

/** Frequency in MHz of a wave of wave number 1/m. */
const WAVE_MHZ = 47.7
/** Radius of the true earth in m, to which Vogler's curves refer. */
const EARTH_M = 6370e3

/** Loss over an ideal knife edge from v²; Technical Note 101, equations III.24b and c. */
const fresnelDb = (v2: number): number =>
  v2 < 5.76 ? 6.02 + 9.11 * Math.sqrt(v2) - 1.27 * v2 : 12.953 + 10 * log10(v2)

/** Vogler's height gain F(x, K) in dB. */
function heightGainDb(x: number, k: number): number {
  if (x < 200) {
    const w = -log(k)
    if (k < 1e-5 || x * w * w * w > 5495) return x > 1 ? 17.372 * log(x) - 117 : -117
    return (2.5e-5 * x * x) / k - 8.686 * w - 15
  }
  const far = 0.05751 * x - 4.343 * log(x)
  if (x >= 2000) return far
  const w = 0.0134 * x * exp(-0.005 * x)
  return (1 - w) * far + w * (17.372 * log(x) - 117)
}

/** What diffraction needs of a path that does not change with distance. */
export interface DiffractionPath {
  readonly freqMhz: number
  readonly thetaLos: number // angular distance of the line-of-sight region
  readonly smoothM: number // greatest line-of-sight distance over a smooth earth
  readonly profile: boolean // point to point; else area
}

/**
 * Diffraction loss in dB at a distance: two knife edges and a rounded earth, weighted by the terrain between.
 *
 *   A = w A_r + (1 - w) A_k + A_fo
 *   A_r   smooth earth by Vogler's three radii: G(x0) - F(x1, K1) - F(x2, K2) - 20
 *   A_k   J(v1) + J(v2), an edge at either horizon
 *   A_fo  clutter of the terrain itself, at most 15 dB
 *
 * Source   G. Hufford 1995, section 4.2 (adiff); Longley and Rice, ERL 79-ITS 67, equations 3.23 to 3.38c
 */
export function diffractionDb(distanceM: number, path: DiffractionPath, ground: ItmGround, t: ItmTerminals): number {
  const { freqMhz, thetaLos } = path
  const { earthM } = ground
  const [h1, h2] = [t.horizonM[0], t.horizonM[1]]
  const reachM = h1 + h2
  const beyondRad = distanceM / earthM - thetaLos
  const beyondM = distanceM - reachM

  const v = 0.0795775 * (freqMhz / WAVE_MHZ) * beyondRad * beyondRad * beyondM
  const edgesDb = fresnelDb((v * h1) / (beyondM + h1)) + fresnelDb((v * h2) / (beyondM + h2))

  const size = Math.sqrt(ground.impedanceRe * ground.impedanceRe + ground.impedanceIm * ground.impedanceIm)
  const cubeRoot = pow(freqMhz, 1 / 3)
  const radius0 = beyondM / beyondRad
  const c0 = pow(((4 / 3) * EARTH_M) / radius0, 1 / 3)
  const c1 = pow(((4 / 3) * EARTH_M) / ((0.5 * h1 * h1) / t.effectiveM[0]), 1 / 3)
  const c2 = pow(((4 / 3) * EARTH_M) / ((0.5 * h2 * h2) / t.effectiveM[1]), 1 / 3)
  const unit = 0.017778 / (cubeRoot * size)
  const x1 = (1.607 - unit * c1) * c1 * c1 * cubeRoot * (h1 / 1000)
  const x2 = (1.607 - unit * c2) * c2 * c2 * cubeRoot * (h2 / 1000)
  const x0 = (1.607 - unit * c0) * c0 * c0 * cubeRoot * ((radius0 * beyondRad) / 1000) + x1 + x2
  const roundDb = 0.05751 * x0 - 10 * log10(x0) - heightGainDb(x1, unit * c1) - heightGainDb(x2, unit * c2) - 20

  const antennas = t.heightM[0] * t.heightM[1]
  const rough = roughnessM(irregularityOver(path.smoothM, t.deltaHM))
  const clutterDb = Math.min(15, 5 * log10(1 + 1e-5 * antennas * freqMhz * rough))

  // low antennas on a known path count as a little higher: C = 10 m²
  const ratio = Math.sqrt(
    1 + (t.effectiveM[0] * t.effectiveM[1] - antennas) / (path.profile ? antennas + 10 : antennas),
  )
  const q =
    (ratio + (-thetaLos * earthM + reachM) / distanceM) *
    Math.min((irregularityOver(distanceM, t.deltaHM) * freqMhz) / WAVE_MHZ, 6283.2)
  const weight = 25.1 / (25.1 + Math.sqrt(q))
  return weight * roundDb + (1 - weight) * edgesDb + clutterDb
}
