/** Flows over shared resources. Index is identity. */
export interface SharedFlows {
  readonly capacity: Float64Array // [resources]
  readonly flowStart: Uint32Array // [flows + 1]
  readonly flowResource: Uint32Array // resources of each flow, each once
  readonly weight: Float64Array // [flows] above 0
  readonly demand: Float64Array // [flows] never gets more
}

export interface MaxMin {
  readonly rate: Float64Array // [flows]
  readonly bottleneck: Int32Array // [flows] the resource that holds it; -1 when its demand is met
}

/**
 * Max-min fair rates by progressive filling: all rates grow in proportion to their weights until a resource is full or a
 * demand is met; those flows stay, the others grow on.
 *
 * A flow without resources gets its demand.
 *
 * Units    of the capacities
 * Cost     O(rounds x (flows + resources + uses)), a round for each level at which something stays
 * Source   D. Bertsekas, R. Gallager, Data networks, 2nd ed., 1992, section 6.5.2
 */
export function solveMaxMin({ capacity, flowStart, flowResource, weight, demand }: SharedFlows): MaxMin {
  const flows = weight.length
  const rate = new Float64Array(flows)
  const bottleneck = new Int32Array(flows).fill(-1)
  const settled = new Float64Array(capacity.length) // load of flows that stay
  const growing = new Float64Array(capacity.length) // weights of those that grow
  let active = Array.from({ length: flows }, (_, f) => f)
  for (const f of active) for (let k = flowStart[f]; k < flowStart[f + 1]; k++) growing[flowResource[k]] += weight[f]

  const full = new Uint8Array(capacity.length)
  while (active.length > 0) {
    let level = Infinity
    for (let r = 0; r < capacity.length; r++) {
      if (growing[r] > 0) level = Math.min(level, Math.max(0, capacity[r] - settled[r]) / growing[r])
    }
    for (const f of active) level = Math.min(level, demand[f] / weight[f])
    for (let r = 0; r < capacity.length; r++) {
      full[r] = growing[r] > 0 && Math.max(0, capacity[r] - settled[r]) / growing[r] <= level ? 1 : 0
    }
    const left: number[] = []
    for (const f of active) {
      let held = -1
      for (let k = flowStart[f]; k < flowStart[f + 1] && held < 0; k++)
        if (full[flowResource[k]]) held = flowResource[k]
      const met = demand[f] / weight[f] <= level
      if (held < 0 && !met) {
        left.push(f)
        continue
      }
      rate[f] = met ? demand[f] : weight[f] * level
      bottleneck[f] = met ? -1 : held
      for (let k = flowStart[f]; k < flowStart[f + 1]; k++) settled[flowResource[k]] += rate[f]
    }
    active = left
    // summed anew: taking away what was added would leave crumbs
    growing.fill(0)
    for (const f of active) for (let k = flowStart[f]; k < flowStart[f + 1]; k++) growing[flowResource[k]] += weight[f]
  }
  return { rate, bottleneck }
}
