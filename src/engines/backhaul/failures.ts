import type { Steps } from '../../base/steps.ts'
import type { BackhaulInput } from './input.ts'
import { solveMaxMin } from './maxMin.ts'
import { routesOf, type Topology } from './routes.ts'
import { sharedFlowsOf } from './sharing.ts'

/** What one link's failure costs at the busiest hour, everything routed anew. */
export interface FailureResult {
  readonly link: string
  readonly lostBps: number // carried before and not after
  readonly cutOff: readonly string[] // flows no way leads for any more
  readonly slowed: number // flows that get less than before, cut off or not
}

/** A flow counts as slowed when it loses more than this share. */
const NOTICED = 1e-6

/**
 * Single failures: each link once.
 *
 * Returns  one result a link that carries something, worst first; equal ones in order of links
 * Cost     O(links) times routes and a max-min solution
 */
export function* runFailures(
  input: BackhaulInput,
  topology: Topology,
  demand: Float64Array,
  before: Float64Array,
): Steps<FailureResult[]> {
  const { links, flows } = input
  const carried = before.reduce((a, b) => a + b, 0)
  const usual = routesOf(flows, topology)
  const used = new Set(usual.flatMap((route) => (route ?? []).map((arc) => arc >> 1)))
  const results: FailureResult[] = []
  for (let l = 0; l < links.length; l++) {
    yield l / links.length
    if (!used.has(l)) continue
    const routing = sharedFlowsOf(input, routesOf(flows, topology, l))
    const { rate } = solveMaxMin({ ...routing.shared, demand: routing.reachable(demand) })
    const cutOff = flows.filter((_, f) => usual[f] && !routing.routes[f]).map(({ id }) => id)
    let slowed = 0
    for (let f = 0; f < rate.length; f++) if (rate[f] < before[f] * (1 - NOTICED)) slowed++
    results.push({ link: links[l].id, lostBps: carried - rate.reduce((a, b) => a + b, 0), cutOff, slowed })
  }
  yield 1
  return results.sort((a, b) => b.cutOff.length - a.cutOff.length || b.lostBps - a.lostBps)
}
