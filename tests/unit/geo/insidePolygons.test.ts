import { describe, expect, test } from 'vitest'
import { createFeatureFinder } from '../../../src/geo/insidePolygons.ts'

/** Feature 0: a square with a hole; feature 1: a square that overlaps it; feature 2: two squares far off. */
const square = (x: number, y: number, size: number) => [x, y, x + size, y, x + size, y + size, x, y + size]
const rings = [square(0, 0, 10), square(4, 4, 2), square(8, 8, 10), square(100, 0, 5), square(200, 0, 5)]
const features = {
  count: 3,
  polygonStart: Uint32Array.of(0, 1, 2, 4),
  polygons: {
    start: Uint32Array.of(0, 2, 3, 4, 5),
    rings: {
      start: Uint32Array.from([0, 1, 2, 3, 4, 5], (r) => 4 * r),
      xM: Float32Array.from(rings.flat().filter((_, i) => i % 2 === 0)),
      yM: Float32Array.from(rings.flat().filter((_, i) => i % 2 === 1)),
    },
  },
}

describe('createFeatureFinder', () => {
  const at = createFeatureFinder(features, () => true)
  test('default: the feature that holds the point, the first where two do', () => {
    expect(at(1, 1)).toBe(0)
    expect(at(9, 9)).toBe(0)
    expect(at(15, 15)).toBe(1)
    expect(at(202, 1)).toBe(2)
  })
  test('behavior: a hole is outside, and so is everything else', () => {
    expect(at(5, 5)).toBe(-1)
    expect(at(-1, 5)).toBe(-1)
    expect(at(150, 1)).toBe(-1)
  })
  test('args: accept: others are not there', () => {
    const only = createFeatureFinder(features, (feature) => feature === 1)
    expect(only(1, 1)).toBe(-1)
    expect(only(9, 9)).toBe(1)
  })
})
