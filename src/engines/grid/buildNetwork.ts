import { cos, sin } from '../../base/math/trig.ts'
import type { GridCase, GridId } from '../../model/gridCase.ts'
import { type Complex, complex, inverse, scaled } from './complex.ts'
import { BASE_VA, type BusDemand, type Network, type PiBranch } from './network.ts'
import { threeWindingArms, transformerCircuit } from './transformerModel.ts'

const ONE = complex(1)
const NONE = complex(0)

/** Admittance of a link. Source: power-grid-model, docs/user_manual/components.md, "Link". */
const LINK_PU = complex(1e6, 1e6)

/** Which of the network's branches belong to which element, so that results find their way back. */
export interface BranchOwners {
  readonly lines: number // first branch of each table; tables follow one another in this order
  readonly links: number
  readonly pis: number
  readonly transformers: number
  readonly threeWindings: number // three branches each, star point last
  readonly sources: number // -1 branches for a source that holds its node
}

export interface BuiltNetwork extends Network {
  readonly owners: BranchOwners
  readonly sourceBranch: Int32Array // [sources] branch between the voltage behind and the node; -1 held node or open
}

/** Adds (p, q) of a load to a column; in per unit, drawn is positive. */
function addTo(column: Float64Array, bus: number, p: number, q: number): void {
  column[2 * bus] += p
  column[2 * bus + 1] += q
}

function demandOf(grid: GridCase, busCount: number): BusDemand {
  const column = () => new Float64Array(2 * busCount)
  const demand = { power: column(), current: column(), impedance: column() }
  for (const load of grid.loads) {
    if (!load.closed) continue
    addTo(demand[load.kind], load.node, (load.sign * load.pW) / BASE_VA, (load.sign * load.qVar) / BASE_VA)
  }
  for (const { node, closed, gS, bS } of grid.shunts) {
    if (!closed) continue
    const zBase = (grid.nodes[node].ratedV * grid.nodes[node].ratedV) / BASE_VA
    addTo(demand.impedance, node, gS * zBase, -bS * zBase)
  }
  return demand
}

/**
 * Puts a case into per unit. A three-winding transformer becomes a star with a hidden bus; a source becomes a held
 * voltage behind its short-circuit impedance, or holds its node when that power is infinite.
 */
export function buildNetwork(grid: GridCase): BuiltNetwork {
  const { nodes } = grid
  const busId: GridId[] = nodes.map(({ id }) => id)
  const branches: PiBranch[] = []
  const zBaseOf = (node: number): number => (nodes[node].ratedV * nodes[node].ratedV) / BASE_VA
  const omega = 2 * Math.PI * grid.frequencyHz

  for (const line of grid.lines) {
    const zBase = zBaseOf(line.to)
    const y = omega * line.capacitanceF * zBase
    branches.push({
      ...line,
      series: scaled(inverse(complex(line.rOhm, line.xOhm)), zBase),
      shunt: complex(y * line.tanDelta, y),
      ratio: ONE,
    })
  }
  const links = branches.length
  for (const link of grid.links) branches.push({ ...link, series: LINK_PU, shunt: NONE, ratio: ONE })
  const pis = branches.length
  for (const pi of grid.pis) {
    const zBase = zBaseOf(pi.to)
    branches.push({
      ...pi,
      series: scaled(inverse(complex(pi.rOhm, pi.xOhm)), zBase),
      shunt: complex(pi.gS * zBase, pi.bS * zBase),
      ratio: complex(pi.ratio * cos(pi.shiftRad), pi.ratio * sin(pi.shiftRad)),
    })
  }
  const transformers = branches.length
  for (const t of grid.transformers)
    branches.push({ ...t, ...transformerCircuit(t, nodes[t.from].ratedV, nodes[t.to].ratedV) })

  const threeWindings = branches.length
  for (const t of grid.threeWindings) {
    const star = busId.push(t.id) - 1
    const [n1, n2, n3] = t.nodes
    const nodeV = [nodes[n1].ratedV, nodes[n2].ratedV, nodes[n3].ratedV] as const
    threeWindingArms(t, nodeV).forEach((arm, side) => {
      branches.push({ ...arm, from: t.nodes[side], to: star, fromClosed: t.closed[side], toClosed: true })
    })
  }

  const sources = branches.length
  const fixed: { bus: number; v: Complex }[] = []
  const sourceBranch = new Int32Array(grid.sources.length).fill(-1)
  grid.sources.forEach((source, s) => {
    if (!source.closed) return
    const v = complex(source.vPu * cos(source.angleRad), source.vPu * sin(source.angleRad))
    if (source.shortCircuitVa === Infinity) {
      fixed.push({ bus: source.node, v })
      return
    }
    const bus = busId.push(source.id) - 1
    fixed.push({ bus, v })
    const size = BASE_VA / source.shortCircuitVa
    const x = size / Math.sqrt(source.rxRatio * source.rxRatio + 1)
    const series = inverse(complex(x * source.rxRatio, x))
    sourceBranch[s] =
      branches.push({ from: bus, to: source.node, fromClosed: true, toClosed: true, series, shunt: NONE, ratio: ONE }) -
      1
  })

  return {
    busCount: busId.length,
    busId,
    branches,
    demand: demandOf(grid, busId.length),
    fixed,
    held: grid.generators
      .filter(({ closed }) => closed)
      .map(({ node, pW, vPu }) => ({ bus: node, pPu: pW / BASE_VA, vPu })),
    owners: { lines: 0, links, pis, transformers, threeWindings, sources },
    sourceBranch,
  }
}
