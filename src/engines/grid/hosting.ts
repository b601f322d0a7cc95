import { quantile } from '../../base/quantity.ts'
import { createRandom, type Random } from '../../base/random.ts'
import type { Steps } from '../../base/steps.ts'
import type { DistributionGrid } from '../../model/distributionGrid.ts'
import { BRANCH_KINDS, BUS_KINDS } from '../../model/grid.ts'
import type { GridInjections } from '../../model/gridInjections.ts'
import { HOSTING_LIMITS, type HostingLimit, type StationHosting } from '../../model/hosting.ts'
import { createFeederWork, cutFeeder, type FeederNet, type FeederWork, fillFeederLoads } from './feederDay.ts'
import { solveRadialFlow } from './radialFlow.ts'

export interface HostingOptions {
  readonly unitW: number // drawn by one unit at the moment that counts; negative feeds
  readonly step: number // of the day, whose loads stand under the units
  readonly draws: number
  readonly seed: string
  readonly most: number // units tried at most
  readonly limitPu: number // largest deviation of a customer's voltage from the nominal
}

/** What a load state violates: the limit and where. */
interface Violation {
  readonly limit: HostingLimit
  readonly at: number // branch, or bus for a voltage
}

/** One feeder with the step's loads, and the room to try units on them. */
interface Trial {
  readonly feeder: FeederNet
  readonly work: FeederWork
  readonly baseW: Float64Array // [n] pu
  readonly inside: Uint8Array // [n] 1: at or behind the station's medium-voltage bus, or on its way to the busbar
}

const BUILDING = BUS_KINDS.indexOf('building')
const TRANSFORMER = BRANCH_KINDS.indexOf('transformer')

/** Buses behind the station's board with a customer, as positions in the feeder, and the way from it to the busbar. */
function customersOf(grid: DistributionGrid, { net, first }: FeederNet, board: number) {
  const { parent } = net
  const inside = new Uint8Array(parent.length)
  const customers: number[] = []
  const top = board - first + 1
  for (let i = 1; i < parent.length; i++) {
    if (i !== top && inside[parent[i]] === 0) continue
    inside[i] = 1
    if (grid.map.busKind[first + i - 1] === BUILDING) customers.push(i)
  }
  for (let i = parent[top]; i > 0; i = parent[i]) inside[i] = 1
  return { customers, inside }
}

/** The first limit that the solved state of a trial passes, the most overloaded element first. */
function violationOf(grid: DistributionGrid, { feeder, work, inside }: Trial, limitPu: number): Violation | null {
  const { vRe, vIm, iRe, iIm, report } = work.state
  const { first } = feeder
  if (!report.converged) return { limit: 'convergence', at: first + Math.max(0, report.worstBus - 1) }
  let worst = 1
  let found: Violation | null = null
  for (let i = 1; i < inside.length; i++) {
    if (!inside[i]) continue
    const bus = first + i - 1
    const branch = grid.branchOf[bus]
    const current = iRe[i] * iRe[i] + iIm[i] * iIm[i]
    const isTransformer = grid.map.branchKind[branch] === TRANSFORMER
    const square = vRe[i] * vRe[i] + vIm[i] * vIm[i]
    const up = feeder.net.parent[i]
    const fed = isTransformer ? vRe[up] * vRe[up] + vIm[up] * vIm[up] : 1
    const loading = Math.sqrt(current * fed) * grid.loadingPerPu[bus]
    if (loading > worst) {
      worst = loading
      found = { limit: isTransformer ? 'transformer' : 'line', at: branch }
    }
    const off = Math.abs(Math.sqrt(square) / grid.fold[bus] - 1)
    if (grid.map.busKind[bus] === BUILDING && off > limitPu && found === null) found = { limit: 'voltage', at: bus }
  }
  return found
}

