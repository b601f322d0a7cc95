import type { DistributionGrid } from '../../model/distributionGrid.ts'
import { BRANCH_KINDS, type BranchDay, type BusDay } from '../../model/grid.ts'
import type { GridInjections } from '../../model/gridInjections.ts'
import { createFeederWork, cutFeeder, type FeederNet, type FeederWork, solveFeederStep } from './feederDay.ts'
import type { FlowOptions } from './radialFlow.ts'

const TRANSFORMER = BRANCH_KINDS.indexOf('transformer')

/** The feeder that a bus belongs to; -1 for a substation's own buses. */
function feederOf({ feederFirst, feederEnd }: DistributionGrid, bus: number): number {
  for (let f = 0; f < feederFirst.length; f++) if (bus >= feederFirst[f] && bus < feederEnd[f]) return f
  return -1
}

/** Solves a feeder's day again, which takes milliseconds, and shows every step to `look`; nothing need have been kept. */
function replay(
  grid: DistributionGrid,
  injections: GridInjections,
  f: number,
  options: FlowOptions,
  look: (step: number, work: FeederWork, feeder: FeederNet) => void,
): void {
  const feeder = cutFeeder(grid, f, injections.extra)
  const work = createFeederWork(feeder)
  for (let t = 0; t < injections.day.steps; t++) {
    solveFeederStep(feeder, grid, injections, t, work, options)
    look(t, work, feeder)
  }
}

const emptyBranchDay = (steps: number): BranchDay => {
  const series = () => new Float64Array(steps)
  return { pW: series(), qVar: series(), iA: series(), loading: series() }
}

/**
 * One branch over the day: power from the source side, current, loading. NaN in a step that did not settle.
 */
export function branchDayOf(
  grid: DistributionGrid,
  injections: GridInjections,
  branch: number,
  options: FlowOptions = {},
): BranchDay {
  const bus = grid.map.branchTo[branch]
  const f = feederOf(grid, bus)
  if (f < 0) return substationDay(grid, injections, bus, branch, options)
  const day = emptyBranchDay(injections.day.steps)
  const upBus = grid.map.branchFrom[branch]
  const amperes = (grid.basePowerVa * grid.fold[upBus]) / (Math.sqrt(3) * grid.map.busVoltageV[upBus])
  const isTransformer = grid.map.branchKind[branch] === TRANSFORMER
  replay(grid, injections, f, options, (t, { state }, { net, first }) => {
    const at = bus - first + 1
    const up = net.parent[at]
    const { vRe, vIm, iRe, iIm, report } = state
    const known = report.converged ? 1 : NaN
    const current = known * Math.sqrt(iRe[at] * iRe[at] + iIm[at] * iIm[at])
    const voltage = isTransformer ? Math.sqrt(vRe[up] * vRe[up] + vIm[up] * vIm[up]) : 1
    day.pW[t] = known * grid.basePowerVa * (vRe[up] * iRe[at] + vIm[up] * iIm[at])
    day.qVar[t] = known * grid.basePowerVa * (vIm[up] * iRe[at] - vRe[up] * iIm[at])
    day.iA[t] = current * amperes
    day.loading[t] = current * voltage * grid.loadingPerPu[bus]
  })
  return day
}

/** The transformers of a substation: the sum of its feeders into the busbar it holds. */
function substationDay(
  grid: DistributionGrid,
  injections: GridInjections,
  busbar: number,
  branch: number,
  options: FlowOptions,
): BranchDay {
  const day = emptyBranchDay(injections.day.steps)
  const yard = grid.substations.findIndex(({ busbarBus }) => busbarBus === busbar)
  const base = grid.basePowerVa * grid.busbarPu
  grid.feederSubstation.forEach((substation, f) => {
    if (substation !== yard) return
    replay(grid, injections, f, options, (t, { state }) => {
      const known = state.report.converged ? base : NaN
      day.pW[t] += known * state.iRe[0]
      day.qVar[t] -= known * state.iIm[0]
    })
  })
  const volts = Math.sqrt(3) * grid.map.busVoltageV[busbar] * grid.busbarPu
  for (let t = 0; t < day.pW.length; t++) {
    const va = Math.sqrt(day.pW[t] * day.pW[t] + day.qVar[t] * day.qVar[t])
    day.iA[t] = va / volts
    day.loading[t] = va / grid.map.branchRating[branch]
  }
  return day
}

/** One bus over the day: its voltage and what stands at it. */
export function busDayOf(
  grid: DistributionGrid,
  injections: GridInjections,
  bus: number,
  options: FlowOptions = {},
): BusDay {
  const { steps } = injections.day
  const day: BusDay = { vPu: new Float64Array(steps), pW: new Float64Array(steps), qVar: new Float64Array(steps) }
  const f = feederOf(grid, bus)
  if (f < 0) {
    day.vPu.fill(grid.parent[bus] < 0 ? 1 : grid.busbarPu)
    return day
  }
  replay(grid, injections, f, options, (t, { state, pPu, qPu }, { first }) => {
    const at = bus - first + 1
    const size = Math.sqrt(state.vRe[at] * state.vRe[at] + state.vIm[at] * state.vIm[at])
    day.vPu[t] = state.report.converged ? size / grid.fold[bus] : NaN
    day.pW[t] = pPu[at] * grid.basePowerVa
    day.qVar[t] = qPu[at] * grid.basePowerVa
  })
  return day
}
