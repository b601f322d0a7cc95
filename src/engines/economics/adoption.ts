import { exp } from '../../base/math/exp.ts'

/** How something new spreads: by itself, and by those who have it. */
export interface Bass {
  readonly innovation: number // p, a period
  readonly imitation: number // q, a period
  readonly market: number // all who may ever have it
}

/**
 * All who have it at a time.
 *
 * Source   F. M. Bass, Management Science 15 (1969): M (1 - e^(-(p+q) t)) / (1 + q/p e^(-(p+q) t))
 */
export function bassAdopted({ innovation: p, imitation: q, market }: Bass, t: number): number {
  const left = exp(-(p + q) * t)
  return (market * (1 - left)) / (1 + (q / p) * left)
}

/** Rate at which it spreads at a time, a period. */
export function bassRate({ innovation: p, imitation: q, market }: Bass, t: number): number {
  const left = exp(-(p + q) * t)
  const below = 1 + (q / p) * left
  return (market * ((p + q) * (p + q) * left)) / (p * below * below)
}

/** Nodes of a network that come and go with what they earn. */
export interface AdoptionRules extends Bass {
  readonly nodes: number // at the start
  readonly patienceMonths: number // of loss before a node thinks of leaving
  readonly exitPerMonth: number // of those who think of it, share that leaves
  readonly months: number
}

/** Month by month: how many nodes there are, and what one of them is left with. */
export interface Adoption {
  readonly nodes: Float64Array // [months]
  readonly marginUsd: Float64Array // [months] of one node
}

/**
 * Entry and exit coupled to earnings: newcomers follow Bass while a node earns its costs and stay away while it does not;
 * after months of loss as long as the patience of operators, a share of them leaves each month.
 *
 * Units    marginOf: USD a month that one node is left with, when there are so many
 */
export function spreadNodes(rules: AdoptionRules, marginOf: (nodes: number, month: number) => number): Adoption {
  const { innovation, imitation, market, patienceMonths, exitPerMonth, months } = rules
  const nodes = new Float64Array(months)
  const marginUsd = new Float64Array(months)
  let now = Math.min(rules.nodes, market)
  let losing = 0
  for (let month = 0; month < months; month++) {
    const margin = marginOf(now, month)
    nodes[month] = now
    marginUsd[month] = margin
    losing = margin < 0 ? losing + 1 : 0
    if (margin > 0) now += (innovation + (imitation * now) / market) * (market - now)
    else if (losing > patienceMonths) now -= exitPerMonth * now
    now = Math.min(market, Math.max(0, now))
  }
  return { nodes, marginUsd }
}
