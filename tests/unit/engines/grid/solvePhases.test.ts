import { describe, expect, test } from 'vitest'
import { phaseCaseOf } from '../../../../src/engines/grid/phaseCaseOf.ts'
import { solveCase } from '../../../../src/engines/grid/solveCase.ts'
import { solvePhases } from '../../../../src/engines/grid/solvePhases.ts'
import { emptyCase } from '../../../../src/model/gridCase.ts'
import { emptyPhaseCase, type PhaseCase, type PhaseLoad } from '../../../../src/model/phaseCase.ts'
import type { PhaseSolution } from '../../../../src/model/phaseSolution.ts'
import { aGridCase } from '../../../support/gridCases.ts'
import { aNameplate, aPhaseCase, aPhaseLine, aPhaseSource, withZeroSequence } from '../../../support/phaseCases.ts'

const FINE = { tolerance: 1e-12 }

/** Power that does not add up: sources less loads less shunts less losses, in watt. */
function imbalanceW(grid: PhaseCase, { appliances, lossW }: PhaseSolution): number {
  const sign = new Map<unknown, number>([
    ...grid.sources.map(({ id }) => [id, 1] as const),
    ...grid.loads.map((load) => [load.id, -load.sign] as const),
    ...grid.shunts.map(({ id }) => [id, -1] as const),
  ])
  return appliances.reduce((sum, { id, total }) => sum + sign.get(id)! * total.pW, -lossW)
}

const starLoad = (
  bus: number,
  ratedV: number,
  parts: PhaseLoad['parts'],
  shares: PhaseLoad['pShares'] = [0, 0, 1],
): PhaseLoad => ({
  id: `load ${bus}`,
  bus,
  closed: true,
  sign: 1,
  parts,
  ratedV: ratedV / Math.sqrt(3),
  pShares: shares,
  qShares: shares,
  minPu: 0,
  maxPu: Infinity,
  profile: null,
})

