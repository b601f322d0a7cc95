import { TwinError } from '../../base/errors.ts'
import type { Steps } from '../../base/steps.ts'
import type { Found } from './coverage.ts'
import type { Instance } from './instance.ts'
import { choose, createSelection, drop, mayStand, measure, type Selection, sitesOf } from './selection.ts'

const ROUNDS = 1200
const PATIENCE = 20

/** Takes away what is not needed, the dearest first. */
function prune(x: Instance, s: Selection): void {
  const sites = sitesOf(s).sort((a, b) => x.cost[b] - x.cost[a] || a - b)
  for (const site of sites) {
    let needed = false
    for (let k = x.siteStart[site]; k < x.siteStart[site + 1] && !needed; k++) needed = s.times[x.sitePoint[k]] === 1
    if (!needed) drop(x, s, site)
  }
}

/** Completes a selection: each point still open takes, in order, the open site with the least cost for what it adds. */
function complete(x: Instance, s: Selection, cost: Float64Array): void {
  for (;;) {
    let best = -1
    let least = Infinity
    for (let site = 0; site < x.sites; site++) {
      if (!mayStand(x, s, site)) continue
      let adds = 0
      for (let k = x.siteStart[site]; k < x.siteStart[site + 1]; k++) if (s.times[x.sitePoint[k]] === 0) adds++
      if (adds > 0 && cost[site] / adds < least) {
        least = cost[site] / adds
        best = site
      }
    }
    if (best < 0) return
    choose(x, s, best)
  }
}

const isComplete = (x: Instance, s: Selection): boolean => {
  for (let p = 0; p < x.points; p++) if (s.times[p] === 0) return false
  return true
}

/** Tears out each chosen site with its costliest neighbours and builds anew, as long as that is cheaper. */
function rebuild(x: Instance, start: readonly number[]): readonly number[] {
  let best = start
  let cost = measure(x, start).spent
  for (let improved = true; improved; ) {
    improved = false
    for (const out of best) {
      const s = createSelection(x)
      for (const site of best) if (site !== out) choose(x, s, site)
      const real = x.cost.map((c, site) => (site === out ? Infinity : c))
      complete(x, s, real)
      if (!isComplete(x, s)) continue
      prune(x, s)
      const sites = sitesOf(s)
      const { spent } = measure(x, sites)
      if (spent < cost) {
        cost = spent
        best = sites
        improved = true
        break
      }
    }
  }
  return best
}

/**
 * The cheapest sites that cover every point: greedy and exchanges, led on by Lagrange multipliers, which also prove a bound.
 *
 *   Each point p offers a price u_p >= 0 to whoever covers it; a site whose prices exceed its cost is taken for it.
 *   L(u) = sum u_p + sum over sites of min(0, c_s - prices) is no more than the optimum. Costs that are all whole let
 *   the bound be rounded up.
 *
 * Throws   SITES_INVALID when a point cannot be covered
 * Cost     1,200 rounds of O(covers), each with a greedy completion of what the prices choose
 * Source   J. Beasley, A Lagrangian heuristic for set-covering problems, Naval Research Logistics 37, 1990
 */
export function* coverAll(x: Instance): Steps<Found> {
  if (x.unreachable > 0)
    throw new TwinError('SITES_INVALID', `${x.unreachable} points are covered by no site, so not all can be covered.`)
  let best: readonly number[] = []
  let value = Infinity
  const consider = (s: Selection): void => {
    if (!isComplete(x, s)) return
    prune(x, s)
    const sites = sitesOf(s)
    const { spent } = measure(x, sites)
    if (spent < value) {
      value = spent
      best = sites
    }
  }
  const first = createSelection(x)
  complete(x, first, x.cost)
  consider(first)
  yield 0.02
  const whole = x.cost.every((c) => Number.isInteger(c))
  const price = Float64Array.from({ length: x.points }, (_, p) => {
    let least = Infinity
    for (let k = x.pointStart[p]; k < x.pointStart[p + 1]; k++) {
      const site = x.pointSite[k]
      least = Math.min(least, x.cost[site] / (x.siteStart[site + 1] - x.siteStart[site]))
    }
    return least
  })
  const reduced = new Float64Array(x.sites)
  const slope = new Float64Array(x.points)
  let bound = 0
  let scale = 2
  let patience = 0
  const proven = (): boolean => (whole ? Math.ceil(bound - 1e-6) : bound * (1 + 1e-9)) >= value
  for (let round = 0; round < ROUNDS && !proven(); round++) {
    let now = 0
    reduced.set(x.cost)
    for (let p = 0; p < x.points; p++) {
      now += price[p]
      for (let k = x.pointStart[p]; k < x.pointStart[p + 1]; k++) reduced[x.pointSite[k]] -= price[p]
    }
    const s = createSelection(x)
    for (let site = 0; site < x.sites; site++) {
      if (x.open[site] && reduced[site] < 0) now += reduced[site]
      if (reduced[site] <= 0 && mayStand(x, s, site)) choose(x, s, site)
    }
    if (now > bound * (1 + 1e-7)) patience = 0
    else if (++patience > PATIENCE) {
      scale /= 2
      patience = 0
    }
    bound = Math.max(bound, now)
    let steep = 0
    for (let p = 0; p < x.points; p++) {
      let short = 1
      for (let k = x.pointStart[p]; k < x.pointStart[p + 1]; k++) {
        if (x.open[x.pointSite[k]] && reduced[x.pointSite[k]] < 0) short--
      }
      if (short < 0 && price[p] <= 0) short = 0
      slope[p] = short
      steep += short * short
    }
    complete(
      x,
      s,
      reduced.map((r) => Math.max(r, 1e-9)),
    )
    consider(s)
    if (steep === 0 || scale < 1e-4) break
    const target = Number.isFinite(value) ? 1.02 * value : 2 * now + 1
    const step = (scale * Math.max(target - now, 0)) / steep
    for (let p = 0; p < x.points; p++) price[p] = Math.max(0, price[p] + step * slope[p])
    if (round % 20 === 0) yield 0.02 + (0.9 * round) / ROUNDS
  }
  if (best.length === 0 && x.points > 0)
    throw new TwinError('SITES_INVALID', 'No choice that respects the conflicts covers every point was found.')
  best = rebuild(x, best)
  value = measure(x, best).spent
  yield 1
  const safe = Math.max(0, bound - 1e-9 * Math.abs(bound))
  return { sites: best, value, bound: Math.min(value, whole ? Math.ceil(safe - 1e-6) : safe) }
}
