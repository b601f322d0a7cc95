import { TwinError } from '../../base/errors.ts'
import { log } from '../../base/math/log.ts'
import type { Gateways, HearingModel, Hearings } from './input.ts'
import { blurredM2, expectedDbm, hearingOdds, oddsOfAll } from './likelihood.ts'

/** How far a model's signals lie from what was measured. */
export interface Misfit {
  readonly count: number
  readonly biasDb: number // measured − modelled, mean
  readonly rmseDb: number
}

const KNEES_M = [250, 500, 1000, 2000, 4000]
const STEEPNESSES = [0.5, 0.75, 1, 1.5, 2, 3]
const STRAYS = [0.02, 0.05, 0.1, 0.2]
const MIN_HEARINGS = 3

/** Bias and root mean square of measured − modelled over the hearings of the claims in `which`. Residuals by hearing. */
export function misfit(
  gateways: Gateways,
  hearings: Hearings,
  model: HearingModel,
  which: readonly number[],
  residualDb?: Float64Array,
): Misfit {
  const { start, gateway, signalDbm, claimEastM, claimNorthM } = hearings
  let count = 0
  let sum = 0
  let squares = 0
  for (const c of which) {
    for (let h = start[c]!; h < start[c + 1]!; h++) {
      const m2 = blurredM2(gateways, gateway[h]!, claimEastM[c]!, claimNorthM[c]!, model.blurM)
      const residual = signalDbm[h]! - expectedDbm(model, m2)
      if (residualDb) residualDb[h] = residual
      count++
      sum += residual
      squares += residual * residual
    }
  }
  return { count, biasDb: sum / count, rmseDb: Math.sqrt(squares / count) }
}

/** One offset and one exponent by least squares over the logarithm of distance. */
function fitFading(gateways: Gateways, hearings: Hearings, which: readonly number[], blurM: number) {
  const { start, gateway, signalDbm, claimEastM, claimNorthM } = hearings
  let n = 0
  let sx = 0
  let sy = 0
  let sxx = 0
  let sxy = 0
  for (const c of which) {
    for (let h = start[c]!; h < start[c + 1]!; h++) {
      const m2 = blurredM2(gateways, gateway[h]!, claimEastM[c]!, claimNorthM[c]!, blurM)
      const x = (-5 * log(m2 / 1e6)) / log(10)
      n++
      sx += x
      sy += signalDbm[h]!
      sxx += x * x
      sxy += x * signalDbm[h]!
    }
  }
  const spread = n * sxx - sx * sx
  if (n < MIN_HEARINGS || !(spread > 1e-9 * n * n)) {
    const message = `${n} signals cannot fix an offset and an exponent: expected at least ${MIN_HEARINGS}, at different distances.`
    throw new TwinError('LOCATE_INVALID', message, { signals: n })
  }
  const exponent = (n * sxy - sx * sy) / spread
  return { exponent, offsetDbm: (sy - exponent * sx) / n }
}

/** Mean logarithm of the odds that those who heard did. */
function logChoice(
  gateways: Gateways,
  hearings: Hearings,
  model: HearingModel,
  which: readonly number[],
  strays: readonly number[],
) {
  const { start, gateway, claimEastM, claimNorthM } = hearings
  const sums = strays.map(() => 0)
  for (const c of which) {
    const all = oddsOfAll(gateways, model, claimEastM[c]!, claimNorthM[c]!)
    for (let h = start[c]!; h < start[c + 1]!; h++) {
      const m2 = blurredM2(gateways, gateway[h]!, claimEastM[c]!, claimNorthM[c]!, model.blurM)
      const share = hearingOdds(model, m2) / all
      for (let s = 0; s < strays.length; s++)
        sums[s] = sums[s]! + log(strays[s]! / gateways.eastM.length + (1 - strays[s]!) * share)
    }
  }
  return sums
}

/**
 * Fits a hearing model to claims that are believed: one offset and one exponent by least squares, then who hears by the
 * greatest likelihood on a fixed lattice of parameters.
 *
 * Units    metres, dBm
 * Throws   LOCATE_INVALID when the signals cannot fix a line
 * Cost     O(30 × claims × gateways)
 */
export function fitHearing(
  gateways: Gateways,
  hearings: Hearings,
  which: readonly number[],
  blurM: number,
): HearingModel {
  const line = fitFading(gateways, hearings, which, blurM)
  let best: HearingModel = {
    ...line,
    sigmaDb: 1,
    blurM,
    knee: KNEES_M[0]!,
    steepness: STEEPNESSES[0]!,
    stray: STRAYS[0]!,
  }
  const sigmaDb = Math.max(1, misfit(gateways, hearings, best, which).rmseDb)
  let most = -Infinity
  for (const knee of KNEES_M) {
    for (const steepness of STEEPNESSES) {
      const model = { ...best, sigmaDb, knee, steepness }
      logChoice(gateways, hearings, model, which, STRAYS).forEach((sum, s) => {
        if (sum <= most) return
        most = sum
        best = { ...model, stray: STRAYS[s]! }
      })
    }
  }
  return best
}
