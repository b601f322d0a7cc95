import type { Steps } from '../../base/steps.ts'
import { fits, lazyGreedy } from './greedy.ts'
import type { Instance } from './instance.ts'
import { choose, createSelection, mayStand, measure, type Selection, sitesOf } from './selection.ts'
import { localSearch } from './swap.ts'

/** What a search found, and what no choice can exceed (or, for the cheapest cover, undercut). */
export interface Found {
  readonly sites: readonly number[]
  readonly value: number // covered weight, or cost
  readonly bound: number
}

const ROUNDS = 400
const PATIENCE = 12
const PRIMAL_EVERY = 8

/** Sites by a worth, the greatest first, equal ones by index. */
const byWorth = (worth: Float64Array, count: number): Int32Array =>
  Int32Array.from({ length: count }, (_, i) => i).sort((a, b) => worth[b] - worth[a] || a - b)

/** The most a budget buys when parts of a site may be bought: a bound on every whole choice. Writes the shares. */
function buyFractions(x: Instance, worth: Float64Array, budget: number, share: Float64Array): number {
  share.fill(0)
  const perCost = worth.map((value, site) => value / x.cost[site])
  let left = budget * (1 + 1e-12)
  let bought = 0
  for (const site of byWorth(perCost, x.sites)) {
    if (!x.open[site] || !(worth[site] > 0)) continue
    const part = Math.min(1, left / x.cost[site])
    share[site] = part
    bought += part * worth[site]
    left -= part * x.cost[site]
    if (part < 1) break
  }
  return bought
}

/** A budget that equal costs make a number of sites is rounded down to it: nobody buys a part. */
function wholeBudget({ cost, open, sites }: Instance, budget: number): number {
  let unit = NaN
  for (let s = 0; s < sites; s++) {
    if (!open[s]) continue
    if (Number.isNaN(unit)) unit = cost[s]
    else if (cost[s] !== unit) return budget
  }
  return Number.isNaN(unit) ? budget : Math.floor((budget / unit) * (1 + 1e-12)) * unit
}

/**
 * Maximum coverage under a budget: lazy greedy and exchanges, led on by Lagrange multipliers, which also prove a bound.
 *
 *   Each point p pays a price u_p in [0, w_p] to the sites that cover it and keeps w_p - u_p. Whatever the prices,
 *   L(u) = sum (w_p - u_p) + the most the budget buys of sum over covered u_p is no less than the optimum.
 *   Prices move along the subgradient: up where nobody covers, down where many do.
 *
 * Returns  the best choice and the least L(u); conflicts are left out of the bound, which stays valid
 * Cost     400 rounds of O(covers + sites log sites), every eighth with a local search
 * Source   M. Fisher, The Lagrangian relaxation method, Management Science 27(1), 1981; R. Galvão, C. ReVelle, EJOR 88, 1996
 */
export function* coverMost(x: Instance, given: number): Steps<Found> {
  const budget = wholeBudget(x, given)
  let best: readonly number[] = []
  let value = 0
  const consider = (s: Selection): void => {
    localSearch(x, s, budget)
    const sites = sitesOf(s)
    const { covered } = measure(x, sites)
    if (covered > value) {
      value = covered
      best = sites
    }
  }
  consider(lazyGreedy(x, budget, true))
  yield 0.05
  consider(lazyGreedy(x, budget, false))
  yield 0.1

  const price = x.weight.map((w) => w / 2)
  const worth = new Float64Array(x.sites)
  const share = new Float64Array(x.sites)
  const slope = new Float64Array(x.points)
  let bound = x.weight.reduce((a, b) => a + b, 0)
  let scale = 2
  let patience = 0
  for (let round = 0; round < ROUNDS && bound > value * (1 + 1e-9); round++) {
    worth.fill(0)
    let kept = 0
    for (let p = 0; p < x.points; p++) {
      kept += x.weight[p] - price[p]
      for (let k = x.pointStart[p]; k < x.pointStart[p + 1]; k++) worth[x.pointSite[k]] += price[p]
    }
    const now = kept + buyFractions(x, worth, budget, share)
    if (now < bound * (1 - 1e-7)) patience = 0
    else if (++patience > PATIENCE) {
      scale /= 2
      patience = 0
    }
    bound = Math.min(bound, now)
    let steep = 0
    for (let p = 0; p < x.points; p++) {
      let covered = -1
      for (let k = x.pointStart[p]; k < x.pointStart[p + 1]; k++) covered += share[x.pointSite[k]]
      // a price at its end that would leave it does not count
      if ((covered > 0 && price[p] <= 0) || (covered < 0 && price[p] >= x.weight[p])) covered = 0
      slope[p] = covered
      steep += covered * covered
    }
    if (round % PRIMAL_EVERY === 0) {
      const s = createSelection(x)
      for (const site of byWorth(worth, x.sites)) {
        if (mayStand(x, s, site) && fits(s.spent, x.cost[site], budget)) choose(x, s, site)
      }
      consider(s)
    }
    if (steep === 0) break
    const step = (scale * Math.max(now - value, 1e-9 * now)) / steep
    for (let p = 0; p < x.points; p++) price[p] = Math.min(x.weight[p], Math.max(0, price[p] - step * slope[p]))
    if (round % 20 === 0) yield 0.1 + (0.9 * round) / ROUNDS
  }
  yield 1
  // the bound carries the rounding of its sums, for which it is given room; whole weights let it be rounded down
  const safe = bound * (1 + 1e-10)
  const whole = x.weight.every((w) => Number.isInteger(w))
  return { sites: best, value, bound: Math.max(value, whole ? Math.floor(safe) : safe) }
}
