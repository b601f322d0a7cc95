import type { Steps } from '../../base/steps.ts'
import type { DistributionGrid, GridSubstation } from '../../model/distributionGrid.ts'
import { BRANCH_KINDS, type GridDay } from '../../model/grid.ts'
import type { GridInjections } from '../../model/gridInjections.ts'
import { createFeederWork, cutFeeder, type FeederNet, type FeederWork, solveFeederStep } from './feederDay.ts'
import type { FlowOptions } from './radialFlow.ts'

/** A day with room for every bus and branch. */
function createDay(busCount: number, branchCount: number, steps: number, stepS: number): GridDay {
  const series = () => new Float64Array(steps)
  return {
    steps,
    stepS,
    vPu: new Float32Array(steps * busCount),
    loading: new Float32Array(steps * branchCount),
    converged: new Uint8Array(steps).fill(1),
    iterations: new Uint16Array(steps),
    mismatchPu: new Float64Array(steps),
    worstBus: new Int32Array(steps).fill(-1),
    loadW: series(),
    generationW: series(),
    lossW: series(),
    sourceW: series(),
  }
}

/**
 * Solves a day of a city's grid, feeder by feeder: nothing couples them, since every substation holds its busbar.
 *
 * Shapes   n buses, m branches, steps of the injections
 * Returns  NaN at the buses and branches of a feeder that did not settle in a step, and in that step's losses and source
 * Cost     O(n) per sweep and step; yields after every feeder
 */
export function* runGridDay(
  grid: DistributionGrid,
  injections: GridInjections,
  options: FlowOptions = {},
): Steps<GridDay> {
  const { map, substations } = grid
  const { steps, stepS } = injections.day
  const day = createDay(map.busCount, map.branchCount, steps, stepS)
  const yardP = substations.map(() => new Float64Array(steps))
  const yardQ = substations.map(() => new Float64Array(steps))
  const feeders = grid.feederFirst.length
  for (let f = 0; f < feeders; f++) {
    const feeder = cutFeeder(grid, f, injections.extra)
    const work = createFeederWork(feeder)
    const s = grid.feederSubstation[f]
    for (let t = 0; t < steps; t++) {
      solveFeederStep(feeder, grid, injections, t, work, options)
      takeStep(day, grid, feeder, work, t)
      yardP[s][t] += work.state.iRe[0] * grid.busbarPu * grid.basePowerVa
      yardQ[s][t] -= work.state.iIm[0] * grid.busbarPu * grid.basePowerVa
    }
    sumLoads(day, feeder, injections)
    yield (f + 1) / (feeders + 1)
  }
  substations.forEach((yard, s) => {
    takeSubstation(day, grid, yard, yardP[s], yardQ[s])
  })
  for (let t = 0; t < steps; t++) day.lossW[t] = day.sourceW[t] - day.loadW[t] + day.generationW[t]
  yield 1
  return day
}

const TRANSFORMER = BRANCH_KINDS.indexOf('transformer')

/** Copies a solved step into the day. */
function takeStep(
  day: GridDay,
  grid: DistributionGrid,
  { net, first }: FeederNet,
  { state }: FeederWork,
  t: number,
): void {
  const { vPu, loading } = day
  const { fold, loadingPerPu, branchOf, map } = grid
  const { vRe, vIm, iRe, iIm, report } = state
  const { parent } = net
  const n = parent.length
  const vRow = t * map.busCount + first - 1
  const lRow = t * map.branchCount
  if (report.iterations > day.iterations[t]) day.iterations[t] = report.iterations
  // a feeder that failed outranks every one that settled
  if (!report.converged) day.converged[t] = 0
  if (day.worstBus[t] < 0 || !(report.mismatchPu <= day.mismatchPu[t])) {
    if (!Number.isNaN(day.mismatchPu[t]) || day.worstBus[t] < 0) {
      day.mismatchPu[t] = report.mismatchPu
      day.worstBus[t] = first + Math.max(0, report.worstBus - 1)
    }
  }
  if (!report.converged) {
    for (let i = 1; i < n; i++) {
      vPu[vRow + i] = NaN
      loading[lRow + branchOf[first + i - 1]] = NaN
    }
    state.iRe[0] = NaN // its power is unknown too
    return
  }
  for (let i = 1; i < n; i++) {
    const bus = first + i - 1
    const branch = branchOf[bus]
    vPu[vRow + i] = Math.sqrt(vRe[i] * vRe[i] + vIm[i] * vIm[i]) / fold[bus]
    let flow = iRe[i] * iRe[i] + iIm[i] * iIm[i]
    if (map.branchKind[branch] === TRANSFORMER) {
      const k = parent[i]
      flow *= vRe[k] * vRe[k] + vIm[k] * vIm[k]
    }
    loading[lRow + branch] = Math.sqrt(flow) * loadingPerPu[bus]
  }
}

function sumLoads(day: GridDay, { building, extra }: FeederNet, { day: loads }: GridInjections): void {
  const { steps, buildingW } = loads
  for (const b of building) {
    if (b < 0) continue
    for (let t = 0; t < steps; t++) day.loadW[t] += buildingW[b * steps + t]
  }
  for (const { series } of extra) {
    for (let t = 0; t < steps; t++) {
      day.loadW[t] += series.loadW[t]
      day.generationW[t] += series.generationW[t]
    }
  }
}

/** Loading and losses of a substation's transformers from what its feeders take. */
function takeSubstation(
  day: GridDay,
  grid: DistributionGrid,
  yard: GridSubstation,
  p: Float64Array,
  q: Float64Array,
): void {
  const { busCount, branchCount } = grid.map
  for (let t = 0; t < day.steps; t++) {
    const share = Math.sqrt(p[t] * p[t] + q[t] * q[t]) / yard.ratedVa
    day.vPu[t * busCount + yard.sourceBus] = 1
    day.vPu[t * busCount + yard.busbarBus] = grid.busbarPu
    day.loading[t * branchCount + yard.transformerBranch] = share
    day.sourceW[t] += p[t] + yard.ironLossW + yard.copperLossW * share * share
  }
}
