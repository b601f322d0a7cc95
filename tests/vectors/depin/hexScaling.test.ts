import { expect, test } from 'vitest'
import {
  HIP17,
  hexLimit,
  OUTDOOR_WIFI_POINTS,
  rankMultiplier,
  transmitScale,
} from '../../../src/networks/rules/hexScaling.ts'

// HIP-17, table of thresholds for N = 2, target 1, most 4
test('default: the limit of a hex by its occupied neighbours, as HIP-17 prints it', () => {
  const limits = [0, 1, 2, 3, 4, 5, 6, 7].map((occupied) => hexLimit(occupied, HIP17))
  expect(limits).toEqual([1, 1, 1, 2, 3, 4, 4, 4])
})

// HIP-17, the worked chain of one hotspot from resolution 8 to 1
test('default: the scale of a hotspot in a dense hex falls to 0.066 and then to 0.030', () => {
  const chain = [
    [4, 61],
    [27, 27],
    [49, 106],
    [62, 62],
    [117, 117],
    [136, 136],
    [504, 504],
    [504, 504],
  ].map(([counted, there]) => ({ counted: counted!, there: there! }))
  expect(transmitScale(chain.slice(0, 1))).toBeCloseTo(0.066, 3)
  expect(transmitScale(chain.slice(0, 3))).toBeCloseTo(0.03, 3)
  expect(transmitScale(chain)).toBe(transmitScale(chain.slice(0, 3)))
})

// helium/oracles, coverage_point_calculator
test('default: three cells share the points of a hex, the fourth gets none', () => {
  const points = [1, 2, 3, 4, 99].map((rank) => OUTDOOR_WIFI_POINTS.high * rankMultiplier(rank))
  expect(points).toEqual([16, 8, 4, 0, 0])
})

test('args: a hex without hotspots scales nothing, and there is no rank before the first', () => {
  expect(transmitScale([{ counted: 0, there: 0 }])).toBe(1)
  expect(transmitScale([])).toBe(1)
  expect([rankMultiplier(0), rankMultiplier(-1), rankMultiplier(1.5)]).toEqual([0, 0, 0])
})
