import { cos, sin } from '../../base/math/trig.ts'
import type { GridId } from '../../model/gridCase.ts'
import type { PhaseCase, PhaseLoad, PhaseSource } from '../../model/phaseCase.ts'
import { type Complex, complex, inverse, scaled } from './complex.ts'
import { createMatrix } from './complexMatrix.ts'
import { BASE_VA } from './network.ts'
import { lineElement, nameplateElement, shuntElement, transformerElement } from './phaseElements.ts'
import type { PhaseElement, PhaseLoadColumns, PhaseNetwork } from './phaseNetwork.ts'
import { phaseMatrix } from './sequences.ts'

const THIRD_TURN = (2 * Math.PI) / 3

/** Gives every node of every bus its place, in order of first mention. */
function createNodes(grid: PhaseCase) {
  const known = new Map<string, number>()
  const bus: number[] = []
  const phase: number[] = []
  const id: GridId[] = []
  const add = (b: number, p: number, name: GridId): number => {
    bus.push(b)
    phase.push(p)
    return id.push(name) - 1
  }
  return {
    bus,
    phase,
    id,
    of(b: number, p: number): number {
      const key = `${b}.${p}`
      const found = known.get(key)
      if (found !== undefined) return found
      const node = add(b, p, grid.buses[b].id)
      known.set(key, node)
      return node
    },
    hidden: (name: GridId, p: number): number => add(-1, p, name),
  }
}

/** The three voltages of a source. */
export const sourceVoltages = ({ vPu, angleRad }: PhaseSource): Complex[] =>
  [0, 1, 2].map((k) => {
    const angle = angleRad - k * THIRD_TURN
    return complex(vPu * cos(angle), vPu * sin(angle))
  })

function loadColumns(grid: PhaseCase, nodeOf: (bus: number, phase: number) => number): PhaseLoadColumns {
  const rows = grid.loads.flatMap((load, owner) =>
    load.closed ? load.parts.map((part) => ({ load, owner, part })) : [],
  )
  const column = (of: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, of)
  const shares = (of: (load: PhaseLoad) => readonly number[]) => Float64Array.from(rows.flatMap(({ load }) => of(load)))
  return {
    count: rows.length,
    owner: Int32Array.from(rows, ({ owner }) => owner),
    from: Int32Array.from(rows, ({ load, part }) => nodeOf(load.bus, part.from)),
    to: Int32Array.from(rows, ({ load, part }) => (part.to === 0 ? -1 : nodeOf(load.bus, part.to))),
    p: column(({ load, part }) => (3 * load.sign * part.pW) / BASE_VA),
    q: column(({ load, part }) => (3 * load.sign * part.qVar) / BASE_VA),
    perVolt: column(({ load }) => grid.buses[load.bus].ratedV / Math.sqrt(3) / load.ratedV),
    pZip: shares(({ pShares }) => pShares),
    qZip: shares(({ qShares }) => qShares),
    minPu: column(({ load }) => load.minPu),
    maxPu: column(({ load }) => load.maxPu),
  }
}

/** Puts a case into per unit with every phase a node of its own. */
export function buildPhases(grid: PhaseCase): PhaseNetwork {
  const { buses } = grid
  const nodes = createNodes(grid)
  const fixed: { node: number; v: Complex }[] = []
  const elements: PhaseElement[] = []
  const sourceElement = new Int32Array(grid.sources.length).fill(-1)
  grid.sources.forEach((source, s) => {
    const own = source.end.nodes.map((phase) => nodes.of(source.end.bus, phase))
    if (!source.closed) return
    const volts = sourceVoltages(source)
    const [r1, x1] = source.positiveOhm
    if (r1 === 0 && x1 === 0) {
      own.forEach((node, k) => {
        fixed.push({ node, v: volts[k] })
      })
      return
    }
    const hidden = volts.map((v, k) => {
      const node = nodes.hidden(source.id, source.end.nodes[k])
      fixed.push({ node, v })
      return node
    })
    sourceElement[s] = elements.push(sourceBranch(source, buses[source.end.bus].ratedV, hidden, own)) - 1
  })
  for (const line of grid.lines) elements.push(lineElement(line, buses, nodes.of))
  for (const t of grid.transformers) elements.push(transformerElement(t, buses, nodes.of))
  for (const t of grid.nameplates) elements.push(nameplateElement(t, buses, nodes.of))
  for (const shunt of grid.shunts) elements.push(shuntElement(shunt, buses, nodes.of))
  const loads = loadColumns(grid, nodes.of)
  return {
    nodeCount: nodes.bus.length,
    nodeBus: Int32Array.from(nodes.bus),
    nodePhase: Uint8Array.from(nodes.phase),
    nodeId: nodes.id,
    elements,
    fixed,
    loads,
    sourceElement,
  }
}

/** The short-circuit impedance of a source between the voltages behind it and its bus. */
function sourceBranch(
  source: PhaseSource,
  ratedV: number,
  hidden: readonly number[],
  own: readonly number[],
): PhaseElement {
  const zBase = (ratedV * ratedV) / BASE_VA
  const admittance = ([r, x]: readonly [number, number]) => scaled(inverse(complex(r, x)), zBase)
  const positive = admittance(source.positiveOhm)
  const block = phaseMatrix([admittance(source.zeroOhm), positive, positive])
  const y = createMatrix(6)
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 3; j++)
      for (const [a, b, sign] of [
        [i, j, 1],
        [i + 3, j + 3, 1],
        [i, j + 3, -1],
        [i + 3, j, -1],
      ] as const) {
        y.re[a * 6 + b] = sign * block.re[i * 3 + j]
        y.im[a * 6 + b] = sign * block.im[i * 3 + j]
      }
  return {
    id: source.id,
    kind: 'source',
    node: Int32Array.from([...hidden, ...own]),
    end: Uint8Array.of(0, 0, 0, 1, 1, 1),
    phase: Uint8Array.from([...source.end.nodes, ...source.end.nodes]),
    y,
    ends: 2,
    ratedA: NaN,
    ratedVa: NaN,
  }
}
