import { erlangB, erlangC } from '../../base/math/erlang.ts'
import { type Steps, within } from '../../base/steps.ts'
import { maxMinViolations } from './certificate.ts'
import { delayQuantiles, type Stage } from './delay.ts'
import { type FailureResult, runFailures } from './failures.ts'
import { type BackhaulInput, checkBackhaul } from './input.ts'
import { type MaxMin, solveMaxMin } from './maxMin.ts'
import { waitingMany, waitingOne } from './queueing.ts'
import { routesOf, topologyOf } from './routes.ts'
import { type Routing, sharedFlowsOf } from './sharing.ts'

export interface LinkResult {
  readonly id: string
  readonly loadBps: number // at the busiest hour; of the fuller way when each has its own
  readonly utilisation: number
  readonly peakUtilisation: number // over all hours
  readonly peakHour: number
  readonly growth: number // times as much demand until it is full, routes as they are; Infinity when unused
}

export interface FlowResult {
  readonly id: string
  readonly hops: number // -1 when no way leads
  readonly demandBps: number // at the busiest hour
  readonly rateBps: number
  readonly bottleneck: string // id of the link that holds it back, '' when its demand is met
  readonly delayP50S: number // Infinity when a queue on its way only grows, NaN when no way leads
  readonly delayP95S: number
  readonly delayP99S: number
}

export interface TrunkResult {
  readonly id: string
  readonly blocked: number // share of calls lost, Erlang B
  readonly waits: number // share of calls that wait when none is lost, Erlang C
}

export interface BackhaulResult {
  readonly busiestHour: number
  readonly offeredBps: number
  readonly carriedBps: number
  readonly links: readonly LinkResult[]
  readonly flows: readonly FlowResult[]
  readonly trunks: readonly TrunkResult[]
  readonly failures: readonly FailureResult[] // worst first
  readonly violations: readonly string[] // of max-min fairness, over all hours; none
}

const demandAt = ({ flows }: BackhaulInput, hour: number): Float64Array =>
  Float64Array.from(flows, ({ demandBps }) => demandBps[Math.min(hour, demandBps.length - 1)])

/** Load of every resource under given rates. */
function loadOf({ shared }: Routing, rate: Float64Array): Float64Array {
  const load = new Float64Array(shared.capacity.length)
  for (let f = 0; f < rate.length; f++) {
    for (let k = shared.flowStart[f]; k < shared.flowStart[f + 1]; k++) load[shared.flowResource[k]] += rate[f]
  }
  return load
}

const total = (column: Float64Array): number => column.reduce((a, b) => a + b, 0)

/**
 * A day of a backhaul network: fair rates hour by hour, queues at the busiest hour, and every link failing once.
 * Routes are those of least delay and do not avoid full links.
 *
 * Throws   NETWORK_INVALID as {@link checkBackhaul}
 * Cost     O(hours + links) times a max-min solution
 */
export function* runBackhaul(input: BackhaulInput): Steps<BackhaulResult> {
  const hours = checkBackhaul(input)
  const { links, flows } = input
  const topology = topologyOf(links)
  const routing = sharedFlowsOf(input, routesOf(flows, topology))
  const offered = Array.from({ length: hours }, (_, hour) => demandAt(input, hour))
  const busiestHour = offered.reduce((best, demand, hour) => (total(demand) > total(offered[best]) ? hour : best), 0)

  const peak = new Float64Array(routing.shared.capacity.length)
  const peakHour = new Int32Array(peak.length)
  const violations: string[] = []
  let busy: MaxMin = { rate: new Float64Array(flows.length), bottleneck: new Int32Array(flows.length) }
  for (let hour = 0; hour < hours; hour++) {
    const problem = { ...routing.shared, demand: routing.reachable(offered[hour]) }
    const solved = solveMaxMin(problem)
    violations.push(...maxMinViolations(problem, solved.rate).map((why) => `Hour ${hour}: ${why}`))
    if (hour === busiestHour) busy = solved
    const load = loadOf(routing, solved.rate)
    for (let r = 0; r < load.length; r++) {
      const share = load[r] / routing.shared.capacity[r]
      if (share > peak[r]) {
        peak[r] = share
        peakHour[r] = hour
      }
    }
    yield (0.5 * (hour + 1)) / hours
  }
  const failures = yield* within(0.5, 0.95, runFailures(input, topology, offered[busiestHour], busy.rate))
  const result: BackhaulResult = {
    busiestHour,
    offeredBps: total(offered[busiestHour]),
    carriedBps: total(busy.rate),
    links: linkResults(input, routing, offered[busiestHour], busy, peak, peakHour),
    flows: flowResults(input, routing, offered[busiestHour], busy),
    trunks: input.trunks.map(({ id, offeredErlang, circuits }) => ({
      id,
      blocked: erlangB(offeredErlang, circuits),
      waits: erlangC(offeredErlang, circuits),
    })),
    failures,
    violations,
  }
  yield 1
  return result
}

function linkResults(
  { links }: BackhaulInput,
  routing: Routing,
  demand: Float64Array,
  busy: MaxMin,
  peak: Float64Array,
  peakHour: Int32Array,
): LinkResult[] {
  const load = loadOf(routing, busy.rate)
  const wanted = loadOf(routing, routing.reachable(demand))
  const { capacity } = routing.shared
  return links.map(({ id }, l) => {
    const [a, b] = [routing.resourceOf(2 * l), routing.resourceOf(2 * l + 1)]
    const fuller = load[b] > load[a] ? b : a
    const peaked = peak[b] > peak[a] ? b : a
    return {
      id,
      loadBps: load[fuller],
      utilisation: load[fuller] / capacity[fuller],
      peakUtilisation: peak[peaked],
      peakHour: peakHour[peaked],
      growth: capacity[fuller] / Math.max(wanted[a], wanted[b]),
    }
  })
}

function flowResults(input: BackhaulInput, routing: Routing, demand: Float64Array, busy: MaxMin): FlowResult[] {
  const { links, flows, packetBits, packetCv2 } = input
  const load = loadOf(routing, busy.rate)
  const stageOf = (arc: number): Stage => {
    const { channels } = links[arc >> 1]
    const resource = routing.resourceOf(arc)
    const used = load[resource] / routing.shared.capacity[resource]
    // a queue that is full to the last bit only grows
    const share = used >= 1 - 1e-9 ? 1 : used
    const serviceS = (packetBits * channels) / links[arc >> 1].capacityBps
    if (channels === 1) return { waiting: waitingOne(share, serviceS, packetCv2), serviceS, cv2: packetCv2 }
    return { waiting: waitingMany(share * channels, serviceS, channels), serviceS, cv2: 1 }
  }
  return flows.map(({ id }, f) => {
    const route = routing.routes[f]
    const held = busy.bottleneck[f]
    const fixedS = route ? route.reduce((sum, arc) => sum + links[arc >> 1].delayS, 0) : NaN
    const [p50, p95, p99] = route ? delayQuantiles(route.map(stageOf), fixedS, [0.5, 0.95, 0.99]) : [NaN, NaN, NaN]
    return {
      id,
      hops: route ? route.length : -1,
      demandBps: demand[f],
      rateBps: busy.rate[f],
      bottleneck: held < 0 ? '' : links[routing.linkOf(held)].id,
      delayP50S: p50,
      delayP95S: p95,
      delayP99S: p99,
    }
  })
}
