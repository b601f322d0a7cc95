import { describe, expect, test } from 'vitest'
import { solveCase } from '../../../../src/engines/grid/solveCase.ts'
import { emptyCase, type GridCase } from '../../../../src/model/gridCase.ts'
import type { GridSolution } from '../../../../src/model/gridSolution.ts'
import { aGridCase } from '../../../support/gridCases.ts'

/** Largest difference of two solutions' complex voltages. */
const apart = (a: GridSolution, b: GridSolution): number =>
  Math.max(
    ...a.nodes.map(({ vPu, angleRad }, i) => {
      const other = b.nodes[i]!
      return Math.hypot(
        vPu * Math.cos(angleRad) - other.vPu * Math.cos(other.angleRad),
        vPu * Math.sin(angleRad) - other.vPu * Math.sin(other.angleRad),
      )
    }),
  )

/** Power that does not add up: sources less loads less losses, in watt. */
function imbalanceW(grid: GridCase, { appliances, lossW }: GridSolution): number {
  const sign = new Map<unknown, number>([
    ...grid.sources.map(({ id }) => [id, 1] as const),
    ...grid.generators.map(({ id }) => [id, 1] as const),
    ...grid.loads.map(({ id, sign }) => [id, -sign] as const),
    ...grid.shunts.map(({ id }) => [id, -1] as const),
  ])
  return appliances.reduce((sum, { id, pW }) => sum + sign.get(id)! * pW, -lossW)
}

