import { fits } from './greedy.ts'
import type { Instance } from './instance.ts'
import { choose, drop, gainOf, mayStand, type Selection } from './selection.ts'

/** An exchange must gain more than this share of the weight, so that rounding cannot lead in circles. */
const WORTH = 1e-12

interface Exchange {
  readonly out: number // -1 adds without taking
  readonly into: number
  readonly gain: number
}

/**
 * The best exchange of one chosen site for another, or the best addition the budget still allows.
 *
 * For a site t, the points that only one chosen site s covers and t covers too are not lost when s goes; one look at the
 * points of t gives this for every s (fast interchange).
 *
 * Cost     O(covers + sites x chosen)
 * Source   R. Whitaker, INFOR 21, 1983
 */
function bestExchange(
  x: Instance,
  s: Selection,
  budget: number,
  only: Int32Array,
  kept: Float64Array,
): Exchange | null {
  const chosen: number[] = []
  for (let site = 0; site < x.sites; site++) if (s.chosen[site]) chosen.push(site)
  const loss = new Float64Array(x.sites)
  only.fill(-1)
  for (const site of chosen) {
    for (let k = x.siteStart[site]; k < x.siteStart[site + 1]; k++) {
      const p = x.sitePoint[k]
      if (s.times[p] !== 1) continue
      only[p] = site
      loss[site] += x.weight[p]
    }
  }
  let best: Exchange | null = null
  for (let t = 0; t < x.sites; t++) {
    if (!x.open[t] || s.chosen[t]) continue
    let gain = 0
    for (let k = x.siteStart[t]; k < x.siteStart[t + 1]; k++) {
      const p = x.sitePoint[k]
      if (s.times[p] === 0) gain += x.weight[p]
      else if (only[p] >= 0) kept[only[p]] += x.weight[p]
    }
    if (s.barred[t] === 0 && fits(s.spent, x.cost[t], budget) && gain > (best?.gain ?? 0))
      best = { out: -1, into: t, gain }
    for (const out of chosen) {
      const net = gain - loss[out] + kept[out]
      kept[out] = 0
      if (!(net > (best?.gain ?? 0))) continue
      if (!fits(s.spent - x.cost[out], x.cost[t], budget)) continue
      if (s.barred[t] > (x.rivals[out].includes(t) ? 1 : 0)) continue
      best = { out, into: t, gain: net }
    }
  }
  return best
}

/** Exchanges sites as long as that covers more, then fills what the budget leaves. Changes the selection. */
export function localSearch(x: Instance, s: Selection, budget: number): void {
  const only = new Int32Array(x.points)
  const kept = new Float64Array(x.sites)
  for (;;) {
    const exchange = bestExchange(x, s, budget, only, kept)
    if (!exchange || !(exchange.gain > WORTH * (1 + s.covered))) break
    if (exchange.out >= 0) drop(x, s, exchange.out)
    choose(x, s, exchange.into)
  }
  for (let site = 0; site < x.sites; site++) {
    if (mayStand(x, s, site) && fits(s.spent, x.cost[site], budget) && gainOf(x, s, site) > 0) choose(x, s, site)
  }
}
