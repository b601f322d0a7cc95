import { TwinError } from '../../base/errors.ts'
import type { CaseLine, CaseLoad, CaseShunt, CaseSource, GridCase, GridId } from '../../model/gridCase.ts'
import {
  emptyPhaseCase,
  type PhaseCase,
  type PhaseLoad,
  type PhaseMatrix,
  type ZipShares,
} from '../../model/phaseCase.ts'
import { complex, inverse, scaled } from './complex.ts'
import { BASE_VA } from './network.ts'
import { phaseMatrix } from './sequences.ts'

const ALL = [1, 2, 3] as const
const SHARES = { impedance: [1, 0, 0], current: [0, 1, 0], power: [0, 0, 1] } as const satisfies Record<
  CaseLoad['kind'],
  ZipShares
>

const missing = (element: string, id: GridId, field: string): TwinError =>
  new TwinError('GRID_INVALID', `${element} ${id}: ${field} is missing, expected a number for three phases.`, {
    id: String(id),
    field,
  })

/** A matrix of sequence values, re and im apart. */
function ofSequences(zero: [number, number], positive: [number, number]): PhaseMatrix {
  const p = complex(positive[0], positive[1])
  const { re, im } = phaseMatrix([complex(zero[0], zero[1]), p, p])
  return { re: [...re], im: [...im] }
}

function lineMatrices(line: CaseLine, omega: number): { seriesOhm: PhaseMatrix; shuntS: PhaseMatrix } {
  if (line.phases) {
    const { rOhm, xOhm, capacitanceF } = line.phases
    return {
      seriesOhm: { re: rOhm, im: xOhm },
      shuntS: { re: rOhm.map(() => 0), im: capacitanceF.map((c) => omega * c) },
    }
  }
  const { zero } = line
  if (!zero) throw missing('line', line.id, 'r0')
  const charging = (farad: number, tanDelta: number): [number, number] => [omega * farad * tanDelta, omega * farad]
  return {
    seriesOhm: ofSequences([zero.rOhm, zero.xOhm], [line.rOhm, line.xOhm]),
    shuntS: ofSequences(charging(zero.capacitanceF, zero.tanDelta), charging(line.capacitanceF, line.tanDelta)),
  }
}

/** Impedance of a source: (r, x) of positive and zero sequence. */
function sourceOhm({ shortCircuitVa, rxRatio, zeroRatio = 1 }: CaseSource, ratedV: number) {
  if (shortCircuitVa === Infinity) return { positiveOhm: [0, 0], zeroOhm: [0, 0] } as const
  const size = (ratedV * ratedV) / shortCircuitVa
  const x = size / Math.sqrt(rxRatio * rxRatio + 1)
  return {
    positiveOhm: [x * rxRatio, x],
    zeroOhm: [x * rxRatio * zeroRatio, x * zeroRatio],
  } as const
}

function loadOf(load: CaseLoad, ratedV: number): PhaseLoad {
  const { id, node, closed, sign, kind, pW, qVar, phases } = load
  return {
    id,
    bus: node,
    closed,
    sign,
    parts: ALL.map((from, k) => ({ from, to: 0, pW: phases?.pW[k] ?? pW / 3, qVar: phases?.qVar[k] ?? qVar / 3 })),
    ratedV: ratedV / Math.sqrt(3),
    pShares: SHARES[kind],
    qShares: SHARES[kind],
    minPu: 0,
    maxPu: Infinity,
    profile: null,
  }
}

function shuntMatrix({ id, gS, bS, zero }: CaseShunt): PhaseMatrix {
  if (!zero) throw missing('shunt', id, 'g0')
  return ofSequences([zero.gS, zero.bS], [gS, bS])
}

/** Admittance of a link in siemens, as in the balanced network. */
const LINK_PU = complex(1e6, 1e6)

/**
 * A balanced description with its sequence data as a case with phases: loads in earthed star, a third in each phase.
 *
 * Throws   GRID_INVALID for an element without zero-sequence data; NOT_AVAILABLE_YET for kinds that have none
 */
export function phaseCaseOf(grid: GridCase): PhaseCase {
  const omega = 2 * Math.PI * grid.frequencyHz
  const beyond = [
    ['generic branches', grid.pis],
    ['three-winding transformers', grid.threeWindings],
    ['generators that hold a voltage', grid.generators],
    ['regulated tap changers', grid.transformers.filter(({ regulator }) => regulator)],
  ] as const
  for (const [what, rows] of beyond)
    if (rows.length > 0)
      throw new TwinError('NOT_AVAILABLE_YET', `The grid has ${what}, which three-phase calculation does not model.`, {
        what,
      })
  const end = (bus: number) => ({ bus, nodes: ALL })
  return {
    ...emptyPhaseCase(grid.title),
    frequencyHz: grid.frequencyHz,
    buses: grid.nodes,
    lines: [
      ...grid.lines.map((line) => ({
        ...{ id: line.id, from: end(line.from), to: end(line.to), ratedA: line.ratedA },
        ...{ fromClosed: line.fromClosed, toClosed: line.toClosed },
        ...lineMatrices(line, omega),
      })),
      ...grid.links.map(({ id, from, to, fromClosed, toClosed }) => {
        const z = scaled(inverse(LINK_PU), (grid.nodes[to].ratedV * grid.nodes[to].ratedV) / BASE_VA)
        const seriesOhm = ofSequences([z.re, z.im], [z.re, z.im])
        return {
          id,
          from: end(from),
          to: end(to),
          fromClosed,
          toClosed,
          seriesOhm,
          shuntS: ofSequences([0, 0], [0, 0]),
          ratedA: NaN,
        }
      }),
    ],
    nameplates: grid.transformers,
    sources: grid.sources.map((source) => ({
      ...{ id: source.id, end: end(source.node), closed: source.closed, vPu: source.vPu, angleRad: source.angleRad },
      ...sourceOhm(source, grid.nodes[source.node].ratedV),
    })),
    shunts: grid.shunts.map((shunt) => ({
      ...{ id: shunt.id, end: end(shunt.node), closed: shunt.closed },
      admittanceS: shuntMatrix(shunt),
    })),
    loads: grid.loads.map((load) => loadOf(load, grid.nodes[load.node].ratedV)),
  }
}
