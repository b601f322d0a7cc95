import type { SiteProblem } from './problem.ts'

/**
 * A problem ready for search: what stands already is taken out, points that the same sites cover are one, and both
 * directions are at hand.
 */
export interface Instance {
  readonly sites: number
  readonly points: number
  readonly open: Uint8Array // [sites] 1 when it may be chosen
  readonly cost: Float64Array // [sites]
  readonly siteStart: Uint32Array // [sites + 1]
  readonly sitePoint: Uint32Array
  readonly pointStart: Uint32Array // [points + 1]
  readonly pointSite: Uint32Array // rising within a point
  readonly weight: Float64Array // [points]
  readonly rivals: readonly (readonly number[])[] // [sites] sites it excludes
  readonly baseWeight: number // covered by what stands
  readonly unreachable: number // points no open site covers and none that stands
}

/** Lays a list of lists end to end. */
function columnsOf(lists: readonly (readonly number[])[]): { start: Uint32Array; items: Uint32Array } {
  const start = new Uint32Array(lists.length + 1)
  for (let i = 0; i < lists.length; i++) start[i + 1] = start[i] + lists[i].length
  return { start, items: Uint32Array.from(lists.flat()) }
}

export function instanceOf(problem: SiteProblem): Instance {
  const { siteIds, cost, coverStart, coverPoint, weight, standing, conflicts } = problem
  const sites = siteIds.length
  const rivals: number[][] = Array.from({ length: sites }, () => [])
  for (const [a, b] of conflicts) {
    rivals[a].push(b)
    rivals[b].push(a)
  }
  const open = new Uint8Array(sites).fill(1)
  const served = new Uint8Array(weight.length)
  for (const s of standing) {
    open[s] = 0
    for (const rival of rivals[s]) open[rival] = 0
    for (let k = coverStart[s]; k < coverStart[s + 1]; k++) served[coverPoint[k]] = 1
  }
  const coverers: number[][] = Array.from(weight, () => [])
  for (let s = 0; s < sites; s++) {
    if (open[s]) for (let k = coverStart[s]; k < coverStart[s + 1]; k++) coverers[coverPoint[k]].push(s)
  }
  let baseWeight = 0
  let unreachable = 0
  const merged = new Map<string, number>()
  const pointSites: number[][] = []
  const weights: number[] = []
  for (let p = 0; p < weight.length; p++) {
    if (served[p]) baseWeight += weight[p]
    else if (coverers[p].length === 0) unreachable++
    else {
      const key = coverers[p].join(' ')
      const at = merged.get(key)
      if (at !== undefined) weights[at] += weight[p]
      else {
        merged.set(key, pointSites.length)
        pointSites.push(coverers[p])
        weights.push(weight[p])
      }
    }
  }
  const sitePoints: number[][] = Array.from({ length: sites }, () => [])
  for (const [p, list] of pointSites.entries()) for (const s of list) sitePoints[s].push(p)
  const bySite = columnsOf(sitePoints)
  const byPoint = columnsOf(pointSites)
  return {
    sites,
    points: pointSites.length,
    open,
    cost,
    siteStart: bySite.start,
    sitePoint: bySite.items,
    pointStart: byPoint.start,
    pointSite: byPoint.items,
    weight: Float64Array.from(weights),
    rivals,
    baseWeight,
    unreachable,
  }
}
