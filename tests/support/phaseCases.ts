import { createRandom } from '../../src/base/random.ts'
import type { CaseTransformer, GridCase } from '../../src/model/gridCase.ts'
import {
  emptyPhaseCase,
  type PhaseCase,
  type PhaseLine,
  type PhaseLoad,
  type PhaseSource,
} from '../../src/model/phaseCase.ts'

export const aPhaseSource = (bus: number, ratedV: number, shortCircuitVa = 3e8): PhaseSource => {
  const x = (ratedV * ratedV) / shortCircuitVa
  return {
    id: 'source',
    end: { bus, nodes: [1, 2, 3] },
    closed: true,
    vPu: 1.02,
    angleRad: 0,
    positiveOhm: [0.1 * x, x],
    zeroOhm: [0.3 * x, 2 * x],
  }
}

/** A line of `nodes.length` conductors with coupling; r and x of the self and of the mutual impedance. */
export function aPhaseLine(
  id: string,
  [from, to]: readonly [number, number],
  nodes: readonly number[],
  [r, x, rm, xm]: readonly [number, number, number, number],
  chargingS = 1e-6,
): PhaseLine {
  const n = nodes.length
  const matrix = (self: (i: number) => number, mutual: (k: number) => number) =>
    Array.from({ length: n * n }, (_, o) => {
      const [i, j] = [Math.floor(o / n), o % n]
      return i === j ? self(i) : mutual(i + j)
    })
  return {
    id,
    from: { bus: from, nodes },
    to: { bus: to, nodes },
    fromClosed: true,
    toClosed: true,
    seriesOhm: {
      re: matrix(
        (i) => r * (1 + 0.01 * i),
        () => rm,
      ),
      im: matrix(
        (i) => x * (1 + 0.02 * i),
        (k) => xm * (1 + 0.1 * k),
      ),
    },
    shuntS: {
      re: matrix(
        () => 0,
        () => 0,
      ),
      im: matrix(
        () => chargingS,
        () => -0.2 * chargingS,
      ),
    },
    ratedA: 300,
  }
}

/**
 * A seeded random unbalanced 10 kV grid: a tree of three-phase lines closed by `loops` more, single- and two-phase
 * spurs, a Dy transformer to 400 V with feeders behind it, loads and generators of all kinds in star and ring.
 */
export function aPhaseCase(buses: number, seed: number | string, loops = 0): PhaseCase {
  const random = createRandom(seed)
  const lines: PhaseLine[] = []
  const loads: PhaseLoad[] = []
  const low = Math.floor(buses / 2) // buses from here on are at 400 V
  const rated = (bus: number) => (bus < low ? 10_000 : 400)
  const phasesOf: (readonly number[])[] = [[1, 2, 3]]
  for (let i = 1; i < buses; i++) {
    if (i === low) {
      phasesOf.push([1, 2, 3])
      continue
    }
    const floor = i < low ? 0 : low
    const from = Math.max(floor, i - 1 - random.below(Math.min(i, 8)))
    const all = phasesOf[from]!
    const nodes = i % 5 === 0 ? all.slice(0, 1) : i % 7 === 0 ? all.slice(-2) : all
    const k = i < low ? 1 : 0.02
    lines.push(aPhaseLine(`line ${i}`, [from, i], nodes, [k * (0.3 + 0.2 * random.next()), k * 0.4, k * 0.1, k * 0.15]))
    phasesOf.push(nodes)
    const p = (i < low ? 60_000 : 4_000) * random.next()
    const isDelta = nodes.length > 1 && random.next() < 0.4
    const kind = random.below(4)
    const shares = (
      [
        [0, 0, 1],
        [1, 0, 0],
        [0, 1, 0],
        [0.3, 0.3, 0.4],
      ] as const
    )[kind]!
    const ends = nodes.map((node, n) => ({ from: node, to: isDelta ? nodes[(n + 1) % nodes.length]! : 0 }))
    loads.push({
      id: `load ${i}`,
      bus: i,
      closed: true,
      sign: random.next() < 0.15 ? -1 : 1,
      parts: (isDelta && nodes.length === 2 ? ends.slice(0, 1) : ends).map((end) => ({
        ...end,
        pW: p * (0.5 + random.next()),
        qVar: 0.3 * p,
      })),
      ratedV: isDelta ? rated(i) : rated(i) / Math.sqrt(3),
      pShares: shares,
      qShares: shares,
      minPu: 0.7,
      maxPu: 1.3,
      profile: null,
    })
  }
  const wide = phasesOf.flatMap((nodes, bus) => (nodes.length === 3 && bus < low ? [bus] : []))
  for (let k = 0; k < loops; k++) {
    const from = wide[random.below(wide.length)]!
    const to = wide[(wide.indexOf(from) + 1 + random.below(wide.length - 1)) % wide.length]!
    lines.push(aPhaseLine(`loop ${k}`, [from, to], [1, 2, 3], [0.5, 0.6, 0.1, 0.2]))
  }
  return {
    ...emptyPhaseCase(`unbalanced grid ${seed}`),
    buses: Array.from({ length: buses }, (_, id) => ({ id, ratedV: rated(id) })),
    lines,
    loads,
    transformers: [
      {
        id: 'transformer',
        windings: [
          {
            bus: 1,
            coils: [
              [1, 3],
              [2, 1],
              [3, 2],
            ],
            coilV: 10_000,
            rPu: 0.005,
            tap: 1.01,
          },
          {
            bus: low,
            coils: [
              [1, 0],
              [2, 0],
              [3, 0],
            ],
            coilV: 400 / Math.sqrt(3),
            rPu: 0.005,
            tap: 1,
          },
        ],
        ratedVa: 400_000,
        reactancePu: [0.04],
        ironPu: 0.002,
        magnetisingPu: 0.01,
      },
    ],
    shunts: [
      {
        id: 'capacitor',
        end: { bus: 0, nodes: [1, 2, 3] },
        closed: true,
        admittanceS: { re: [0, 0, 0, 0, 0, 0, 0, 0, 0], im: [2e-4, 0, 0, 0, 2e-4, 0, 0, 0, 2e-4] },
      },
    ],
    sources: [aPhaseSource(0, 10_000)],
  }
}

/** A 10/0.4 kV transformer by its nameplate between nodes 0 and 1. */
export const aNameplate = (clock: number, change: Partial<CaseTransformer> = {}): CaseTransformer => ({
  id: 'T',
  from: 0,
  to: 1,
  fromClosed: true,
  toClosed: true,
  fromV: 10_000,
  toV: 400,
  ratedVa: 400_000,
  shortCircuitPu: [0.05, 0.05, 0.05],
  copperLossW: [4_000, 4_000, 4_000],
  noLoadPu: 0,
  ironLossW: 0,
  clock,
  tap: { position: 0, min: -5, max: 5, nominal: 0, stepV: 250 },
  tapSide: 'from',
  zero: {
    fromWinding: 'delta',
    toWinding: 'wye-earthed',
    fromEarthOhm: [0, 0],
    toEarthOhm: [0, 0],
    noLoadPu: 0,
    ironLossW: 0,
  },
  ...change,
})

/** Zero-sequence data like the positive's, so that a balanced grid reads the same with its phases told apart. */
export const withZeroSequence = (grid: GridCase): GridCase => ({
  ...grid,
  lines: grid.lines.map((line) => {
    const { rOhm, xOhm, capacitanceF, tanDelta } = line
    return { ...line, zero: { rOhm: 3 * rOhm, xOhm: 3 * xOhm, capacitanceF: capacitanceF / 2, tanDelta } }
  }),
})
