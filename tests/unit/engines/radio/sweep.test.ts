import { describe, expect, test } from 'vitest'
import { quantile } from '../../../../src/base/quantity.ts'
import { createRandom } from '../../../../src/base/random.ts'
import { bullingtonOfNu, tenLog10 } from '../../../../src/engines/radio/decibels.ts'
import { bullingtonDb, bullingtonLossDb, knifeEdgeDb } from '../../../../src/engines/radio/diffraction.ts'
import { directPathDb } from '../../../../src/engines/radio/directPath.ts'
import type { HeightField } from '../../../../src/engines/radio/heightField.ts'
import { createSweep, OCTANTS, type SweepKind, sweepRays } from '../../../../src/engines/radio/sweep.ts'
import { boxCity } from '../../../support/radioFields.ts'

const LAMBDA = 0.3454

function swept(field: HeightField, txM: number, rangeM: number, kind: SweepKind = 'bullington'): Float32Array {
  const sweep = createSweep(kind, field, txM, 1.5, rangeM, LAMBDA)
  for (let octant = 0; octant < OCTANTS; octant++) sweepRays(sweep, octant, 0, sweep.rays)
  return sweep.out
}

describe('tables of the inner loop', () => {
  test('default: 10 log10 within 1e-5 dB over forty decades', () => {
    for (let e = -20; e < 20; e += 0.0137) expect(Math.abs(tenLog10(10 ** e) - 10 * e)).toBeLessThan(1e-5)
  })
  test('default: Bullington loss of nu within 0.001 dB of the formula, and 0 where it is clear', () => {
    for (let nu = -0.779; nu < 3000; nu = nu * 1.003 + 0.01) {
      const exact = bullingtonDb(knifeEdgeDb(nu), 4321)
      expect(Math.abs(bullingtonOfNu(nu, 4321) - exact)).toBeLessThan(1e-3)
    }
    expect(bullingtonOfNu(-0.78, 100)).toBe(0)
    expect(bullingtonOfNu(NaN, 100)).toBe(0)
  })
})

describe('closed forms', () => {
  test('default: one knife edge gives J(nu) plus the Bullington surplus', () => {
    const profile = { count: 1, distanceM: Float64Array.of(500), heightM: Float64Array.of(30) }
    const bulge = (500 * 500) / (2 * (4 / 3) * 6371000)
    const nu = (30 + bulge - 10) * Math.sqrt((2 * 1000) / (LAMBDA * 500 * 500))
    expect(bullingtonLossDb(profile, 10, 10, 1000, LAMBDA)).toBeCloseTo(bullingtonDb(knifeEdgeDb(nu), 1000), 2)
  })
  test('behavior: the way back loses the same', () => {
    const random = createRandom('reciprocity')
    for (let i = 0; i < 200; i++) {
      const n = 1 + random.below(40)
      const distanceM = Float64Array.from({ length: n }, (_, k) => (1000 * (k + 1)) / (n + 1))
      const heightM = Float64Array.from({ length: n }, () => (random.next() < 0.5 ? 0 : 40 * random.next()))
      const back = { count: n, distanceM: distanceM.map((d) => 1000 - d).reverse(), heightM: heightM.slice().reverse() }
      const there = bullingtonLossDb({ count: n, distanceM, heightM }, 12, 3, 1000, LAMBDA)
      expect(bullingtonLossDb(back, 3, 12, 1000, LAMBDA)).toBeCloseTo(there, 6)
    }
  })
})

