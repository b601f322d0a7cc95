/** Where the pool for rendering work stands, and how often in a row it was moved the same way. */
export interface JobPolicy {
  readonly render: number // a week
  readonly moves: number // of the same direction in a row; negative: cuts
}

const BAND = 3 // the pool may be one to three times what is burnt
const QUIET = 0.1
const STEP = 0.05

const nearest = (value: number, step: number): number => Math.round(value / step) * step

/**
 * The weekly pool of the next quarter as RNP-020 proposed it (the vote was lost): unchanged while it is one to three times the
 * burn that is expected, or within a tenth of it; else by at most a tenth, a tenth more with each quarter that calls for
 * the same direction; cuts divide, raises multiply; rounded to a hundred.
 *
 * Source   RNP-020, rebalance decision logic
 */
export function nextJobPolicy({ render, moves }: JobPolicy, expectedBurn: number): JobPolicy {
  const raise = expectedBurn > render
  const inBand = !raise && expectedBurn * BAND >= render
  if (inBand || Math.abs(expectedBurn / render - 1) < QUIET) return { render, moves: 0 }
  const cap = QUIET * ((raise ? Math.max(0, moves) : Math.max(0, -moves)) + 1)
  const wanted = raise ? expectedBurn / render - 1 : render / expectedBurn - 1
  const change = Math.min(cap, Math.max(STEP, nearest(wanted, STEP)))
  const moved = raise ? render * (1 + change) : render / (1 + change)
  return { render: nearest(moved, 100), moves: raise ? Math.max(0, moves) + 1 : Math.min(0, moves) - 1 }
}
