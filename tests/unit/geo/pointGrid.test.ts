import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPointGrid } from '../../../src/geo/pointGrid.ts'

const coordinate = fc.double({ min: -500, max: 500, noNaN: true })

describe('createPointGrid', () => {
  test('default: seed 31: finds what looking at every point finds, inside and far outside', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 60 }),
        fc.tuple(fc.double({ min: -3000, max: 3000, noNaN: true }), coordinate),
        fc.double({ min: 5, max: 300, noNaN: true }),
        (points, [x, y], cell) => {
          const grid = createPointGrid(
            Float64Array.from(points, ([a]) => a),
            Float64Array.from(points, ([, b]) => b),
            cell,
          )
          const square = points.map(([a, b]) => (a - x) ** 2 + (b - y) ** 2)
          const odd = (i: number) => i % 2 === 1
          expect(grid.nearest(x, y, Infinity)).toBe(square.indexOf(Math.min(...square)))
          const odds = square.map((s, i) => (odd(i) ? s : Infinity))
          const expected = points.length > 1 ? odds.indexOf(Math.min(...odds)) : -1
          expect(grid.nearest(x, y, Infinity, odd)).toBe(expected)
        },
      ),
      { seed: 31, numRuns: 300 },
    )
  })
  test('args: reach: nothing beyond it', () => {
    const grid = createPointGrid(Float64Array.of(10), Float64Array.of(0), 50)
    expect(grid.nearest(0, 0, 10)).toBe(0)
    expect(grid.nearest(0, 0, 9.9)).toBe(-1)
  })
  test('behavior: no points, no answer', () => {
    expect(createPointGrid(new Float64Array(), new Float64Array(), 50).nearest(0, 0, Infinity)).toBe(-1)
  })
})
