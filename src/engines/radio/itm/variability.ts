import { exp } from '../../../base/math/exp.ts'
import { log } from '../../../base/math/log.ts'
import { pow } from '../../../base/math/pow.ts'
import { CLIMATES, type ItmClimate, type VariabilityCurve } from './climates.ts'
import { irregularityOver } from './irregularity.ts'
import type { ItmTerminals } from './terminals.ts'

/** What a loss is asked to hold for. */
export interface ItmQuantiles {
  readonly time: number // of the time, in (0, 1)
  readonly location: number // of the places
  readonly situation: number // of the situations
  readonly mode: number // 0 single message, 1 accidental, 2 mobile, 3 broadcast; +10 no location, +20 no situation variability
  readonly climate: number // 1 … 7
}

/** A curve of Technical Note 101 over effective distance; equations III.69 and III.70. */
function curve({ c1, c2, x1, x2, x3 }: VariabilityCurve, effectiveM: number): number {
  const rise = (effectiveM / x1) * (effectiveM / x1)
  const off = (effectiveM - x2) / x3
  return ((c1 + c2 / (1 + off * off)) * rise) / (1 + rise)
}

/**
 * Standard normal deviate that is exceeded with probability q, to 4.5e-4. The published model is defined with this
 * approximation, and its vectors with it.
 *
 * Source   M. Abramowitz, I. Stegun, Handbook of mathematical functions, formula 26.2.23
 */
function exceeded(q: number): number {
  const x = q > 0.5 ? 1 - q : q
  const t = Math.sqrt(-2 * log(x))
  const z = t - ((0.010328 * t + 0.802853) * t + 2.515516) / (((0.001308 * t + 0.189269) * t + 1.432788) * t + 1)
  return q > 0.5 ? -z : z
}

const rise = ([g1, g2, g3]: readonly [number, number, number], q: number): number => g1 + g2 / (g3 * q * (g3 * q) + 1)

/** Radius in m of the earth that the effective distance is reckoned with. */
const EARTH_9000_M = 9000e3
/** Beyond this deviate the curves are guesses. */
export const EXTREME_DEVIATE = 3.1

/**
 * Loss over free space in dB that holds for the wanted shares of time, places and situations.
 *
 * Returns  the loss; the largest deviate used is written to `deviate[0]`
 * Source   G. Hufford, The ITS Irregular Terrain Model, version 1.2.2: the algorithm, section 5 (avar)
 */
export function variabilityDb(
  quantiles: ItmQuantiles,
  t: ItmTerminals,
  freqMhz: number,
  distanceM: number,
  referenceDb: number,
  deviate: Float64Array,
): number {
  const climate: ItmClimate = CLIMATES[quantiles.climate - 1]
  const zS = exceeded(quantiles.situation)
  let zT = exceeded(quantiles.time)
  let zL = exceeded(quantiles.location)
  const kind = quantiles.mode % 10
  const noLocation = quantiles.mode % 20 >= 10
  if (kind === 0) zT = zS
  if (kind <= 1) zL = zS
  if (kind === 2) zL = zT
  deviate[0] = Math.max(Math.abs(zT), Math.abs(zL), Math.abs(zS))

  const wave = freqMhz / 47.7
  const reach =
    Math.sqrt(2 * EARTH_9000_M * t.effectiveM[0]) +
    Math.sqrt(2 * EARTH_9000_M * t.effectiveM[1]) +
    pow(575.7e12 / wave, 1 / 3)
  const effectiveM = distanceM < reach ? (130e3 * distanceM) / reach : 130e3 + distanceM - reach

  const sigmaS = quantiles.mode >= 20 ? 0 : 5 + 3 * exp(-effectiveM / 100e3)
  const rough = wave * irregularityOver(distanceM, t.deltaHM)
  const sigmaL = noLocation ? 0 : (10 * rough) / (rough + 13)
  const yL = sigmaL * zL

  const q = log(0.133 * wave)
  const minus = curve(climate.timeMinus, effectiveM) * rise(climate.gMinus, q)
  const plus = curve(climate.timePlus, effectiveM) * rise(climate.gPlus, q)
  const ducted = climate.ductC * plus
  const sigmaT = zT < 0 ? minus : zT <= climate.ductZ ? plus : ducted + ((plus - ducted) * climate.ductZ) / zT
  const yT = sigmaT * zT

  const part = sigmaS * sigmaS + (yT * yT) / (7.8 + zS * zS) + (yL * yL) / (24 + zS * zS)
  let yR = yT + yL
  let yS = Math.sqrt(part) * zS
  if (kind === 0) {
    yR = 0
    yS = Math.sqrt(sigmaT * sigmaT + sigmaL * sigmaL + part) * zS
  } else if (kind === 1) {
    yR = yT
    yS = Math.sqrt(sigmaL * sigmaL + part) * zS
  } else if (kind === 2) yR = Math.sqrt(sigmaT * sigmaT + sigmaL * sigmaL) * zT

  const db = referenceDb - curve(climate.median, effectiveM) - yR - yS
  // no fading gains much over free space
  return db < 0 ? (db * (29 - db)) / (29 - 10 * db) : db
}
