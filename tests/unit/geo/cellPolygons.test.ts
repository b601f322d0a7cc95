import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CellPolygon, cellPolygons } from '../../../src/geo/cellPolygons.ts'

const areaOf = (ring: readonly number[]): number => {
  let twice = 0
  for (let i = 0; i + 3 < ring.length; i += 2) twice += ring[i]! * ring[i + 3]! - ring[i + 2]! * ring[i + 1]!
  return twice / 2
}
const grid = (...rows: string[]) => ({
  // drawn north up, as one reads it
  values: Int16Array.from([...rows.reverse().join('')], (c) => (c === '#' ? 1 : 0)),
  cols: rows[0]!.length,
  rows: rows.length,
})
const of = (...rows: string[]): CellPolygon[] => {
  const { values, cols, rows: count } = grid(...rows)
  return cellPolygons(values, cols, count, 1)
}

describe('cell polygons', () => {
  test('default: one cell is a square, anticlockwise and closed', () => {
    expect(of('#')).toEqual([[[0, 0, 1, 0, 1, 1, 0, 1, 0, 0]]])
  })
  test('default: a hole is the second ring and runs the other way', () => {
    const [polygon, ...others] = of('###', '#.#', '###')
    expect(others).toEqual([])
    expect(polygon!.map(areaOf)).toEqual([9, -1])
  })
  test('behavior: cells that touch at a corner are two patches', () => {
    expect(of('.#', '#.').map((p) => p.map(areaOf))).toEqual([[1], [1]])
    expect(of('#.', '.#').map((p) => p.map(areaOf))).toEqual([[1], [1]])
  })
  test('behavior: two holes that touch at a corner stay two rings', () => {
    const [polygon] = of('####', '#.##', '##.#', '####')
    expect(polygon!.map(areaOf)).toEqual([16, -1, -1])
  })
  test('behavior: nothing gives nothing', () => {
    expect(of('..', '..')).toEqual([])
  })
  test('behavior: on any raster rings close, the first of each patch is its outer one, and areas add up to the cells', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 81 }),
        (cols, cells) => {
          const rows = Math.ceil(cells.length / cols)
          const values = new Int16Array(cols * rows)
          values.set(cells)
          let area = 0
          for (const rings of cellPolygons(values, cols, rows, 1)) {
            rings.forEach((ring, i) => {
              expect(ring.slice(0, 2)).toEqual(ring.slice(-2))
              expect(Math.sign(areaOf(ring))).toBe(i === 0 ? 1 : -1)
              area += areaOf(ring)
            })
          }
          expect(area).toBe(cells.filter((c) => c === 1).length)
        },
      ),
    )
  })
})
