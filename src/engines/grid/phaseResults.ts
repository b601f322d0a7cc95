import { atan2, hypot } from '../../base/math/arc.ts'
import type { PhaseCase } from '../../model/phaseCase.ts'
import type { PhaseApplianceResult, PhaseBranchResult, PhaseEndFlow, PhaseSolution } from '../../model/phaseSolution.ts'
import { BASE_VA } from './network.ts'
import type { PhaseProblem } from './phaseFlow.ts'
import { loadCurrent, partCurrent } from './phaseLoads.ts'
import type { PhaseElement } from './phaseNetwork.ts'

type Figures = Pick<PhaseSolution, 'nodes' | 'branches' | 'appliances' | 'lossW' | 'lossVar'>

const BASE_PHASE_VA = BASE_VA / 3

type Triple = [number, number, number]
const absent = (): Triple => [NaN, NaN, NaN]

/** Currents into the terminals of an element, per unit. */
export function terminalCurrents(element: PhaseElement, vRe: Float64Array, vIm: Float64Array) {
  const { node, y } = element
  const { n } = y
  const re = new Float64Array(n)
  const im = new Float64Array(n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      if (node[j] < 0) continue
      const o = i * n + j
      re[i] += y.re[o] * vRe[node[j]] - y.im[o] * vIm[node[j]]
      im[i] += y.re[o] * vIm[node[j]] + y.im[o] * vRe[node[j]]
    }
  return { re, im }
}

/** Reads currents and powers off the voltages of a solved problem, under the ids of the input. */
export function readPhases(grid: PhaseCase, problem: PhaseProblem, factor: Float64Array | null): Figures {
  const { network, vRe, vIm } = problem
  const { nodeBus, nodePhase, elements } = network
  const voltages = grid.buses.map(({ id }) => ({ id, vPu: absent(), angleRad: absent() }))
  for (let i = 0; i < network.nodeCount; i++) {
    if (nodeBus[i] < 0 || nodePhase[i] > 3) continue
    const { vPu, angleRad } = voltages[nodeBus[i]]
    vPu[nodePhase[i] - 1] = hypot(vRe[i], vIm[i])
    angleRad[nodePhase[i] - 1] = atan2(vIm[i], vRe[i])
  }
  for (const { vPu, angleRad } of voltages) {
    if (!vPu.every(Number.isNaN)) continue // a bus that nothing is tied to stands dead with all its phases
    vPu.fill(0)
    angleRad.fill(0)
  }
  let lossW = 0
  let lossVar = 0
  const flowsOf = (element: PhaseElement): PhaseEndFlow[] => {
    const { re, im } = terminalCurrents(element, vRe, vIm)
    const ends = Array.from({ length: element.ends }, () => ({ pW: absent(), qVar: absent(), iA: absent() }))
    element.node.forEach((node, t) => {
      const phase = element.phase[t]
      const p = node < 0 ? 0 : (vRe[node] * re[t] + vIm[node] * im[t]) * BASE_PHASE_VA
      const q = node < 0 ? 0 : (vIm[node] * re[t] - vRe[node] * im[t]) * BASE_PHASE_VA
      if (element.kind === 'line' || element.kind === 'transformer') {
        lossW += p
        lossVar += q
      }
      if (phase > 3) return
      const end = ends[element.end[t]]
      end.pW[phase - 1] = p
      end.qVar[phase - 1] = q
      const rated = node < 0 || nodeBus[node] < 0 ? NaN : grid.buses[nodeBus[node]].ratedV
      end.iA[phase - 1] = node < 0 ? 0 : (hypot(re[t], im[t]) * BASE_VA) / (Math.sqrt(3) * rated)
    })
    return ends
  }
  const branches: PhaseBranchResult[] = []
  const shunts = new Map<number, PhaseEndFlow>()
  let shuntAt = 0
  elements.forEach((element) => {
    if (element.kind === 'source') return
    const ends = flowsOf(element)
    if (element.kind === 'shunt') shunts.set(shuntAt++, ends[0])
    else branches.push({ id: element.id, ends, loading: loadingOf(element, ends) })
  })
  return {
    nodes: voltages,
    branches,
    appliances: [
      ...sourcePowers(grid, problem, factor),
      ...loadPowers(grid, problem, factor),
      ...grid.shunts.map(({ id }, k) => appliance(id, shunts.get(k)?.pW ?? absent(), shunts.get(k)?.qVar ?? absent())),
    ],
    lossW,
    lossVar,
  }
}

const total = (values: readonly number[]): number => values.reduce((sum, v) => sum + (Number.isNaN(v) ? 0 : v), 0)