describe('solvePhases', () => {
  test.each([
    [1, 0],
    [2, 0],
    [3, 0],
    [4, 6],
    [5, 6],
    [6, 12],
  ])(
    'default: seed %i, %i loops: energy and every node balance to 1e-8 pu on a random unbalanced grid',
    (seed, loops) => {
      const grid = aPhaseCase(120, seed, loops)
      const solution = solvePhases(grid, FINE)
      expect(solution).toMatchObject({ converged: true, method: 'current' })
      expect(solution.mismatchPu).toBeLessThan(1e-8)
      expect(Math.abs(imbalanceW(grid, solution))).toBeLessThan(1e-8 * 1e6)
      const [a, b, c] = solution.nodes[60]!.vPu
      expect(Math.max(a, b, c) - Math.min(a, b, c)).toBeGreaterThan(1e-4) // it is unbalanced indeed
    },
  )

  test('behavior: the same input gives the same bytes', () => {
    expect(JSON.stringify(solvePhases(aPhaseCase(60, 7, 3)))).toBe(JSON.stringify(solvePhases(aPhaseCase(60, 7, 3))))
  })

  test.each([0, 8])(
    'default: a balanced grid with %i loops reads in each phase as the balanced solver says',
    (loops) => {
      const grid = withZeroSequence(aGridCase(80, 'phases', { loops, kinds: ['power', 'impedance', 'current'] }))
      const balanced = solveCase(grid, { ...FINE, method: 'newton' })
      const solution = solvePhases(phaseCaseOf(grid), FINE)
      expect(solution.converged).toBe(true)
      solution.nodes.forEach(({ vPu, angleRad }, i) => {
        for (const k of [0, 1, 2]) {
          expect(Math.abs(vPu[k]! - balanced.nodes[i]!.vPu)).toBeLessThan(1e-10)
          const turned = angleRad[k]! - balanced.nodes[i]!.angleRad + (k * 2 * Math.PI) / 3
          expect(Math.abs(Math.sin(turned))).toBeLessThan(1e-10)
        }
      })
      expect(Math.abs(solution.lossW - balanced.lossW)).toBeLessThan(1e-3)
      solution.branches.forEach(({ loading }, i) => {
        expect(Math.abs(loading - balanced.branches[i]!.loading)).toBeLessThan(1e-9)
      })
    },
  )

  test('default: closed form of one phase behind an impedance: v² is the greater root', () => {
    const [r, x, p, q] = [2, 1.5, 400_000, 150_000]
    const e = 10_000 / Math.sqrt(3)
    const held = { ...aPhaseSource(0, 10_000), vPu: 1, positiveOhm: [0, 0], zeroOhm: [0, 0] } as const
    const grid: PhaseCase = {
      ...emptyPhaseCase('two buses'),
      buses: [0, 1].map((id) => ({ id, ratedV: 10_000 })),
      lines: [aPhaseLine('line', [0, 1], [2], [r, x, 0, 0], 0)],
      loads: [starLoad(1, 10_000, [{ from: 2, to: 0, pW: p, qVar: q }])],
      sources: [held],
    }
    // |V|⁴ + (2 (rp + xq) - E²) |V|² + (r² + x²)(p² + q²) = 0
    const b = 2 * (r * p + x * q) - e * e
    const c = (r * r + x * x) * (p * p + q * q)
    const v = Math.sqrt((-b + Math.sqrt(b * b - 4 * c)) / 2)
    const solution = solvePhases(grid, FINE)
    expect(Math.abs(solution.nodes[1]!.vPu[1]! * e - v)).toBeLessThan(1e-7)
    expect(solution.nodes[1]!.vPu[0]).toBeNaN() // the phase is absent there
    expect(Math.abs(solution.lossW - ((p * p + q * q) / (v * v)) * r)).toBeLessThan(1e-5)
  })

  test('behavior: a ring of impedances draws what the star of a third of each draws', () => {
    const three = (ring: boolean): PhaseCase => ({
      ...phaseCaseOf(withZeroSequence(aGridCase(3, 'ring'))),
      loads: [
        {
          ...starLoad(
            1,
            10_000,
            [1, 2, 3].map((from) => ({ from, to: ring ? (from % 3) + 1 : 0, pW: 50_000, qVar: 20_000 })),
            [1, 0, 0],
          ),
          ratedV: ring ? 10_000 : 10_000 / Math.sqrt(3),
        },
      ],
    })
    const [star, ring] = [solvePhases(three(false), FINE), solvePhases(three(true), FINE)]
    star.nodes[1]!.vPu.forEach((v, k) => {
      expect(Math.abs(v - ring.nodes[1]!.vPu[k]!)).toBeLessThan(1e-12)
    })
  })

  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])(
    'default: clock %i turns the far side by that many times 30° against the near one',
    (clock) => {
      const odd = clock % 2 === 1
      const zero = { ...aNameplate(0).zero!, fromWinding: odd ? ('delta' as const) : ('wye-earthed' as const) }
      const grid = {
        ...emptyCase('clock'),
        nodes: [
          { id: 0, ratedV: 10_000 },
          { id: 1, ratedV: 400 },
        ],
        transformers: [aNameplate(clock, { zero })],
        sources: [{ id: 's', node: 0, closed: true, vPu: 1, angleRad: 0, shortCircuitVa: Infinity, rxRatio: 0 }],
      }
      const { nodes, converged } = solvePhases(phaseCaseOf(grid), FINE)
      expect(converged).toBe(true)
      nodes[1]!.angleRad.forEach((angle, k) => {
        const turned = angle + (clock * Math.PI) / 6 + (k * 2 * Math.PI) / 3
        expect(Math.cos(turned)).toBeCloseTo(1, 9)
        expect(nodes[1]!.vPu[k]).toBeCloseTo(1, 5)
      })
    },
  )

  test.each([
    [
      1,
      [
        [1, 3],
        [2, 1],
        [3, 2],
      ],
    ],
    [
      11,
      [
        [1, 2],
        [2, 3],
        [3, 1],
      ],
    ],
  ] as const)('default: Dyn%i by its nameplate and by its coils agree under a load of one phase', (clock, coils) => {
    const nameplate = aNameplate(clock)
    const base: PhaseCase = {
      ...emptyPhaseCase('Dyn'),
      buses: [
        { id: 0, ratedV: 10_000 },
        { id: 1, ratedV: 400 },
      ],
      loads: [starLoad(1, 400, [{ from: 1, to: 0, pW: 90_000, qVar: 30_000 }])],
      sources: [aPhaseSource(0, 10_000)],
    }
    const r = 4_000 / 400_000
    const coiled = {
      id: 'T',
      windings: [
        { bus: 0, coils, coilV: 10_000, rPu: r / 2, tap: 1 },
        {
          bus: 1,
          coils: [
            [1, 0],
            [2, 0],
            [3, 0],
          ] as const,
          coilV: 400 / Math.sqrt(3),
          rPu: r / 2,
          tap: 1,
        },
      ],
      ratedVa: 400_000,
      reactancePu: [Math.sqrt(0.05 * 0.05 - r * r)],
      ironPu: 0,
      magnetisingPu: 0,
    }
    const a = solvePhases({ ...base, nameplates: [nameplate] }, FINE)
    const b = solvePhases({ ...base, transformers: [coiled] }, FINE)
    for (const k of [0, 1, 2]) expect(Math.abs(a.nodes[1]!.vPu[k]! - b.nodes[1]!.vPu[k]!)).toBeLessThan(1e-6)
    const idle = clock === 1 ? 1 : 2 // the coil of phase 1 lies between the other two
    a.branches[0]!.ends[0]!.iA.forEach((i, k) => {
      if (k === idle) expect(i).toBeLessThan(1e-3)
      else expect(i).toBeGreaterThan(5)
    })
    expect(Math.abs(a.lossW - b.lossW)).toBeLessThan(1)
  })

  test('behavior: an earthing impedance at the star point lets the phases without load swing', () => {
    const solve = (ohm: number) =>
      solvePhases(
        {
          ...emptyPhaseCase('earthing'),
          buses: [
            { id: 0, ratedV: 10_000 },
            { id: 1, ratedV: 400 },
          ],
          nameplates: [aNameplate(11, { zero: { ...aNameplate(11).zero!, toEarthOhm: [ohm, 0] } })],
          loads: [starLoad(1, 400, [{ from: 1, to: 0, pW: 20_000, qVar: 0 }], [1, 0, 0])],
          sources: [aPhaseSource(0, 10_000)],
        },
        FINE,
      ).nodes[1]!.vPu
    expect(solve(1)[0]).toBeLessThan(solve(0)[0] - 0.1)
    expect(Math.abs(solve(1)[1] - solve(0)[1])).toBeGreaterThan(0.05)
  })

  test('behavior: a line with an open end carries its charging only, and what lies behind is dead', () => {
    const grid = aPhaseCase(10, 8)
    const last = grid.lines.at(-1)!
    const solution = solvePhases({ ...grid, lines: [...grid.lines.slice(0, -1), { ...last, toClosed: false }] })
    expect(solution.converged).toBe(true)
    const { ends } = solution.branches.find(({ id }) => id === last.id)!
    expect(ends[1]!.iA.filter((i) => !Number.isNaN(i)).every((i) => i === 0)).toBe(true)
    expect(ends[0]!.qVar.filter((q) => !Number.isNaN(q)).every((q) => q < 0)).toBe(true)
    expect(solution.nodes[9]!.vPu.filter((v) => !Number.isNaN(v)).every((v) => v === 0)).toBe(true)
    expect(solution.appliances.find(({ id }) => id === 'load 9')!.total).toEqual({ pW: 0, qVar: 0 })
  })

  test('behavior: a load beyond what the line can carry does not converge, and the bus is named', () => {
    const grid = aPhaseCase(10, 9)
    const heavy = grid.loads.map((load) =>
      load.bus === 9
        ? {
            ...load,
            sign: 1 as const,
            pShares: [0, 0, 1] as const,
            minPu: 0,
            parts: load.parts.map((part) => ({ ...part, pW: 5e7 })),
          }
        : load,
    )
    const solution = solvePhases({ ...grid, loads: heavy })
    expect(solution.converged).toBe(false)
    expect(solution.worst).toBe(9)
  })

  test.each([
    ['no source', (g: PhaseCase) => ({ ...g, sources: [] }), /no source/],
    [
      'a line without impedance',
      (g: PhaseCase) => ({ ...g, lines: [aPhaseLine('dud', [0, 1], [1], [0, 0, 0, 0]), ...g.lines] }),
      /line dud cannot be inverted/,
    ],
  ])('error: GRID_INVALID for %s', (_, change, message) => {
    expect(() => solvePhases(change(aPhaseCase(10, 10)))).toThrow(
      expect.objectContaining({ code: 'GRID_INVALID', message: expect.stringMatching(message) }),
    )
  })

  test('error: GRID_INVALID for sequence data that are missing, naming element and field', () => {
    expect(() => phaseCaseOf(aGridCase(5, 1))).toThrow(
      expect.objectContaining({ code: 'GRID_INVALID', message: expect.stringContaining('line 1001: r0 is missing') }),
    )
  })
})
