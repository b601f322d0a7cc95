import { atan2, hypot } from '../../base/math/arc.ts'
import type { GridCase } from '../../model/gridCase.ts'
import type { ApplianceResult, BranchResult, EndFlow, GridSolution } from '../../model/gridSolution.ts'
import { admittanceOf } from './branchAdmittance.ts'
import type { BuiltNetwork } from './buildNetwork.ts'
import { type MeshedProblem, rowCurrent, sum } from './meshedFlow.ts'
import { BASE_VA } from './network.ts'

type Figures = Pick<GridSolution, 'nodes' | 'branches' | 'appliances' | 'lossW' | 'lossVar' | 'taps'>

const dead: EndFlow = { pW: 0, qVar: 0, iA: 0 }

/** Reads currents and powers off the voltages of a solved problem, element by element, under the ids of the input. */
export function readSolution(grid: GridCase, problem: MeshedProblem, network: BuiltNetwork): Figures {
  const { vRe, vIm, y } = problem
  const { nodes } = grid
  const size = (bus: number): number => hypot(vRe[bus], vIm[bus])

  /** Flow into both ends of a branch of the network. */
  const flowOf = (b: number, fromV: number, toV: number): [EndFlow, EndFlow] => {
    const branch = network.branches[b]
    if (!y.alive[branch.from] && !y.alive[branch.to]) return [dead, dead]
    const { ff, ft, tf, tt } = admittanceOf(branch)
    const end = (own: number, other: number, a: typeof ff, m: typeof ft, ratedV: number): EndFlow => {
      const iRe = a.re * vRe[own] - a.im * vIm[own] + m.re * vRe[other] - m.im * vIm[other]
      const iIm = a.re * vIm[own] + a.im * vRe[own] + m.re * vIm[other] + m.im * vRe[other]
      return {
        pW: (vRe[own] * iRe + vIm[own] * iIm) * BASE_VA,
        qVar: (vIm[own] * iRe - vRe[own] * iIm) * BASE_VA,
        iA: (hypot(iRe, iIm) * BASE_VA) / (Math.sqrt(3) * ratedV),
      }
    }
    return [end(branch.from, branch.to, ff, ft, fromV), end(branch.to, branch.from, tt, tf, toV)]
  }
  const between = (b: number, from: number, to: number) => flowOf(b, nodes[from].ratedV, nodes[to].ratedV)
  const va = ({ pW, qVar }: EndFlow): number => hypot(pW, qVar)

  const { owners } = network
  const branches: BranchResult[] = [
    ...grid.lines.map((line, k) => {
      const ends = between(owners.lines + k, line.from, line.to)
      return { id: line.id, ends, loading: Math.max(ends[0].iA, ends[1].iA) / line.ratedA }
    }),
    ...grid.links.map(({ id, from, to }, k) => ({ id, ends: between(owners.links + k, from, to), loading: NaN })),
    ...[
      ...grid.pis.map((pi, k) => ({ pi, b: owners.pis + k })),
      ...grid.transformers.map((pi, k) => ({ pi, b: owners.transformers + k })),
    ].map(({ pi, b }) => {
      const ends = between(b, pi.from, pi.to)
      return { id: pi.id, ends, loading: Math.max(va(ends[0]), va(ends[1])) / pi.ratedVa }
    }),
    ...grid.threeWindings.map((t, k) => {
      const ends = t.nodes.map((node, side) => between(owners.threeWindings + 3 * k + side, node, t.nodes[0])[0])
      return { id: t.id, ends, loading: Math.max(...ends.map((end, side) => va(end) / t.ratedVa[side])) }
    }),
  ]

  const appliances = appliancesOf(grid, problem, network, (b) => flowOf(b, 1, 1)[1])
  const lost = (key: 'pW' | 'qVar'): number =>
    branches.reduce((w, { ends }) => ends.reduce((v, end) => v + end[key], w), 0)
  return {
    nodes: nodes.map(({ id }, i) => ({ id, vPu: size(i), angleRad: atan2(vIm[i], vRe[i]) })),
    branches,
    appliances,
    lossW: lost('pW'),
    lossVar: lost('qVar'),
    taps: [...grid.transformers, ...grid.threeWindings].map(({ id, tap }) => ({ id, position: tap.position })),
  }
}

function appliancesOf(
  grid: GridCase,
  problem: MeshedProblem,
  network: BuiltNetwork,
  intoNode: (branch: number) => EndFlow,
): ApplianceResult[] {
  const { vRe, vIm, y } = problem
  const square = (node: number): number => vRe[node] * vRe[node] + vIm[node] * vIm[node]
  const none = { pW: 0, qVar: 0 }

  /** What the network, and every load at the node, still needs beyond what is fed there. */
  const balance = (node: number): { pW: number; qVar: number } => {
    rowCurrent(problem, node)
    let pW = (vRe[node] * sum[0] + vIm[node] * sum[1]) * BASE_VA
    let qVar = (vIm[node] * sum[0] - vRe[node] * sum[1]) * BASE_VA
    const { power, current, impedance } = network.demand
    const v = Math.sqrt(square(node))
    pW += (power[2 * node] + current[2 * node] * v + impedance[2 * node] * v * v) * BASE_VA
    qVar += (power[2 * node + 1] + current[2 * node + 1] * v + impedance[2 * node + 1] * v * v) * BASE_VA
    return { pW, qVar }
  }
  /** Machines of one node share its reactive power equally. */
  const generatorsAt = (node: number): number =>
    grid.generators.filter((g) => g.closed && g.node === node).length +
    grid.sources.filter((s) => s.closed && s.node === node && s.shortCircuitVa === Infinity).length

  return [
    ...grid.sources.map((source, s) => {
      if (!source.closed || !y.alive[source.node]) return { id: source.id, ...none }
      if (network.sourceBranch[s] >= 0) {
        const { pW, qVar } = intoNode(network.sourceBranch[s])
        return { id: source.id, pW: -pW, qVar: -qVar }
      }
      const { pW, qVar } = balance(source.node)
      const fedW = grid.generators.reduce((w, g) => w + (g.closed && g.node === source.node ? g.pW : 0), 0)
      return { id: source.id, pW: pW - fedW, qVar: qVar / generatorsAt(source.node) }
    }),
    ...grid.generators.map(({ id, node, closed, pW }) =>
      closed && y.alive[node] ? { id, pW, qVar: balance(node).qVar / generatorsAt(node) } : { id, ...none },
    ),
    ...grid.loads.map(({ id, node, closed, kind, pW, qVar }) => {
      if (!closed || !y.alive[node]) return { id, ...none }
      const k = kind === 'power' ? 1 : kind === 'current' ? Math.sqrt(square(node)) : square(node)
      return { id, pW: pW * k, qVar: qVar * k }
    }),
    ...grid.shunts.map(({ id, node, closed, gS, bS }) => {
      if (!closed || !y.alive[node]) return { id, ...none }
      const k = square(node) * grid.nodes[node].ratedV * grid.nodes[node].ratedV
      return { id, pW: gS * k, qVar: -bS * k }
    }),
  ]
}