const appliance = (
  id: PhaseApplianceResult['id'],
  pW: PhaseApplianceResult['pW'],
  qVar: typeof pW,
): PhaseApplianceResult => ({
  id,
  pW,
  qVar,
  total: { pW: total(pW), qVar: total(qVar) },
})

function loadingOf({ ratedA, ratedVa }: PhaseElement, ends: readonly PhaseEndFlow[]): number {
  if (!Number.isNaN(ratedA)) return Math.max(...ends.flatMap(({ iA }) => iA.filter((i) => !Number.isNaN(i)))) / ratedA
  const apparent = ({ pW, qVar }: PhaseEndFlow) => total(pW.map((p, k) => hypot(p, qVar[k])))
  return Math.max(...ends.map(apparent)) / ratedVa
}

/** What every node still takes beyond its elements' exchange, sources left out: [n] per unit current. */
export function nodeCurrents(problem: PhaseProblem, factor: Float64Array | null, withSources: boolean) {
  const { network, vRe, vIm } = problem
  const re = new Float64Array(network.nodeCount)
  const im = new Float64Array(network.nodeCount)
  for (const element of network.elements) {
    if (element.kind === 'source' && !withSources) continue
    const current = terminalCurrents(element, vRe, vIm)
    element.node.forEach((node, t) => {
      if (node < 0) return
      re[node] += current.re[t]
      im[node] += current.im[t]
    })
  }
  const { loads } = network
  for (let k = 0; k < loads.count; k++) {
    loadCurrent(loads, k, factor === null ? 1 : factor[k], vRe, vIm, false)
    re[loads.from[k]] += partCurrent[0]
    im[loads.from[k]] += partCurrent[1]
    if (loads.to[k] < 0) continue
    re[loads.to[k]] -= partCurrent[0]
    im[loads.to[k]] -= partCurrent[1]
  }
  return { re, im }
}

/** A source alone at its bus delivers what the bus takes; several share by their own impedances. */
function sourcePowers(grid: PhaseCase, problem: PhaseProblem, factor: Float64Array | null): PhaseApplianceResult[] {
  const { network, vRe, vIm } = problem
  const { re, im } = nodeCurrents(problem, factor, false)
  const nodeOf = (bus: number, phase: number): number =>
    network.nodeBus.findIndex((b, i) => b === bus && network.nodePhase[i] === phase)
  return grid.sources.map((source, s) => {
    const pW = absent()
    const qVar = absent()
    const alone = grid.sources.filter(({ closed, end }) => closed && end.bus === source.end.bus).length === 1
    const element = network.sourceElement[s] < 0 ? null : network.elements[network.sourceElement[s]]
    const own = element && !alone ? terminalCurrents(element, vRe, vIm) : null
    source.end.nodes.forEach((phase, k) => {
      const node = nodeOf(source.end.bus, phase)
      if (phase > 3 || node < 0) return
      const iRe = !source.closed ? 0 : own ? -own.re[3 + k] : re[node]
      const iIm = !source.closed ? 0 : own ? -own.im[3 + k] : im[node]
      pW[phase - 1] = (vRe[node] * iRe + vIm[node] * iIm) * BASE_PHASE_VA
      qVar[phase - 1] = (vIm[node] * iRe - vRe[node] * iIm) * BASE_PHASE_VA
    })
    return appliance(source.id, pW, qVar)
  })
}

/** Power of each load by the phase its current enters through; its node to earth or neutral counts there too. */
function loadPowers(grid: PhaseCase, problem: PhaseProblem, factor: Float64Array | null): PhaseApplianceResult[] {
  const { network, vRe, vIm } = problem
  const { loads } = network
  const rows = grid.loads.map(({ parts }) => {
    const row = { pW: absent(), qVar: absent() }
    for (const { from } of parts) if (from <= 3) row.pW[from - 1] = row.qVar[from - 1] = 0
    return row
  })
  for (let k = 0; k < loads.count; k++) {
    loadCurrent(loads, k, factor === null ? 1 : factor[k], vRe, vIm, false)
    const [a, b] = [loads.from[k], loads.to[k]]
    const re = vRe[a] - (b < 0 ? 0 : vRe[b])
    const im = vIm[a] - (b < 0 ? 0 : vIm[b])
    const row = rows[loads.owner[k]]
    const phase = network.nodePhase[a]
    const { sign } = grid.loads[loads.owner[k]]
    if (phase > 3) continue
    row.pW[phase - 1] += sign * (re * partCurrent[0] + im * partCurrent[1]) * BASE_PHASE_VA
    row.qVar[phase - 1] += sign * (im * partCurrent[0] - re * partCurrent[1]) * BASE_PHASE_VA
  }
  return grid.loads.map(({ id }, k) => appliance(id, rows[k].pW, rows[k].qVar))
}
