import { createKeyHeap } from '../../base/keyHeap.ts'
import type { Instance } from './instance.ts'
import { choose, createSelection, gainOf, mayStand, type Selection } from './selection.ts'

/** Whether a cost still fits, with room for the rounding of sums. */
export const fits = (spent: number, cost: number, budget: number): boolean => spent + cost <= budget * (1 + 1e-12)

/**
 * Maximum coverage under a budget by lazy greedy: gains only shrink, so a gain is counted anew only when it is the best.
 *
 * `perCost` weighs a gain by its cost; without it the greatest gain goes first. Of both, the better one is at least
 * (1 - 1/sqrt(e)) of the optimum without conflicts, and (1 - 1/e) when costs are equal.
 *
 * Cost     O(sites log sites + recounted covers)
 * Source   J. Leskovec et al., Cost-effective outbreak detection in networks (CELF), KDD 2007
 */
export function lazyGreedy(x: Instance, budget: number, perCost: boolean): Selection {
  const s = createSelection(x)
  const heap = createKeyHeap()
  const worth = (site: number): number => gainOf(x, s, site) / (perCost ? x.cost[site] : 1)
  for (let site = 0; site < x.sites; site++) if (mayStand(x, s, site)) heap.add(site, -worth(site))
  while (heap.size() > 0) {
    const site = heap.take()
    if (!mayStand(x, s, site) || !fits(s.spent, x.cost[site], budget)) continue
    const now = worth(site)
    if (!(now > 0)) continue
    if (heap.size() > 0 && -now > heap.leastKey()) heap.add(site, -now)
    else choose(x, s, site)
  }
  return s
}
