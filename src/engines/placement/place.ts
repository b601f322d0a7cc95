import { TwinError } from '../../base/errors.ts'
import { type Steps, within } from '../../base/steps.ts'
import { coverAll } from './cheapest.ts'
import { coverMost, type Found } from './coverage.ts'
import { type Instance, instanceOf } from './instance.ts'
import { type MipSolver, mipOf } from './mip.ts'
import { checkSites, type SiteProblem } from './problem.ts'
import { measure } from './selection.ts'

export interface PlacementInput extends SiteProblem {
  readonly exact: MipSolver | null // null: search only
}

export interface PlacementResult {
  readonly chosen: readonly string[] // ids, in the order of the sites
  readonly coveredWeight: number // with what stands already
  readonly totalWeight: number
  readonly cost: number // of the chosen ones
  readonly bound: number // proven: no choice covers more, or, where all must be covered, costs less
  readonly gap: number // share by which a better choice could be better; 0 when it is proven the best
  readonly proven: boolean
  readonly method: 'search' | 'exact'
}

/** A gap below this is the rounding of sums. */
const CLOSED = 1e-9

/** Takes the solver's answer where it is better, in value or in bound. */
function settle(x: Instance, found: Found, budget: number | null, solver: MipSolver): Found {
  const { x: shares, bound } = solver(mipOf(x, budget))
  let { sites, value } = found
  if (shares) {
    const taken = [...Array(x.sites).keys()].filter((s) => shares[s] > 0.5)
    const { covered, spent } = measure(x, taken)
    const better = budget === null ? spent < value : covered > value
    if (better) {
      sites = taken
      value = budget === null ? spent : covered
    }
  }
  return { sites, value, bound: budget === null ? Math.max(found.bound, bound) : Math.min(found.bound, bound) }
}

/**
 * Chooses sites: as much weight as a budget buys, or everything as cheaply as possible. Always with a proven bound.
 *
 * Throws   SITES_INVALID as {@link checkSites}, or when not everything can be covered
 * Cost     see {@link coverMost} and {@link coverAll}; exact: that of the solver
 */
export function* place(input: PlacementInput): Steps<PlacementResult> {
  checkSites(input)
  const { budget, exact, siteIds, weight } = input
  const x = instanceOf(input)
  if (x.sites === 0 && weight.length > 0 && budget === null)
    throw new TwinError('SITES_INVALID', 'There is no site, expected one or more.')
  let found = yield* within(0, exact ? 0.5 : 0.99, budget === null ? coverAll(x) : coverMost(x, budget))
  const closed = (f: Found): boolean => Math.abs(f.bound - f.value) <= CLOSED * Math.max(1, Math.abs(f.value))
  const asked = exact !== null && !closed(found)
  if (exact && asked) found = settle(x, found, budget, exact)
  const { covered, spent } = measure(x, found.sites)
  const proven = closed(found)
  const whole = budget === null ? found.bound : found.bound + x.baseWeight
  const value = budget === null ? spent : covered + x.baseWeight
  const result: PlacementResult = {
    chosen: found.sites.map((s) => siteIds[s]),
    coveredWeight: covered + x.baseWeight,
    totalWeight: weight.reduce((a, b) => a + b, 0),
    cost: spent,
    bound: proven ? value : whole,
    gap: proven || value === 0 ? (proven ? 0 : Infinity) : Math.abs(whole - value) / value,
    proven,
    method: asked ? 'exact' : 'search',
  }
  yield 1
  return result
}
