import type { Instance } from './instance.ts'

/** A set of chosen sites with what it covers, kept up to date move by move. */
export interface Selection {
  readonly chosen: Uint8Array // [sites]
  readonly times: Int32Array // [points] chosen sites that cover it
  readonly barred: Int32Array // [sites] chosen sites that exclude it
  covered: number // weight
  spent: number
}

export const createSelection = ({ sites, points }: Instance): Selection => ({
  chosen: new Uint8Array(sites),
  times: new Int32Array(points),
  barred: new Int32Array(sites),
  covered: 0,
  spent: 0,
})

export function choose(x: Instance, s: Selection, site: number): void {
  s.chosen[site] = 1
  s.spent += x.cost[site]
  for (let k = x.siteStart[site]; k < x.siteStart[site + 1]; k++) {
    if (s.times[x.sitePoint[k]]++ === 0) s.covered += x.weight[x.sitePoint[k]]
  }
  for (const rival of x.rivals[site]) s.barred[rival]++
}

export function drop(x: Instance, s: Selection, site: number): void {
  s.chosen[site] = 0
  s.spent -= x.cost[site]
  for (let k = x.siteStart[site]; k < x.siteStart[site + 1]; k++) {
    if (--s.times[x.sitePoint[k]] === 0) s.covered -= x.weight[x.sitePoint[k]]
  }
  for (const rival of x.rivals[site]) s.barred[rival]--
}

/** Weight a site would add. */
export function gainOf(x: Instance, s: Selection, site: number): number {
  let gain = 0
  for (let k = x.siteStart[site]; k < x.siteStart[site + 1]; k++) {
    if (s.times[x.sitePoint[k]] === 0) gain += x.weight[x.sitePoint[k]]
  }
  return gain
}

export const mayStand = (x: Instance, s: Selection, site: number): boolean =>
  x.open[site] === 1 && s.chosen[site] === 0 && s.barred[site] === 0

/** Chosen sites in rising order. */
export const sitesOf = (s: Selection): number[] => [...s.chosen.keys()].filter((site) => s.chosen[site] === 1)

/** Covered weight and cost of a set, summed anew in order of index, so that equal sets give equal bits. */
export function measure(x: Instance, sites: readonly number[]): { readonly covered: number; readonly spent: number } {
  const s = createSelection(x)
  for (const site of sites) choose(x, s, site)
  let covered = 0
  for (let p = 0; p < x.points; p++) if (s.times[p] > 0) covered += x.weight[p]
  return { covered, spent: s.spent }
}