describe('solveCase', () => {
  test.each([1, 2, 3])('default: seed %i: sweep, current and newton agree on a random radial grid to 1e-8', (seed) => {
    const grid = aGridCase(300, seed, { loadW: 120_000 })
    const [sweep, current, newton] = (['sweep', 'current', 'newton'] as const).map((method) => {
      const solution = solveCase(grid, { method, tolerance: 1e-11 })
      expect(solution).toMatchObject({ converged: true, method })
      expect(Math.abs(imbalanceW(grid, solution))).toBeLessThan(1e-9 * 1e6)
      return solution
    })
    expect(apart(sweep!, newton!)).toBeLessThan(1e-8)
    expect(apart(current!, newton!)).toBeLessThan(1e-8)
    expect(Math.min(...sweep!.nodes.map(({ vPu }) => vPu))).toBeLessThan(0.99)
  })

  test.each([4, 5, 6])(
    'behavior: seed %i: current and newton agree on a random meshed grid with loads of all kinds',
    (seed) => {
      const grid = aGridCase(200, seed, { loops: 25, kinds: ['power', 'impedance', 'current'] })
      const [current, newton] = (['current', 'newton'] as const).map((method) => {
        const solution = solveCase(grid, { method, tolerance: 1e-11 })
        expect(solution.converged).toBe(true)
        expect(solution.mismatchPu).toBeLessThan(1e-8)
        expect(Math.abs(imbalanceW(grid, solution))).toBeLessThan(1e-9 * 1e6)
        return solution
      })
      expect(apart(current!, newton!)).toBeLessThan(1e-8)
      expect(newton!.iterations).toBeLessThan(7)
    },
  )

  test('behavior: auto takes the sweep for what is radial, current for what is not, newton where a voltage is held', () => {
    expect(solveCase(aGridCase(50, 7)).method).toBe('sweep')
    expect(solveCase(aGridCase(50, 7, { loops: 3 })).method).toBe('current')
    const generators = [{ id: 'pv', node: 20, closed: true, pW: 200_000, vPu: 1.01 }]
    const held = { ...aGridCase(50, 7), generators }
    const solution = solveCase(held)
    expect(solution).toMatchObject({ method: 'newton', converged: true })
    expect(solution.nodes[20]!.vPu).toBeCloseTo(1.01, 10)
    expect(solution.appliances.find(({ id }) => id === 'pv')!.pW).toBe(200_000)
    expect(Math.abs(imbalanceW(held, solution))).toBeLessThan(1e-3)
  })

  test('behavior: a held node gives what its source delivers, and its angle is the reference', () => {
    const base = aGridCase(40, 8)
    const grid = { ...base, sources: [{ ...base.sources[0]!, shortCircuitVa: Infinity, angleRad: 0.3 }] }
    for (const method of ['sweep', 'current', 'newton'] as const) {
      const solution = solveCase(grid, { method, tolerance: 1e-11 })
      expect(solution.nodes[0]).toMatchObject({ id: 0 })
      expect(solution.nodes[0]!.vPu).toBeCloseTo(1.02, 12)
      expect(solution.nodes[0]!.angleRad).toBeCloseTo(0.3, 12)
      expect(Math.abs(imbalanceW(grid, solution))).toBeLessThan(1e-3)
    }
  })

  test('behavior: two sources share a loop; without loads and with equal voltages nothing flows', () => {
    const base = aGridCase(30, 9, { loadW: 0 })
    const lines = base.lines.map((line) => ({ ...line, capacitanceF: 0 }))
    const grid = { ...base, lines, sources: [0, 29].map((node) => ({ ...base.sources[0]!, id: 9000 + node, node })) }
    const solution = solveCase(grid)
    expect(solution.converged).toBe(true)
    for (const { ends } of solution.branches) expect(Math.abs(ends[0]!.pW)).toBeLessThan(1e-3)
  })

  test('behavior: an element with an open end carries only its charging, a cut-off part is dead', () => {
    const base = aGridCase(10, 10)
    const lines = base.lines.map((line) => (line.to === 9 ? { ...line, toClosed: false } : line))
    for (const method of ['sweep', 'current', 'newton'] as const) {
      const solution = solveCase({ ...base, lines }, { method })
      expect(solution.nodes[9]).toEqual({ id: 9, vPu: 0, angleRad: 0 })
      const open = solution.branches.find(({ id }) => id === 1009)!
      expect(open.ends[1]).toEqual({ pW: 0, qVar: 0, iA: 0 })
      expect(open.ends[0]!.qVar).toBeLessThan(-1)
      expect(solution.appliances.find(({ id }) => id === 20_008)).toEqual({ id: 20_008, pW: 0, qVar: 0 })
    }
  })

  test('behavior: a transformer with a tap and a clock reads the same by all methods', () => {
    const base = aGridCase(6, 11)
    const grid: GridCase = {
      ...base,
      nodes: [...base.nodes, { id: 100, ratedV: 400 }, { id: 101, ratedV: 400 }],
      lines: [...base.lines, { ...base.lines[0]!, id: 7, from: 7, to: 6, rOhm: 0.01, xOhm: 0.004 }],
      transformers: [
        {
          id: 8,
          from: 5,
          to: 6,
          fromClosed: true,
          toClosed: true,
          fromV: 10_000,
          toV: 410,
          ratedVa: 400_000,
          shortCircuitPu: [0.045, 0.04, 0.05],
          copperLossW: [5500, 5500, 5600],
          noLoadPu: 0.01,
          ironLossW: 900,
          clock: 11,
          tap: { position: -1, min: -2, max: 2, nominal: 0, stepV: 250 },
          tapSide: 'from',
        },
      ],
      loads: [...base.loads, { ...base.loads[0]!, id: 30_000, node: 7, pW: 90_000 }],
    }
    const [sweep, current, newton] = (['sweep', 'current', 'newton'] as const).map((method) =>
      solveCase(grid, { method, tolerance: 1e-11 }),
    )
    expect(apart(sweep!, newton!)).toBeLessThan(1e-8)
    expect(apart(current!, newton!)).toBeLessThan(1e-8)
    // clock 11: the low side is 30° ahead
    expect(sweep!.nodes[6]!.angleRad - sweep!.nodes[5]!.angleRad).toBeGreaterThan(0.45)
    expect(sweep!.taps).toEqual([{ id: 8, position: -1 }])
    expect(sweep!.branches.find(({ id }) => id === 8)!.loading).toBeGreaterThan(0.2)
  })

  test.each(['sweep', 'current', 'newton'] as const)(
    'behavior: %s says when there is no solution, and names a node',
    (method) => {
      const grid = aGridCase(40, 12, { loadW: 3e7 })
      const solution = solveCase(grid, { method, maxIterations: 60 })
      expect(solution.converged).toBe(false)
      expect([...grid.nodes, ...grid.sources].map(({ id }) => id)).toContain(solution.worst)
    },
  )

  test('error: GRID_NOT_RADIAL names what closes the loop', () => {
    expect(() => solveCase(aGridCase(50, 13, { loops: 1 }), { method: 'sweep' })).toThrow(
      expect.objectContaining({
        code: 'GRID_NOT_RADIAL',
        message: expect.stringMatching(/second path ends at bus \d+/),
      }),
    )
  })
  test('error: GRID_INVALID without a source', () => {
    expect(() => solveCase(emptyCase('nothing'))).toThrow(expect.objectContaining({ code: 'GRID_INVALID' }))
    const base = aGridCase(5, 14)
    const off = { ...base, sources: base.sources.map((source) => ({ ...source, closed: false })) }
    expect(() => solveCase(off)).toThrow(expect.objectContaining({ code: 'GRID_INVALID' }))
  })
  test('error: BAD_USAGE when iterative current is asked to hold a voltage', () => {
    const held = { ...aGridCase(5, 15), generators: [{ id: 'g', node: 2, closed: true, pW: 0, vPu: 1 }] }
    expect(() => solveCase(held, { method: 'current' })).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }))
  })
})
