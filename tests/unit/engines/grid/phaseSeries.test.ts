import { describe, expect, test } from 'vitest'
import { finish } from '../../../../src/base/steps.ts'
import { runPhaseSeries } from '../../../../src/engines/grid/phaseSeries.ts'
import { solvePhases } from '../../../../src/engines/grid/solvePhases.ts'
import type { PhaseCase } from '../../../../src/model/phaseCase.ts'
import { aPhaseCase } from '../../../support/phaseCases.ts'

const FACTORS = [0.2, 1, 1.4, 0, 0.7]

/** A random grid whose loads, all but every fifth, follow a profile. */
function profiled(buses: number, factors: readonly number[] = FACTORS): PhaseCase {
  const grid = aPhaseCase(buses, 'series', 2)
  return {
    ...grid,
    loads: grid.loads.map((load, k) => (k % 5 === 0 ? load : { ...load, profile: 'day' })),
    profiles: new Map([['day', { stepS: 900, factor: Float64Array.from(factors) }]]),
  }
}

const atStep = (grid: PhaseCase, factor: number): PhaseCase => ({
  ...grid,
  loads: grid.loads.map((load) =>
    load.profile === null
      ? load
      : { ...load, parts: load.parts.map((part) => ({ ...part, pW: part.pW * factor, qVar: part.qVar * factor })) },
  ),
})

describe('runPhaseSeries', () => {
  test.each([
    ['seen from few loads', 30],
    ['with too many loads for that', 160],
  ])('default: %s, each step is what the case with those loads says', (_, buses) => {
    const grid = profiled(buses)
    const series = finish(runPhaseSeries(grid, { tolerance: 1e-12 }))
    expect(series).toMatchObject({ steps: FACTORS.length, stepS: 900 })
    FACTORS.forEach((factor, t) => {
      const alone = solvePhases(atStep(grid, factor), { tolerance: 1e-12 })
      expect(series.converged[t]).toBe(1)
      expect(series.mismatchPu[t]).toBeLessThan(1e-8)
      for (let i = 0; i < series.nodeCount; i++) {
        const bus = series.nodeBus[i]!
        if (bus < 0) continue
        const v = alone.nodes[bus]!.vPu[series.nodePhase[i]! - 1]!
        expect(Math.abs(series.vPu[t * series.nodeCount + i]! - v)).toBeLessThan(1e-7) // it is kept in single precision
      }
    })
  })

  test('behavior: a step without solution has no voltages, says where it failed, and the next begins afresh', () => {
    const series = finish(runPhaseSeries(profiled(30, [1, 400, 1])))
    expect([...series.converged]).toEqual([1, 0, 1])
    const row = (t: number) => [...series.vPu.subarray(t * series.nodeCount, (t + 1) * series.nodeCount)]
    expect(row(1).every(Number.isNaN)).toBe(true)
    expect(series.mismatchPu[1]).toBeNaN()
    expect(series.worstNode[1]).toBeGreaterThanOrEqual(0)
    row(2).forEach((v, i) => {
      expect(Math.abs(v - row(0)[i]!)).toBeLessThan(1e-6)
    })
  })

  test('behavior: the same input gives the same bytes; the steps can be limited', () => {
    const run = () => finish(runPhaseSeries(profiled(40), { maxSteps: 2 }))
    expect(run().steps).toBe(2)
    expect(run().vPu).toEqual(run().vPu)
  })

  test('error: GRID_INVALID without profiles, and for profiles that step differently', () => {
    const grid = profiled(20)
    expect(() => finish(runPhaseSeries(aPhaseCase(20, 'series')))).toThrow(
      expect.objectContaining({ code: 'GRID_INVALID' }),
    )
    const profiles = new Map([...grid.profiles, ['night', { stepS: 60, factor: Float64Array.of(1, 1) }]])
    const loads = grid.loads.map((load, k) => (k === 1 ? { ...load, profile: 'night' } : load))
    expect(() => finish(runPhaseSeries({ ...grid, profiles, loads }))).toThrow(/steps alike/)
  })
})
