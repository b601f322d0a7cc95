import type { DistributionGrid } from '../../model/distributionGrid.ts'
import type { BusSeries, GridInjections } from '../../model/gridInjections.ts'
import { createFlowState, type FlowOptions, type FlowState, type RadialNet, solveRadialFlow } from './radialFlow.ts'

/** One feeder cut out of the grid: bus 0 is the busbar, bus i is the grid's `first + i - 1`. */
export interface FeederNet {
  readonly net: RadialNet
  readonly first: number
  readonly building: Int32Array // [n] that the bus serves, -1 none
  readonly extra: readonly { readonly at: number; readonly series: BusSeries }[]
}

export function cutFeeder(grid: DistributionGrid, feeder: number, extra: readonly BusSeries[]): FeederNet {
  const first = grid.feederFirst[feeder]
  const end = grid.feederEnd[feeder]
  const n = end - first + 1
  const part = (column: Float64Array): Float64Array => {
    const own = new Float64Array(n)
    own.set(column.subarray(first, end), 1)
    return own
  }
  const parent = new Int32Array(n)
  const building = new Int32Array(n).fill(-1)
  parent[0] = -1
  for (let i = 1; i < n; i++) {
    const up = grid.parent[first + i - 1]
    parent[i] = up < first ? 0 : up - first + 1
    building[i] = grid.map.busBuilding[first + i - 1]
  }
  return {
    net: { parent, rPu: part(grid.rPu), xPu: part(grid.xPu), gPu: part(grid.gPu), bPu: part(grid.bPu) },
    first,
    building,
    extra: extra
      .filter(({ bus }) => bus >= first && bus < end)
      .map((series) => ({ at: series.bus - first + 1, series })),
  }
}

export interface FeederWork {
  readonly state: FlowState
  readonly pPu: Float64Array // [n]
  readonly qPu: Float64Array // [n]
}

export const createFeederWork = ({ net }: FeederNet): FeederWork => ({
  state: createFlowState(net.parent.length),
  pPu: new Float64Array(net.parent.length),
  qPu: new Float64Array(net.parent.length),
})

/** Writes the loads of one step into `work`. */
export function fillFeederLoads(
  { building, extra }: FeederNet,
  grid: DistributionGrid,
  { day, tanPhi }: GridInjections,
  step: number,
  { pPu, qPu }: FeederWork,
): void {
  const { buildingW, steps } = day
  const base = grid.basePowerVa
  for (let i = 1; i < building.length; i++) {
    const b = building[i]
    if (b < 0) {
      pPu[i] = 0
      qPu[i] = 0
      continue
    }
    pPu[i] = buildingW[b * steps + step] / base
    qPu[i] = pPu[i] * tanPhi[b]
  }
  for (const { at, series } of extra) {
    pPu[at] += (series.loadW[step] - series.generationW[step]) / base
    qPu[at] += series.qVar[step] / base
  }
}

/** Solves one step of a feeder. Writes the loads and the state of `work`. */
export function solveFeederStep(
  feeder: FeederNet,
  grid: DistributionGrid,
  injections: GridInjections,
  step: number,
  work: FeederWork,
  options: FlowOptions,
): void {
  fillFeederLoads(feeder, grid, injections, step, work)
  const { pPu, qPu, state } = work
  solveRadialFlow(feeder.net, { pPu, qPu }, state, { ...options, sourcePu: grid.busbarPu })
}
