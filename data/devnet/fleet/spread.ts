import { hypot } from '../../../src/base/math/arc.ts'
import type { Random } from '../../../src/base/random.ts'
import type { Spot } from './outline.ts'

/** No two devices of a fleet stand closer than this. */
export const CLEARANCE_M = 12
/** Around the origin, where the opening view looks. */
export const CENTRE_M = 1_800

export interface SpreadWishes {
  readonly count: number
  readonly spacingM: number // between two of the same kind
  readonly centreShare: number // 0 .. 1: how many of them should be within CENTRE_M
}

/** Candidates looked at for each pick: enough to keep picks apart, few enough to keep them irregular. */
const TRIES = 24

const nearestM = (spots: readonly Spot[], { xM, yM }: Spot): number => {
  let nearest = Infinity
  for (const spot of spots) nearest = Math.min(nearest, hypot(spot.xM - xM, spot.yM - yM))
  return nearest
}

/**
 * Picks spots that are spread out without looking planned: of a few candidates drawn by chance, the one farthest from
 * those picked before wins (Mitchell's best candidate). First the centre's share, then the rest, then whatever is left.
 *
 * Writes   the picks to `taken`, which every later kind keeps clear of
 * Returns  at most `count` of `candidates`; fewer when they run out
 * Cost     O(count · (TRIES + taken))
 */
export function pickSpread<Candidate extends Spot>(
  candidates: readonly Candidate[],
  { count, spacingM, centreShare }: SpreadWishes,
  random: Random,
  taken: Spot[],
): Candidate[] {
  const picks: Candidate[] = []
  const pickFrom = (pool: Candidate[], upTo: number): void => {
    while (picks.length < upTo && pool.length > 0) {
      let best = -1
      let bestM = -1
      for (let attempt = 0; attempt < TRIES && pool.length > 0; attempt++) {
        const i = random.below(pool.length)
        const candidate = pool[i]!
        const ownM = nearestM(picks, candidate)
        if (ownM < spacingM || nearestM(taken, candidate) < CLEARANCE_M) {
          // will never fit again: the last one takes its place
          pool[i] = pool[pool.length - 1]!
          pool.pop()
          if (best === pool.length) best = i // the best so far was the one that moved
        } else if (ownM > bestM) {
          best = i
          bestM = ownM
        }
      }
      if (best < 0) continue
      const [pick] = pool.splice(best, 1)
      picks.push(pick!)
      taken.push(pick!)
    }
  }
  const centre = candidates.filter(({ xM, yM }) => hypot(xM, yM) <= CENTRE_M)
  const around = candidates.filter(({ xM, yM }) => hypot(xM, yM) > CENTRE_M)
  pickFrom(centre, Math.ceil(count * centreShare))
  pickFrom(around, count)
  pickFrom(centre, count)
  return picks
}
