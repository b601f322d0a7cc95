import { describe, expect, test } from 'vitest'
import { faultCurrents } from '../../../../src/engines/grid/shortCircuit.ts'
import { emptyCase, type GridCase } from '../../../../src/model/gridCase.ts'
import { aGridCase } from '../../../support/gridCases.ts'
import { aNameplate } from '../../../support/phaseCases.ts'

/** 500 MVA at 20 kV, a 630 kVA transformer of 6 %, 100 m of cable. */
const grid: GridCase = {
  ...emptyCase('IEC 60909'),
  nodes: [
    { id: 'MV', ratedV: 20_000 },
    { id: 'LV', ratedV: 400 },
    { id: 'end', ratedV: 400 },
  ],
  sources: [{ id: 's', node: 0, closed: true, vPu: 1, angleRad: 0, shortCircuitVa: 500e6, rxRatio: 0.1 }],
  transformers: [
    aNameplate(5, {
      fromV: 20_000,
      toV: 400,
      ratedVa: 630_000,
      shortCircuitPu: [0.06, 0.06, 0.06],
      copperLossW: [6500, 6500, 6500],
      noLoadPu: 0.01,
      ironLossW: 900,
    }),
  ],
  lines: [
    {
      id: 'l',
      from: 1,
      to: 2,
      fromClosed: true,
      toClosed: true,
      rOhm: 0.0206,
      xOhm: 0.008,
      capacitanceF: 1e-7,
      tanDelta: 0,
      ratedA: 270,
    },
  ],
  loads: [{ id: 'a', node: 2, closed: true, kind: 'power', sign: 1, pW: 50_000, qVar: 1_000 }],
}

describe('faultCurrents', () => {
  const [mv, lv, end] = faultCurrents(grid)

  test('default: by hand at the terminals of the source, the transformer and the cable', () => {
    expect(Math.abs(mv!.threePhaseA - (1.1 * 500e6) / (Math.sqrt(3) * 20_000))).toBeLessThan(1e-6)
    // impedances at 400 V
    const zq = 400 ** 2 / 500e6
    const xq = zq / Math.sqrt(1.01)
    const rt = (6500 * 400 ** 2) / 630_000 ** 2
    const zt = (0.06 * 400 ** 2) / 630_000
    const xt = Math.sqrt(zt * zt - rt * rt)
    const k = (0.95 * 1.05) / (1 + (0.6 * xt * 630_000) / 400 ** 2)
    const [r, x] = [0.1 * xq + k * rt, xq + k * xt]
    const ik = (1.05 * 400) / Math.sqrt(3) / Math.hypot(r, x)
    expect(Math.abs(lv!.threePhaseA / ik - 1)).toBeLessThan(1e-9)
    expect(Math.abs(lv!.rOhm - r)).toBeLessThan(1e-12)
    expect(Math.abs(lv!.xOhm - x)).toBeLessThan(1e-12)
    expect(Math.abs(lv!.peakA / (Math.SQRT2 * ik * (1.02 + 0.98 * Math.exp((-3 * r) / x))) - 1)).toBeLessThan(1e-9)
    expect(lv!.twoPhaseA / ik).toBeCloseTo(Math.sqrt(3) / 2, 9)
    const far = (1.05 * 400) / Math.sqrt(3) / Math.hypot(r + 0.0206, x + 0.008)
    expect(Math.abs(end!.threePhaseA / far - 1)).toBeLessThan(1e-9)
    const least = (0.95 * 400) / Math.sqrt(3) / Math.hypot(0.1 * xq + rt + 0.0206, xq + xt + 0.008)
    expect(Math.abs(end!.leastA / least - 1)).toBeLessThan(1e-9)
  })

  test('behavior: the tap, the loads and the charging change nothing', () => {
    const [t] = grid.transformers
    const tapped = { ...grid, loads: [], transformers: [{ ...t!, tap: { ...t!.tap, position: 2 } }] }
    expect(faultCurrents(tapped)).toEqual(faultCurrents(grid))
  })

  test('behavior: seed 3: on a meshed grid a further line never lowers a current, and the source is the strongest place', () => {
    const base = aGridCase(40, 3, { loops: 4 })
    const more = aGridCase(40, 3, { loops: 5 })
    const [a, b] = [faultCurrents(base), faultCurrents(more)]
    a.forEach(({ threePhaseA, leastA }, i) => {
      expect(b[i]!.threePhaseA).toBeGreaterThanOrEqual(threePhaseA * (1 - 1e-12))
      expect(leastA).toBeLessThan(threePhaseA)
      expect(threePhaseA).toBeLessThanOrEqual(a[0]!.threePhaseA)
    })
  })

  test('behavior: a node that no source reaches has no current', () => {
    const open = { ...grid, lines: [{ ...grid.lines[0]!, fromClosed: false }] }
    expect(faultCurrents(open)[2]).toMatchObject({ id: 'end', threePhaseA: 0, peakA: 0, leastA: 0 })
  })

  test('error: GRID_INVALID for a source of endless power', () => {
    const sources = [{ ...grid.sources[0]!, shortCircuitVa: Infinity }]
    expect(() => faultCurrents({ ...grid, sources })).toThrow(
      expect.objectContaining({ code: 'GRID_INVALID', message: expect.stringMatching(/source s/) }),
    )
  })
})
