import { describe, expect, test } from 'vitest'
import { settleOrigin, tagOfOrigin } from '../../../src/base/honesty.ts'
import { quantile } from '../../../src/base/quantity.ts'
import { createRandom } from '../../../src/base/random.ts'

describe('createRandom', () => {
  test('default: the same seed gives the same numbers, another seed does not', () => {
    const draw = (seed: number) => Array.from({ length: 5 }, createRandom(seed).next)
    expect(draw(7)).toEqual(draw(7))
    expect(draw(7)).not.toEqual(draw(8))
  })
  test('behavior: a fork depends on the seed and the label, not on what was drawn before', () => {
    const early = createRandom(7).fork('wind')
    const parent = createRandom(7)
    for (let i = 0; i < 100; i++) parent.next()
    expect(parent.fork('wind').next()).toBe(early.next())
    expect(parent.fork('sun').next()).not.toBe(createRandom(7).fork('wind').next())
  })
  test('behavior: uniform and normal have their moments (seed 11, 200 000 draws, 6 standard errors)', () => {
    const random = createRandom(11)
    const n = 200_000
    let sum = 0
    let normalSum = 0
    let normalSquares = 0
    for (let i = 0; i < n; i++) {
      const u = random.next()
      expect(u >= 0 && u < 1).toBe(true)
      sum += u
      const z = random.normal()
      normalSum += z
      normalSquares += z * z
    }
    expect(Math.abs(sum / n - 0.5)).toBeLessThan(6 * Math.sqrt(1 / 12 / n))
    expect(Math.abs(normalSum / n)).toBeLessThan(6 / Math.sqrt(n))
    expect(Math.abs(normalSquares / n - 1)).toBeLessThan(6 * Math.sqrt(2 / n))
  })
})

describe('quantile', () => {
  test('default: interpolates as the usual definition does', () => {
    expect([0, 0.1, 0.5, 0.9, 1].map((p) => quantile([1, 2, 3, 4, 5], p))).toEqual([1, 1.4, 3, 4.6, 5])
    expect(quantile([], 0.5)).toBeNaN()
  })
})

describe('origin', () => {
  test('behavior: only a real or replayed device on a real chain, in a proven directory, is measured', () => {
    expect(tagOfOrigin(settleOrigin('real-device', 4689, false, true))).toBe('measured')
    expect(tagOfOrigin(settleOrigin('replayed', 4689, false, true))).toBe('measured')
  })
  test.each([
    ['the device says so itself', 'real-device', 4689, true, true],
    ['the chain is a test chain', 'real-device', 31337, false, true],
    ['the directory says so', 'simulated', 4689, false, true],
    ['a replay on a test chain', 'replayed', 31337, false, true],
    ['nobody proved the directory', 'real-device', 4689, false, false],
  ] as const)('behavior: never measured when %s', (_why, claimed, chainId, bit, proven) => {
    expect(tagOfOrigin(settleOrigin(claimed, chainId, bit, proven))).toBe('modelled')
  })
})
