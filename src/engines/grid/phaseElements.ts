import type { CaseTransformer } from '../../model/gridCase.ts'
import type { PhaseBus, PhaseEnd, PhaseLine, PhaseShunt, PhaseTransformer } from '../../model/phaseCase.ts'
import { type ComplexMatrix, createMatrix, inverseOf, keepRows, matrixOf } from './complexMatrix.ts'
import { nameplateMatrix } from './nameplateMatrix.ts'
import { BASE_VA } from './network.ts'
import type { PhaseElement } from './phaseNetwork.ts'
import { windingMatrix } from './windingMatrix.ts'

/** One terminal of an element before it has a place in the network. */
export interface Terminal {
  readonly end: number
  readonly bus: number
  readonly phase: number // number of the node at its bus, 0 earth
}

/** Gives the network node of a node of a bus. */
export type NodeOf = (bus: number, phase: number) => number

export const terminalsOf = (end: number, { bus, nodes }: PhaseEnd): Terminal[] =>
  nodes.map((phase) => ({ end, bus, phase }))

/**
 * Ties a matrix between terminals into the network: terminals on one node become one, earth falls away, open ends are
 * eliminated.
 */
export function tieElement(
  head: Pick<PhaseElement, 'id' | 'kind' | 'ends' | 'ratedA' | 'ratedVa'>,
  terminals: readonly Terminal[],
  y: ComplexMatrix,
  isClosed: (end: number) => boolean,
  nodeOf: NodeOf,
): PhaseElement {
  const kept: Terminal[] = []
  const place = terminals.map(({ end, bus, phase }) => {
    if (phase === 0) return -1
    const found = kept.findIndex((t) => t.end === end && t.bus === bus && t.phase === phase)
    return found >= 0 ? found : kept.push({ end, bus, phase }) - 1
  })
  const merged = createMatrix(kept.length)
  place.forEach((a, i) => {
    place.forEach((b, j) => {
      if (a < 0 || b < 0) return
      merged.re[a * merged.n + b] += y.re[i * y.n + j]
      merged.im[a * merged.n + b] += y.im[i * y.n + j]
    })
  })
  const closed = kept.flatMap(({ end }, i) => (isClosed(end) ? [i] : []))
  const own = createMatrix(kept.length)
  if (closed.length > 0) {
    const seen = keepRows(merged, closed, `${head.kind} ${head.id} with an open end`)
    closed.forEach((a, i) => {
      closed.forEach((b, j) => {
        own.re[a * own.n + b] = seen.re[i * seen.n + j]
        own.im[a * own.n + b] = seen.im[i * seen.n + j]
      })
    })
  }
  return {
    ...head,
    node: Int32Array.from(kept, ({ bus, phase }, i) => {
      const node = nodeOf(bus, phase) // an open end still makes its bus known
      return closed.includes(i) ? node : -1
    }),
    end: Uint8Array.from(kept, ({ end }) => end),
    phase: Uint8Array.from(kept, ({ phase }) => phase),
    y: own,
  }
}

/** Siemens between terminals to per unit of their buses. */
function perUnit(y: ComplexMatrix, terminals: readonly Terminal[], buses: readonly PhaseBus[]): ComplexMatrix {
  terminals.forEach((a, i) => {
    terminals.forEach((b, j) => {
      const k = (buses[a.bus].ratedV * buses[b.bus].ratedV) / BASE_VA // √3 twice against a third of the base
      y.re[i * y.n + j] *= k
      y.im[i * y.n + j] *= k
    })
  })
  return y
}

export function lineElement(line: PhaseLine, buses: readonly PhaseBus[], nodeOf: NodeOf): PhaseElement {
  const series = inverseOf(matrixOf(line.seriesOhm), `line ${line.id}`)
  const { n } = series
  const y = createMatrix(2 * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const re = series.re[i * n + j]
      const im = series.im[i * n + j]
      const gS = line.shuntS.re[i * n + j] / 2
      const bS = line.shuntS.im[i * n + j] / 2
      for (const [a, b, sign] of [
        [i, j, 1],
        [i + n, j + n, 1],
        [i, j + n, -1],
        [i + n, j, -1],
      ] as const) {
        y.re[a * 2 * n + b] = sign * re + (sign > 0 ? gS : 0)
        y.im[a * 2 * n + b] = sign * im + (sign > 0 ? bS : 0)
      }
    }
  const terminals = [...terminalsOf(0, line.from), ...terminalsOf(1, line.to)]
  const head = { id: line.id, kind: 'line', ends: 2, ratedA: line.ratedA, ratedVa: NaN } as const
  const isClosed = (end: number): boolean => (end === 0 ? line.fromClosed : line.toClosed)
  return tieElement(head, terminals, perUnit(y, terminals, buses), isClosed, nodeOf)
}

export function transformerElement(t: PhaseTransformer, buses: readonly PhaseBus[], nodeOf: NodeOf): PhaseElement {
  const terminals = t.windings[0].coils.flatMap((_, unit) =>
    t.windings.flatMap(({ bus, coils }, end) => coils[unit].map((phase) => ({ end, bus, phase }))),
  )
  const head = { id: t.id, kind: 'transformer', ends: t.windings.length, ratedA: NaN, ratedVa: t.ratedVa } as const
  return tieElement(head, terminals, perUnit(windingMatrix(t), terminals, buses), () => true, nodeOf)
}

export function nameplateElement(t: CaseTransformer, buses: readonly PhaseBus[], nodeOf: NodeOf): PhaseElement {
  const nodes = [1, 2, 3]
  const terminals = [...terminalsOf(0, { bus: t.from, nodes }), ...terminalsOf(1, { bus: t.to, nodes })]
  const y = nameplateMatrix(t, buses[t.from].ratedV, buses[t.to].ratedV)
  const head = { id: t.id, kind: 'transformer', ends: 2, ratedA: NaN, ratedVa: t.ratedVa } as const
  return tieElement(head, terminals, y, (end) => (end === 0 ? t.fromClosed : t.toClosed), nodeOf)
}

export function shuntElement(shunt: PhaseShunt, buses: readonly PhaseBus[], nodeOf: NodeOf): PhaseElement {
  const terminals = terminalsOf(0, shunt.end)
  const y = perUnit(matrixOf(shunt.admittanceS), terminals, buses)
  const head = { id: shunt.id, kind: 'shunt', ends: 1, ratedA: NaN, ratedVa: NaN } as const
  return tieElement(head, terminals, y, () => shunt.closed, nodeOf)
}