describe('exam against the direct path over every cell', () => {
  // 10,000 seeded cells of three cities; the errors are those of taking the nearest of 8 x 750 rays instead of the exact way
  test.each([
    ['few houses', 300],
    ['town', 600],
    ['dense city', 2500],
  ])('behavior: %s: p50 <= 0.01, p90 <= 0.02, p99 <= 4 dB', (name, houses) => {
    const random = createRandom(`sweep/${name}`)
    const radius = 500
    const field = boxCity(random, radius, 2, houses)
    const out = swept(field, 25, 1000)
    const errors: number[] = []
    while (errors.length < 10_000) {
      const [c, r] = [random.below(field.cols), random.below(field.rows)]
      const got = out[r * field.cols + c]!
      if (Number.isNaN(got) || (c === radius && r === radius)) continue
      errors.push(Math.abs(got - directPathDb(field, c, r, 25, 1.5, LAMBDA)))
    }
    errors.sort((a, b) => a - b)
    console.log(
      `${name}: p50 ${quantile(errors, 0.5).toFixed(4)}, p90 ${quantile(errors, 0.9).toFixed(3)}, p99 ${quantile(errors, 0.99).toFixed(2)} dB`,
    )
    expect(quantile(errors, 0.5)).toBeLessThanOrEqual(0.01)
    expect(quantile(errors, 0.9)).toBeLessThanOrEqual(0.02)
    expect(quantile(errors, 0.99)).toBeLessThanOrEqual(4)
  })
  test('behavior: along the axes and diagonals, where a ray meets the centres, it is exact to 0.01 dB', () => {
    const random = createRandom('sweep/exact')
    const field = boxCity(random, 300, 2, 700)
    const out = swept(field, 20, 600)
    for (let k = 1; k <= 200; k++) {
      for (const [dc, dr] of [
        [k, 0],
        [-k, 0],
        [0, k],
        [0, -k],
        [k, k],
        [-k, k],
        [k, -k],
        [-k, -k],
      ] as const) {
        const [c, r] = [300 + dc, 300 + dr]
        const exact = directPathDb(field, c, r, 20, 1.5, LAMBDA)
        expect(Math.abs(out[r * field.cols + c]! - exact)).toBeLessThan(0.01)
      }
    }
  })
})

describe('invariants', () => {
  const random = createRandom('sweep/invariants')
  const field = boxCity(random, 120, 5, 200)
  test('behavior: every cell within range is reached, none beyond', () => {
    const out = swept(field, 25, 600)
    out.forEach((loss, i) => {
      const d = 5 * Math.hypot((i % field.cols) - 120, Math.floor(i / field.cols) - 120)
      if (d < 590) expect(loss).toBeGreaterThanOrEqual(0)
      if (d > 610) expect(loss).toBeNaN()
    })
  })
  test('behavior: mirrored cities give mirrored losses', () => {
    const { cols } = field
    const mirrored = { ...field, topM: field.topM.map((_, i) => field.topM[i - (i % cols) + (cols - 1 - (i % cols))]!) }
    const [a, b] = [swept(field, 25, 600), swept(mirrored, 25, 600)]
    expect(b.map((_, i) => b[i - (i % cols) + (cols - 1 - (i % cols))]!)).toEqual(a)
  })
  test('behavior: the same field gives the same bytes, and open ground never hides', () => {
    expect(swept(field, 25, 600)).toEqual(swept(field, 25, 600))
    const open = { ...field, topM: new Float32Array(field.topM.length) }
    expect(swept(open, 25, 600, 'sight').some((hidden) => hidden === 1)).toBe(false)
    expect(Math.max(...swept(open, 25, 600).filter((x) => !Number.isNaN(x)))).toBeLessThan(6)
  })
  test('behavior: a house hides what lies behind it, and not its own inside', () => {
    const wall: HeightField = { ...field, topM: new Float32Array(field.topM.length) }
    for (let c = 140; c < 144; c++) wall.topM[120 * field.cols + c] = 50
    const hidden = swept(wall, 10, 600, 'sight')
    expect(hidden[120 * field.cols + 139]).toBe(0)
    expect(hidden[120 * field.cols + 142]).toBe(0) // behind its own facade only
    expect(hidden[120 * field.cols + 144]).toBe(1)
    expect(hidden[120 * field.cols + 200]).toBe(1)
  })
})
