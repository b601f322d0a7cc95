import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { finish } from '../../src/base/steps.ts'
import { runPhaseSeries } from '../../src/engines/grid/phaseSeries.ts'
import { solvePhases } from '../../src/engines/grid/solvePhases.ts'
import { gridFormatOf } from '../../src/formats/grids/index.ts'
import type { PhaseCase } from '../../src/model/phaseCase.ts'
import { referencePath } from '../support/reference.ts'

const folder = referencePath('grid', 'dss')

function read(...parts: string[]): PhaseCase {
  const path = join(folder!, ...parts)
  const bytes = readFileSync(path)
  const { phaseCases, findings } = gridFormatOf(bytes).read(bytes, undefined, (named) =>
    readFileSync(join(dirname(path), named)),
  )
  expect(findings).toEqual([])
  return phaseCases![0]!
}

/** IEEE 13-bus, per unit and degrees of phases a, b, c, as the feeder's document publishes them. */
const IEEE13: Record<string, readonly (readonly [number, number] | null)[]> = {
  rg60: [
    [1.0625, 0],
    [1.05, -120],
    [1.0687, 120],
  ],
  632: [
    [1.021, -2.49],
    [1.042, -121.72],
    [1.0174, 117.83],
  ],
  633: [
    [1.018, -2.56],
    [1.0401, -121.77],
    [1.0148, 117.82],
  ],
  634: [
    [0.994, -3.23],
    [1.0218, -122.22],
    [0.996, 117.34],
  ],
  645: [null, [1.0329, -121.9], [1.0155, 117.86]],
  646: [null, [1.0311, -121.98], [1.0134, 117.9]],
  671: [
    [0.99, -5.3],
    [1.0529, -122.34],
    [0.9778, 116.02],
  ],
  680: [
    [0.99, -5.31],
    [1.0529, -122.34],
    [0.9777, 116.03],
  ],
  684: [[0.9881, -5.32], null, [0.9758, 115.92]],
  611: [null, null, [0.9738, 115.78]],
  652: [[0.9825, -5.25], null, null],
  675: [
    [0.9835, -5.56],
    [1.0553, -122.52],
    [0.9758, 116.03],
  ],
  692: [
    [0.99, -5.3],
    [1.0529, -122.34],
    [0.9778, 116.02],
  ],
}

/** IEEE 4-bus, grounded wye to grounded wye, step-down, balanced load: volts and degrees. */
const IEEE4: Record<string, readonly (readonly [number, number])[]> = {
  n2: [
    [7107, -0.3],
    [7140, -120.3],
    [7121, 119.6],
  ],
  n3: [
    [2247.6, -3.7],
    [2269, -123.5],
    [2256, 116.4],
  ],
  n4: [
    [1918, -9.1],
    [2061, -128.3],
    [1981, 110.9],
  ],
}

describe.skipIf(!folder)('OpenDSS feeders as they are (skipped without the reference folder)', () => {
  test('vector: IEEE 13-bus within 0.2 % and 0.1° of the published voltages, regulators at 10, 8, 11', () => {
    const solution = solvePhases(read('13Bus', 'IEEE13Nodeckt.dss'), { tolerance: 1e-10 })
    expect(solution).toMatchObject({ converged: true, atLimit: [] })
    expect(solution.taps.map(({ position }) => position)).toEqual([10, 8, 11])
    for (const [bus, phases] of Object.entries(IEEE13)) {
      const node = solution.nodes.find(({ id }) => id === bus)!
      phases.forEach((published, k) => {
        if (!published) expect(node.vPu[k]).toBeNaN()
        else {
          expect(Math.abs(node.vPu[k]! / published[0] - 1), `${bus} phase ${k + 1}`).toBeLessThan(0.002)
          expect(Math.abs((node.angleRad[k]! * 180) / Math.PI - published[1]), `${bus} phase ${k + 1}`).toBeLessThan(
            0.1,
          )
        }
      })
    }
  })

  test('vector: IEEE 4-bus within 0.2 % and 0.1° of the published volts, from wires and their places', () => {
    const grid = read('4Bus-YY-Bal', '4Bus-YY-Bal.DSS')
    const solution = solvePhases(grid, { tolerance: 1e-11 })
    expect(solution.converged).toBe(true)
    expect(solution.mismatchPu).toBeLessThan(1e-8)
    for (const [bus, phases] of Object.entries(IEEE4)) {
      const at = grid.buses.findIndex(({ id }) => id === bus)
      phases.forEach(([volts, degrees], k) => {
        const own = (solution.nodes[at]!.vPu[k]! * grid.buses[at]!.ratedV) / Math.sqrt(3)
        expect(Math.abs(own / volts - 1), `${bus} phase ${k + 1}`).toBeLessThan(0.002)
        expect(Math.abs((solution.nodes[at]!.angleRad[k]! * 180) / Math.PI - degrees)).toBeLessThan(0.1)
      })
    }
  })

  test('vector: IEEE 37-bus: an open-delta regulator and no earth; residual below 1e-8, sensible voltages between lines', () => {
    const solution = solvePhases(read('37Bus', 'ieee37.dss'))
    expect(solution.converged).toBe(true)
    expect(solution.mismatchPu).toBeLessThan(1e-8)
    expect(solution.nodes).toHaveLength(39) // 37, the source and the far side of the regulator
    for (const { id, vPu, angleRad } of solution.nodes) {
      if (id === '799') continue // ahead of the regulator
      for (const [a, b] of [
        [0, 1],
        [1, 2],
        [2, 0],
      ] as const) {
        const re = vPu[a] * Math.cos(angleRad[a]) - vPu[b] * Math.cos(angleRad[b])
        const im = vPu[a] * Math.sin(angleRad[a]) - vPu[b] * Math.sin(angleRad[b])
        const between = Math.hypot(re, im) / Math.sqrt(3)
        expect(between, String(id)).toBeGreaterThan(0.9)
        expect(between, String(id)).toBeLessThan(1.1)
      }
    }
    expect(solution.lossW).toBeGreaterThan(50e3)
    expect(solution.lossW).toBeLessThan(200e3)
  })

  test('vector: European LV feeder: 906 buses, every minute of the day solved to 1e-8', { timeout: 30_000 }, () => {
    const grid = read('LVTestCase', 'Master.dss')
    expect(grid.buses).toHaveLength(907)
    expect(grid.loads).toHaveLength(55)
    const series = finish(runPhaseSeries(grid))
    expect(series.steps).toBe(1440)
    expect(series.stepS).toBe(60)
    expect(series.converged.every((flag) => flag === 1)).toBe(true)
    expect(Math.max(...series.mismatchPu)).toBeLessThan(1e-8)
    const low = series.vPu.reduce((a, b) => Math.min(a, b))
    const high = series.vPu.reduce((a, b) => Math.max(a, b))
    expect(low).toBeGreaterThan(0.94)
    expect(high).toBeLessThan(1.1)
    expect(high - low).toBeGreaterThan(0.02)
    const peak = Math.max(...series.loadW)
    expect(peak).toBeGreaterThan(50e3)
    expect(peak).toBeLessThan(70e3)
  })
})
