import type { PlacementResult } from './place.ts'

/** What a placement means, as a planner reads it. */
export function sayPlacement(result: PlacementResult, coversAll: boolean): string {
  const { chosen, coveredWeight, totalWeight, cost, gap, proven } = result
  const sites = `${chosen.length} ${chosen.length === 1 ? 'site' : 'sites'}`
  const share = totalWeight > 0 ? ` (${((100 * coveredWeight) / totalWeight).toFixed(1)} %)` : ''
  const what = coversAll
    ? `${sites} cover everything for ${cost}`
    : `${sites} serve ${Number(coveredWeight.toPrecision(6))} of ${Number(totalWeight.toPrecision(6))}${share}`
  if (proven) return `${what}. No choice is better: this is proven.`
  return Number.isFinite(gap)
    ? `${what}. At most ${(100 * gap).toFixed(2)} % better is possible: this is proven.`
    : `${what}.`
}
