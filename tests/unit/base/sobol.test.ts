import { describe, expect, test } from 'vitest'
import { SOBOL_DIMENSIONS, scrambledSobol, sobolWord } from '../../../src/base/sobol.ts'

const at = (word: number): number => word / 2 ** 32

// the first points of new-joe-kuo-6 as the authors' own program prints them, in the order of the plain binary index
test('default: the first points of the first three dimensions', () => {
  const points = Array.from({ length: 8 }, (_, i) => [0, 1, 2].map((d) => at(sobolWord(i, d))))
  expect(points[0]).toEqual([0, 0, 0])
  expect(points[1]).toEqual([0.5, 0.5, 0.5])
  expect(points[2]).toEqual([0.25, 0.75, 0.75])
  expect(points[3]).toEqual([0.75, 0.25, 0.25])
  expect(points[4]).toEqual([0.125, 0.625, 0.375])
  expect(points[5]).toEqual([0.625, 0.125, 0.875])
})

describe.each([
  ['plain', (i: number, d: number) => sobolWord(i, d)],
  ['scrambled', (i: number, d: number) => scrambledSobol(i, d, 2026)],
])('%s', (_, word) => {
  test('behavior: every dyadic interval of every dimension holds its one point', () => {
    for (let d = 0; d < SOBOL_DIMENSIONS; d++) {
      for (const bits of [1, 4, 10]) {
        const seen = new Set(Array.from({ length: 2 ** bits }, (__, i) => word(i, d) >>> (32 - bits)))
        expect(seen.size, `dimension ${d}, ${bits} bits`).toBe(2 ** bits)
      }
    }
  })
  test('behavior: the first two dimensions fill every elementary rectangle', () => {
    const bits = 8
    for (let a = 0; a <= bits; a++) {
      const cells = new Set(
        Array.from({ length: 2 ** bits }, (__, i) => {
          const x = a === 0 ? 0 : word(i, 0) >>> (32 - a)
          const y = a === bits ? 0 : word(i, 1) >>> (32 - (bits - a))
          return `${x}/${y}`
        }),
      )
      expect(cells.size, `${a} and ${bits - a} bits`).toBe(2 ** bits)
    }
  })
})

test('behavior: a mean of a smooth function is nearer its integral than chance would be', () => {
  const n = 4096
  let sum = 0
  for (let i = 0; i < n; i++) {
    let product = 1
    for (let d = 0; d < 6; d++) product *= 1 + (at(scrambledSobol(i, d, 7)) - 0.5) / 2
    sum += product / n
  }
  // standard deviation of the product is about 0.36: chance would be off by 0.0056
  expect(Math.abs(sum - 1)).toBeLessThan(0.0006)
})

test('behavior: another seed gives other points, the same seed the same', () => {
  const first = (seed: number) => Array.from({ length: 16 }, (_, i) => scrambledSobol(i, 3, seed))
  expect(first(1)).toEqual(first(1))
  expect(first(1)).not.toEqual(first(2))
})
