import type { SharedFlows } from './maxMin.ts'

/** Room for rounding, relative. */
const ROUNDING = 1e-9

/**
 * Why rates are not max-min fair; empty when they are, which needs no trust in how they were found:
 * no resource carries more than it can, and every flow either has its demand or a full resource on which no other flow
 * gets more for its weight.
 *
 * Returns  one sentence for each flow or resource that breaks the rule
 * Cost     O(flows x uses of their resources)
 * Source   D. Bertsekas, R. Gallager, Data networks, 2nd ed., 1992, section 6.5.2 (bottleneck condition)
 */
export function maxMinViolations(problem: SharedFlows, rate: Float64Array): string[] {
  const { capacity, flowStart, flowResource, weight, demand } = problem
  const load = new Float64Array(capacity.length)
  const highest = new Float64Array(capacity.length) // rate for its weight, of the best-served flow
  for (let f = 0; f < weight.length; f++) {
    for (let k = flowStart[f]; k < flowStart[f + 1]; k++) {
      load[flowResource[k]] += rate[f]
      highest[flowResource[k]] = Math.max(highest[flowResource[k]], rate[f] / weight[f])
    }
  }
  const broken: string[] = []
  for (let r = 0; r < capacity.length; r++) {
    if (!(load[r] <= capacity[r] * (1 + ROUNDING))) broken.push(`Resource ${r} carries ${load[r]} of ${capacity[r]}.`)
  }
  for (let f = 0; f < weight.length; f++) {
    if (!(rate[f] >= 0 && rate[f] <= demand[f] * (1 + ROUNDING))) {
      broken.push(`Flow ${f} gets ${rate[f]} of its demand of ${demand[f]}.`)
      continue
    }
    if (rate[f] >= demand[f] * (1 - ROUNDING)) continue
    let held = false
    for (let k = flowStart[f]; k < flowStart[f + 1] && !held; k++) {
      const r = flowResource[k]
      held = load[r] >= capacity[r] * (1 - ROUNDING) && rate[f] / weight[f] >= highest[r] * (1 - ROUNDING)
    }
    if (!held) broken.push(`Flow ${f} could get more than ${rate[f]}.`)
  }
  return broken
}
