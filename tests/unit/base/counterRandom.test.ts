import { expect, test } from 'vitest'
import { philox } from '../../../src/base/counterRandom.ts'
import { normalQuantile } from '../../../src/base/math/normal.ts'

// Random123, tests/kat_vectors, philox4x32 10
test.each([
  [
    [0, 0, 0, 0],
    [0, 0],
    ['6627e8d5', 'e169c58d', 'bc57ac4c', '9b00dbd8'],
  ],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    ['408f276d', '41c83b0e', 'a20bc7c6', '6d5451fd'],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    ['d16cfe09', '94fdcceb', '5001e420', '24126ea1'],
  ],
] as const)('default: Philox4x32-10 of %j under %j', (counter, key, expected) => {
  const out = new Uint32Array(4)
  philox(key[0], key[1], counter[0], counter[1], counter[2], counter[3], out)
  expect([...out].map((word) => word.toString(16).padStart(8, '0'))).toEqual(expected)
})

test('behavior: neighbouring counters are uncorrelated and uniform (100,000 words, 5 standard errors)', () => {
  const out = new Uint32Array(4)
  const n = 100_000
  let sum = 0
  let product = 0
  let before = 0.5
  for (let i = 0; i < n; i++) {
    philox(7, 9, i, 0, 0, 0, out)
    const u = (out[0]! + 0.5) / 4294967296
    sum += u
    product += (u - 0.5) * (before - 0.5)
    before = u
  }
  expect(Math.abs(sum / n - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / n))
  expect(Math.abs(product / n)).toBeLessThan(5 / 12 / Math.sqrt(n))
})

// values of Wichura's paper and of any table
test.each([
  [0.25, -0.6744897501960817],
  [0.001, -3.090232306167813],
  [1e-20, -9.262340089798409],
  [0.5, 0],
  [0.9, 1.2815515655446004],
  [0.975, 1.959963984540054],
])('default: the normal quantile of %d is %d', (p, expected) => {
  expect(normalQuantile(p)).toBeCloseTo(expected, 13)
})

test('error: outside (0, 1) there is no quantile', () => {
  for (const p of [0, 1, -1, 2, NaN]) expect(normalQuantile(p)).toBeNaN()
})
