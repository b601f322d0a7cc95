import type { DistributionGrid, GridStation, GridSubstation } from '../../model/distributionGrid.ts'
import { BRANCH_KINDS } from '../../model/grid.ts'
import { RULES } from './facts.ts'
import type { GridRows } from './gridRows.ts'

const BASE_VA = 1e6

export interface GridParts {
  readonly rows: GridRows
  readonly feeders: readonly { readonly first: number; readonly end: number; readonly substation: number }[]
  readonly substations: readonly Omit<GridSubstation, 'transformerBranch'>[]
  readonly stations: readonly GridStation[]
  readonly buildingBus: Int32Array
}

/** Turns rows into columns: the map for drawing and the per-unit data for the solver, taps folded into the bases. */
export function finishGrid({ rows, feeders, substations, stations, buildingBus }: GridParts): DistributionGrid {
  const { bus, types } = rows
  const n = bus.kind.length
  const column = () => new Float64Array(n)
  const [rPu, xPu, gPu, bPu, fold, loadingPerPu] = [column(), column(), column(), column(), column().fill(1), column()]
  const branchOf = new Int32Array(n).fill(-1)
  const from: number[] = []
  const to: number[] = []
  const kind: number[] = []
  const rating: number[] = []
  const type: number[] = []
  const pathStart = [0]
  const path: number[] = []
  const transformer = BRANCH_KINDS.indexOf('transformer')

  for (let i = 0; i < n; i++) {
    const branch = bus.branch[i]
    if (!branch) continue
    const up = bus.parent[i]
    const kindIndex = BRANCH_KINDS.indexOf(branch.kind)
    branchOf[i] = to.push(i) - 1
    from.push(up)
    kind.push(kindIndex)
    rating.push(branch.rating)
    type.push(rows.typeOf(branch.type))
    for (const value of branch.path) path.push(value)
    // two stations at one corner: a line of no length still has two ends
    if (branch.path.length === 2) path.push(branch.path[0], branch.path[1])
    pathStart.push(path.length / 2)

    fold[i] = fold[up] * (1 + branch.tapPu)
    const square = fold[i] * fold[i]
    const zBase = (bus.ratedV[i] * bus.ratedV[i]) / BASE_VA
    rPu[i] = (branch.rOhm / zBase) * square
    xPu[i] = (branch.xOhm / zBase) * square
    const half = (branch.chargingS * zBase) / 2 / square
    bPu[i] += half
    bPu[up] += half
    gPu[up] += branch.ironW / BASE_VA
    bPu[up] -= branch.magnetVar / BASE_VA
    loadingPerPu[i] =
      kindIndex === transformer
        ? BASE_VA / branch.rating
        : (BASE_VA * fold[i]) / (Math.sqrt(3) * bus.ratedV[i] * branch.rating)
  }

  return {
    map: {
      title: 'Synthesised medium- and low-voltage grid',
      source: `modelled: planning rules along the mapped streets from ${substations.length} substations`,
      busCount: n,
      busXM: Float32Array.from(bus.xM),
      busYM: Float32Array.from(bus.yM),
      busKind: Uint8Array.from(bus.kind),
      busVoltageV: Float32Array.from(bus.ratedV),
      busBuilding: Int32Array.from(bus.building),
      branchCount: to.length,
      branchFrom: Int32Array.from(from),
      branchTo: Int32Array.from(to),
      branchKind: Uint8Array.from(kind),
      branchRating: Float32Array.from(rating),
      branchType: Uint16Array.from(type),
      types,
      pathStart: Uint32Array.from(pathStart),
      pathXM: Float32Array.from({ length: path.length / 2 }, (_, k) => path[2 * k]),
      pathYM: Float32Array.from({ length: path.length / 2 }, (_, k) => path[2 * k + 1]),
    },
    basePowerVa: BASE_VA,
    busbarPu: RULES.busbarPu.value,
    parent: Int32Array.from(bus.parent),
    branchOf,
    rPu,
    xPu,
    gPu,
    bPu,
    fold,
    loadingPerPu,
    feederFirst: Int32Array.from(feeders, ({ first }) => first),
    feederEnd: Int32Array.from(feeders, ({ end }) => end),
    feederSubstation: Int32Array.from(feeders, ({ substation }) => substation),
    substations: substations.map((yard) => ({ ...yard, transformerBranch: branchOf[yard.busbarBus] })),
    stations,
    buildingBus,
  }
}
