import { log, log1p } from '../../base/math/log.ts'
import { pow } from '../../base/math/pow.ts'
import type { Gateways, HearingModel, Hearings } from './input.ts'

const DEGREES = 4 // of freedom of Student's t: a few signals are far off, and must not decide alone
const PER_DECADE = 10 / log(10)

/** Squared distance in m² with the blur of places added. */
export function blurredM2(
  { eastM, northM }: Gateways,
  g: number,
  eastAtM: number,
  northAtM: number,
  blurM: number,
): number {
  const dx = eastM[g]! - eastAtM
  const dy = northM[g]! - northAtM
  return dx * dx + dy * dy + blurM * blurM
}

/** Expected signal in dBm at a squared distance. */
export const expectedDbm = ({ offsetDbm, exponent }: HearingModel, distanceM2: number): number =>
  offsetDbm - (exponent * PER_DECADE * log(distanceM2 / 1e6)) / 2

/** Odds, up to a constant, that a gateway is the one that hears. */
export const hearingOdds = ({ knee, steepness }: HearingModel, distanceM2: number): number =>
  pow(1 + distanceM2 / (knee * knee), -steepness)

/** Sum of the odds of all gateways at a place. Cost O(gateways). */
export function oddsOfAll(gateways: Gateways, model: HearingModel, eastAtM: number, northAtM: number): number {
  let sum = 0
  for (let g = 0; g < gateways.eastM.length; g++)
    sum += hearingOdds(model, blurredM2(gateways, g, eastAtM, northAtM, model.blurM))
  return sum
}

/**
 * Logarithm of how likely what was heard of a claim is, if the device stands at a place: who hears, and how loudly.
 *
 * Shapes   one claim c of the hearings; `allOdds` as from `oddsOfAll` at that place
 * Source   who hears: multinomial choice with a share of strays; how loudly: log-distance with Student's t, 4 degrees
 * Cost     O(hearings of the claim)
 */
export function logLikelihood(
  gateways: Gateways,
  hearings: Hearings,
  model: HearingModel,
  c: number,
  eastAtM: number,
  northAtM: number,
  allOdds: number,
): number {
  const { start, gateway, signalDbm } = hearings
  const { stray, sigmaDb, blurM } = model
  const even = stray / gateways.eastM.length
  let sum = 0
  for (let h = start[c]!; h < start[c + 1]!; h++) {
    const distanceM2 = blurredM2(gateways, gateway[h]!, eastAtM, northAtM, blurM)
    const residual = (signalDbm[h]! - expectedDbm(model, distanceM2)) / sigmaDb
    sum += log(even + ((1 - stray) * hearingOdds(model, distanceM2)) / allOdds)
    sum -= ((DEGREES + 1) / 2) * log1p((residual * residual) / DEGREES)
  }
  return sum
}
