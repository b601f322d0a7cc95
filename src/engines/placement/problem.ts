import { TwinError } from '../../base/errors.ts'

/** Where things may stand, and what each would serve. */
export interface SiteProblem {
  readonly siteIds: readonly string[]
  readonly cost: Float64Array // [sites] above 0
  readonly coverStart: Uint32Array // [sites + 1]
  readonly coverPoint: Uint32Array // points each site covers, each once
  readonly weight: Float64Array // [points] people, buildings …
  readonly budget: number | null // cover as much as it buys; null: cover everything as cheaply as possible
  readonly standing: readonly number[] // sites that stand already and cost nothing
  readonly conflicts: readonly (readonly [number, number])[] // sites of which one at most may stand
}

function refuse(message: string, details: Record<string, string | number> = {}): never {
  throw new TwinError('SITES_INVALID', message, details)
}

/**
 * Checks a problem as a whole.
 *
 * Throws   SITES_INVALID, naming the site or point, what was got and what is expected
 */
export function checkSites({ siteIds, cost, coverStart, coverPoint, weight, ...rest }: SiteProblem): void {
  const sites = siteIds.length
  const points = weight.length
  if (cost.length !== sites || coverStart.length !== sites + 1 || coverStart[sites] !== coverPoint.length)
    refuse(`The columns of ${sites} sites have other lengths.`)
  if (new Set(siteIds).size !== sites) refuse('Two sites have the same id, expected different ones.')
  for (let s = 0; s < sites; s++) {
    if (!(cost[s] > 0 && cost[s] < Infinity))
      refuse(`Site ${siteIds[s]} costs ${cost[s]}, expected above 0.`, { site: s })
    const seen = new Set(coverPoint.subarray(coverStart[s], coverStart[s + 1]))
    if (coverStart[s + 1] < coverStart[s] || seen.size !== coverStart[s + 1] - coverStart[s])
      refuse(`Site ${siteIds[s]} covers a point twice.`, { site: s })
    for (const point of seen)
      if (point >= points) refuse(`Site ${siteIds[s]} covers point ${point}, expected below ${points}.`, { site: s })
  }
  for (let p = 0; p < points; p++)
    if (!(weight[p] >= 0 && weight[p] < Infinity))
      refuse(`Point ${p} weighs ${weight[p]}, expected 0 or more.`, { point: p })
  if (rest.budget !== null && !(rest.budget >= 0 && rest.budget < Infinity))
    refuse(`The budget is ${rest.budget}, expected 0 or more.`)
  const within = (s: number): boolean => Number.isInteger(s) && s >= 0 && s < sites
  for (const s of rest.standing) if (!within(s)) refuse(`Site ${s} stands already, expected one of ${sites}.`)
  for (const [a, b] of rest.conflicts)
    if (!within(a) || !within(b) || a === b) refuse(`Sites ${a} and ${b} cannot exclude each other.`)
}
