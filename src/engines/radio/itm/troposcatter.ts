import { exp } from '../../../base/math/exp.ts'
import { log10 } from '../../../base/math/log.ts'
import type { ItmGround } from './ground.ts'
import type { ItmTerminals } from './terminals.ts'

/** What the model answers where scatter is not defined: more than any loss it would choose. */
export const NO_SCATTER_DB = 1001

const GAIN_A = [25, 80, 177, 395, 705]
const GAIN_B = [24, 45, 68, 80, 105]

const gainCurveDb = (j: number, r: number): number => {
  const square = 1 / (r * r)
  return 10 * log10(1 + GAIN_A[j] * square * square + GAIN_B[j] * square)
}

/** Frequency gain H_0 in dB, interpolated between the curves of whole eta. */
function gainDb(r: number, eta: number): number {
  const held = Math.min(Math.max(eta, 1), 5)
  const i = Math.trunc(held)
  const part = held - i
  const here = gainCurveDb(i - 1, r)
  return part === 0 ? here : (1 - part) * here + part * gainCurveDb(i, r)
}

/** Attenuation F(theta d) in dB, in three spans. */
function spanDb(thetaD: number): number {
  if (thetaD <= 10e3) return 133.4 + 0.332e-3 * thetaD - 10 * log10(thetaD)
  if (thetaD <= 70e3) return 104.6 + 0.212e-3 * thetaD - 2.5 * log10(thetaD)
  return 71.8 + 0.157e-3 * thetaD + 5 * log10(thetaD)
}

/**
 * Troposcatter loss at one of the two distances the scatter line is drawn through. The farther goes first:
 * where the nearer one's frequency gain would pass 15 dB, it takes the farther one's.
 *
 * Writes   gain[0]: the frequency gain H_0 found; negative before the first call
 * Source   G. Hufford, The ITS Irregular Terrain Model, version 1.2.2: the algorithm, section 4.4 (ascat);
 *          P. Rice et al., Technical Note 101, chapter 9
 */
export function troposcatterDb(
  distanceM: number,
  freqMhz: number,
  thetaLos: number,
  ground: ItmGround,
  t: ItmTerminals,
  gain: Float64Array,
): number {
  const wave = freqMhz / 47.7
  const { earthM, surfaceRefractivity: n } = ground
  if (gain[0] <= 15) {
    const apart = t.horizonM[0] - t.horizonM[1]
    const ratio = apart < 0 ? t.effectiveM[0] / t.effectiveM[1] : t.effectiveM[1] / t.effectiveM[0]
    const ad = Math.abs(apart)
    const theta = t.horizonRad[0] + t.horizonRad[1] + distanceM / earthM
    const r1 = 2 * wave * theta * t.effectiveM[0]
    const r2 = 2 * wave * theta * t.effectiveM[1]
    if (r1 < 0.2 && r2 < 0.2) return NO_SCATTER_DB
    const asymmetry = (distanceM - ad) / (distanceM + ad)
    const q = Math.min(Math.max(0.1, ratio / asymmetry), 10)
    const s = Math.max(0.1, asymmetry)
    const crossM = ((distanceM - ad) * (distanceM + ad) * theta * 0.25) / distanceM
    const z = Math.min(1.7, crossM / 8000)
    const z3 = z * z * z
    const eta = (crossM / 1755.6) * (1 + (0.031 - n * 2.32e-3 + n * n * 5.67e-6) * exp(-z3 * z3))
    const mean = (gainDb(r1, eta) + gainDb(r2, eta)) / 2
    const lean = Math.min(mean, 6 * (0.6 - log10(Math.max(eta, 1))) * log10(s) * log10(q))
    let h0 = Math.max(mean + lean, 0)
    if (eta < 1) {
      const both = (1 + Math.SQRT2 / r1) * (1 + Math.SQRT2 / r2)
      const none = 10 * log10((both * both * (r1 + r2)) / (r1 + r2 + 2 * Math.SQRT2))
      h0 = eta * h0 + (1 - eta) * none
    }
    if (!(h0 > 15 && gain[0] >= 0)) gain[0] = h0
  }
  const th = distanceM / earthM - thetaLos
  const th2 = th * th
  return (
    spanDb(th * distanceM) +
    10 * log10(wave * 47.7 * th2 * th2) -
    0.1 * (n - 301) * exp((-th * distanceM) / 40e3) +
    gain[0]
  )
}
