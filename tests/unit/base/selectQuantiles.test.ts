import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quantile } from '../../../src/base/quantity.ts'
import { selectQuantiles } from '../../../src/base/selectQuantiles.ts'

const PS = [0, 0.1, 0.5, 0.9, 1]

test('behavior: the same numbers as of the sorted values, for any values', () => {
  const value = fc.oneof(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), fc.integer({ min: -3, max: 3 }))
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 300 }), (list) => {
      const sorted = Float64Array.from(list).sort()
      const found = selectQuantiles(Float64Array.from(list), PS)
      for (const [i, p] of PS.entries()) expect(found[i]! - quantile(sorted, p)).toBe(0)
    }),
    { seed: 71, numRuns: 300 },
  )
})

test('behavior: sorted, falling and equal values end, and infinities have their place', () => {
  const rising = Float64Array.from({ length: 2000 }, (_, i) => i)
  expect(selectQuantiles(rising, [0.5])).toEqual([999.5])
  expect(selectQuantiles(rising.slice().reverse(), [0.1, 0.9])).toEqual(
    [199.9, 1799.1].map((x) => expect.closeTo(x, 9)),
  )
  expect(selectQuantiles(new Float64Array(1000).fill(7), [0.1, 0.5, 0.9])).toEqual([7, 7, 7])
  expect(selectQuantiles(Float64Array.of(Infinity, 1, 2, 3, -Infinity), [0.5])).toEqual([2])
})

test('default: of nothing there is no quantile', () => {
  expect(selectQuantiles(new Float64Array(0), [0.5])).toEqual([NaN])
})
