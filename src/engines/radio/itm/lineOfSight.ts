import { exp } from '../../../base/math/exp.ts'
import { log10 } from '../../../base/math/log.ts'
import { cos, sin } from '../../../base/math/trig.ts'
import type { ItmGround } from './ground.ts'
import { irregularityOver, roughnessM } from './irregularity.ts'
import type { ItmTerminals } from './terminals.ts'

/**
 * Loss in dB within line of sight: two rays, weighted with the diffraction line carried inwards.
 *
 *   A = w A_t + (1 - w) (A_d0 + m_d d);  A_t = -10 log10 |e^(-i delta) + R_e|²
 *
 * Source   G. Hufford, The ITS Irregular Terrain Model, version 1.2.2: the algorithm, section 4.3 (alos), (4.46) to (4.50)
 */
export function lineOfSightDb(
  distanceM: number,
  freqMhz: number,
  ground: ItmGround,
  t: ItmTerminals,
  slopeDbPerM: number,
  interceptDb: number,
  smoothM: number,
): number {
  const wave = freqMhz / 47.7
  const sum = t.effectiveM[0] + t.effectiveM[1]
  const sinPsi = sum / Math.sqrt(distanceM * distanceM + sum * sum)
  // R = (sin psi - Z) / (sin psi + Z)
  const { impedanceRe: zRe, impedanceIm: zIm } = ground
  const under = (sinPsi + zRe) * (sinPsi + zRe) + zIm * zIm
  const fade = exp(-Math.min(10, wave * roughnessM(irregularityOver(distanceM, t.deltaHM)) * sinPsi))
  let rRe = (((sinPsi - zRe) * (sinPsi + zRe) - zIm * zIm) / under) * fade
  let rIm = ((-zIm * (sinPsi + zRe) - (sinPsi - zRe) * zIm) / under) * fade
  const power = rRe * rRe + rIm * rIm
  if (power < 0.25 || power < sinPsi) {
    const scale = Math.sqrt(sinPsi / power)
    rRe *= scale
    rIm *= scale
  }
  let phase = (2 * wave * t.effectiveM[0] * t.effectiveM[1]) / distanceM
  if (phase > Math.PI / 2) phase = Math.PI - (Math.PI * Math.PI) / 4 / phase
  const re = cos(phase) + rRe
  const im = rIm - sin(phase)
  const twoRayDb = -10 * log10(re * re + im * im)
  const weight = 1 / (1 + (freqMhz * t.deltaHM) / Math.max(10e3, smoothM))
  return weight * twoRayDb + (1 - weight) * (slopeDbPerM * distanceM + interceptDb)
}
