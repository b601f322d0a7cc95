import { exp } from '../../base/math/exp.ts'
import type { Steps } from '../../base/steps.ts'
import { checkLocate, type LocateInput } from './input.ts'
import { logLikelihood, oddsOfAll } from './likelihood.ts'

/** What the signals say of each claim. */
export interface LocateResult {
  readonly falseProbability: Float64Array // [c], that the device is farther from its claim than the tolerance
  readonly eastM: Float64Array // [c], mean of the posterior over places
  readonly northM: Float64Array // [c]
  readonly spreadM: Float64Array // [c], root mean square distance of the posterior from its mean
}

/**
 * Weighs every place of a lattice around each claim by what was heard.
 * Two hypotheses, each even over its places: the device is within the tolerance of its claim, or beyond it within reach.
 *
 * Shapes   c claims
 * Units    metres, probabilities
 * Throws   LOCATE_INVALID as `checkLocate`
 * Cost     O((2 reach / cell)² × hearings), and once for each cell O(gateways)
 */
export function* judgeClaims(input: LocateInput): Steps<LocateResult> {
  checkLocate(input)
  const { gateways, hearings, model, prior, toleranceM, reachM, cellM } = input
  const claims = hearings.claimEastM.length
  const result: LocateResult = {
    falseProbability: new Float64Array(claims),
    eastM: new Float64Array(claims),
    northM: new Float64Array(claims),
    spreadM: new Float64Array(claims),
  }
  const reach = Math.floor(reachM / cellM)
  const side = 2 * reach + 1
  const logs = new Float64Array(side * side)
  const odds = new Map<string, number>() // by cell of the lattice of all claims
  yield 0
  for (let c = 0; c < claims; c++) {
    const column = Math.round(hearings.claimEastM[c]! / cellM)
    const row = Math.round(hearings.claimNorthM[c]! / cellM)
    let top = -Infinity
    for (let i = 0; i < side * side; i++) {
      const x = column + (i % side) - reach
      const y = row + Math.floor(i / side) - reach
      const key = `${x},${y}`
      let all = odds.get(key)
      if (all === undefined) {
        all = oddsOfAll(gateways, model, x * cellM, y * cellM)
        odds.set(key, all)
      }
      logs[i] = logLikelihood(gateways, hearings, model, c, x * cellM, y * cellM, all)
      top = Math.max(top, logs[i]!)
    }
    weigh(result, logs, { c, column, row, reach, top })
    yield (c + 1) / (claims + 1)
  }
  yield 1
  return result

  function weigh(
    into: LocateResult,
    of: Float64Array,
    at: { c: number; column: number; row: number; reach: number; top: number },
  ): void {
    let near = 0
    let nearCells = 0
    let far = 0
    let farCells = 0
    let [east, north, squares] = [0, 0, 0]
    for (let i = 0; i < of.length; i++) {
      const dx = ((i % side) - reach) * cellM
      const dy = (Math.floor(i / side) - reach) * cellM
      const d2 = dx * dx + dy * dy
      if (d2 > reachM * reachM) continue
      const weight = exp(of[i]! - at.top)
      if (d2 <= toleranceM * toleranceM) {
        near += weight
        nearCells++
      } else {
        far += weight
        farCells++
      }
      east += weight * dx
      north += weight * dy
      squares += weight * d2
    }
    const sum = near + far
    const likelyFalse = (prior * far) / farCells
    const likelyTrue = ((1 - prior) * near) / nearCells
    into.falseProbability[at.c] = likelyFalse / (likelyFalse + likelyTrue)
    into.eastM[at.c] = at.column * cellM + east / sum
    into.northM[at.c] = at.row * cellM + north / sum
    const mean2 = (east * east + north * north) / (sum * sum)
    into.spreadM[at.c] = Math.sqrt(Math.max(0, squares / sum - mean2))
  }
}
