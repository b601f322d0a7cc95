import type { BackhaulInput } from './input.ts'
import type { SharedFlows } from './maxMin.ts'

/** Flows on their routes, as shares of the ways of links. */
export interface Routing {
  readonly routes: readonly (readonly number[] | null)[]
  readonly shared: Omit<SharedFlows, 'demand'>
  /** Demands, with 0 for flows that no way leads for. */
  readonly reachable: (demand: Float64Array) => Float64Array
  readonly resourceOf: (arc: number) => number
  readonly linkOf: (resource: number) => number
}

/** Lays flows over their routes. Arc 2 l and 2 l + 1 are one resource where a link shares its medium between both ways. */
export function sharedFlowsOf({ links, flows }: BackhaulInput, routes: Routing['routes']): Routing {
  const resourceOf = (arc: number): number => (links[arc >> 1].shared ? arc & ~1 : arc)
  const flowStart = new Uint32Array(flows.length + 1)
  const used: number[] = []
  for (const [f, route] of routes.entries()) {
    for (const arc of route ?? []) used.push(resourceOf(arc))
    flowStart[f + 1] = used.length
  }
  return {
    routes,
    shared: {
      capacity: Float64Array.from({ length: 2 * links.length }, (_, arc) => links[arc >> 1].capacityBps),
      flowStart,
      flowResource: Uint32Array.from(used),
      weight: Float64Array.from(flows, ({ weight }) => weight),
    },
    reachable: (demand) => demand.map((bps, f) => (routes[f] ? bps : 0)),
    resourceOf,
    linkOf: (resource) => resource >> 1,
  }
}