/** How many units of the sequence fit before something is violated, and what; by halving the interval. */
function roomOf(grid: DistributionGrid, trial: Trial, places: Int32Array, options: HostingOptions) {
  const { feeder, work, baseW } = trial
  const unitPu = options.unitW / grid.basePowerVa
  const tryUnits = (count: number): Violation | null => {
    work.pPu.set(baseW)
    for (let k = 0; k < count; k++) work.pPu[places[k]] += unitPu
    solveRadialFlow(feeder.net, work, work.state, { sourcePu: grid.busbarPu })
    return violationOf(grid, trial, options.limitPu)
  }
  let good = 0
  let bad = 1
  let last = tryUnits(0)
  if (last) return { units: 0, violation: last }
  for (; bad <= options.most; bad *= 2) {
    last = tryUnits(bad)
    if (last) break
    good = bad
  }
  if (!last) return { units: options.most, violation: null }
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    const violation = tryUnits(middle)
    if (violation) {
      bad = middle
      last = violation
    } else good = middle
  }
  return { units: good, violation: last }
}

const mostOften = (rows: readonly number[]): number => {
  const count = new Map<number, number>()
  for (const row of rows) count.set(row, (count.get(row) ?? 0) + 1)
  return [...count].sort(([a, m], [b, n]) => n - m || a - b)[0]?.[0] ?? -1
}

function drawPlaces(random: Random, customers: readonly number[], most: number): Int32Array {
  return Int32Array.from({ length: most }, () => customers[random.below(customers.length)])
}

/**
 * Static hosting capacity of stations: units are put at customers drawn by chance until a transformer, a line or a
 * voltage passes its limit, anywhere between the customer and the substation's busbar.
 *
 * Units    `unitW` W; band in units
 * Cost     draws × about 2 log₂(units) solutions of the station's feeder
 * Source   Monte-Carlo placement after Dubey & Santoso, IEEE Trans. Power Systems 32(3), 2017
 */
export function* runHosting(
  grid: DistributionGrid,
  injections: GridInjections,
  stations: readonly number[],
  options: HostingOptions,
): Steps<StationHosting[]> {
  const found: StationHosting[] = []
  for (const [k, station] of stations.entries()) {
    const { boardBus, ratedVa } = grid.stations[station]
    const f = grid.feederFirst.findIndex((first, i) => boardBus >= first && boardBus < grid.feederEnd[i])
    const feeder = cutFeeder(grid, f, injections.extra)
    const work = createFeederWork(feeder)
    fillFeederLoads(feeder, grid, injections, options.step, work)
    const { customers, inside } = customersOf(grid, feeder, boardBus)
    const trial: Trial = { feeder, work, baseW: Float64Array.from(work.pPu), inside }
    const random = createRandom(`${options.seed}/hosting/${station}`)
    const units: number[] = []
    const met: (Violation | null)[] = []
    for (let d = 0; d < options.draws && customers.length > 0; d++) {
      const room = roomOf(grid, trial, drawPlaces(random.fork(d), customers, options.most), options)
      units.push(room.units)
      met.push(room.violation)
    }
    units.sort((a, b) => a - b)
    const at = (wanted: (limit: HostingLimit) => boolean): number[] =>
      met.flatMap((v) => (v && wanted(v.limit) ? [v.at] : []))
    found.push({
      station,
      board: boardBus,
      ratedVa,
      customers: customers.length,
      units: { p10: quantile(units, 0.1), p50: quantile(units, 0.5), p90: quantile(units, 0.9) },
      isBounded: met.every((violation) => violation !== null),
      share: Object.fromEntries(
        HOSTING_LIMITS.map((limit) => [limit, met.filter((v) => v?.limit === limit).length / Math.max(1, met.length)]),
      ) as Record<HostingLimit, number>,
      branch: mostOften(at((limit) => limit === 'transformer' || limit === 'line')),
      bus: mostOften(at((limit) => limit === 'voltage' || limit === 'convergence')),
    })
    yield (k + 1) / stations.length
  }
  return found
}
