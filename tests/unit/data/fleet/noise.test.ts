import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fieldAt, hashNormal, hashUnit, waveAt } from '../../../../data/devnet/fleet/noise.ts'

test('default: the same words give the same value, for ever', () => {
  expect(hashUnit(1, 2, 3, 4)).toBe(hashUnit(1, 2, 3, 4))
  // written down once: a change here changes every recorded bundle
  expect(hashUnit(1, 2, 3, 4)).toBe(0.8215340750757605)
})

test('behavior: values are uniform', () => {
  const bins = new Array<number>(10).fill(0)
  for (let i = 0; i < 20_000; i++) {
    const bin = Math.floor(10 * hashUnit(7, i, i >> 3))
    bins[bin] = bins[bin]! + 1
  }
  // 2,000 expected in each; five standard deviations are 212
  for (const bin of bins) expect(Math.abs(bin - 2_000)).toBeLessThan(212)
})

test('behavior: the normal has mean 0 and variance 1', () => {
  let sum = 0
  let squares = 0
  for (let i = 0; i < 20_000; i++) {
    const draw = hashNormal(3, i)
    sum += draw
    squares += draw * draw
  }
  expect(Math.abs(sum / 20_000)).toBeLessThan(0.03)
  expect(Math.abs(squares / 20_000 - 1)).toBeLessThan(0.04)
})

test('behavior: waves and fields stay within ±1 and have no jumps (seed 2)', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      (x, y) => {
        const step = 1e-3
        const here = fieldAt(5, 1, x, y)
        expect(Math.abs(here)).toBeLessThanOrEqual(1)
        expect(Math.abs(waveAt(5, 1, x))).toBeLessThanOrEqual(1)
        // the steepest of smoothstep is 1.5 times the knots' difference, at most 2
        expect(Math.abs(fieldAt(5, 1, x + step, y) - here)).toBeLessThan(3.1 * step)
        expect(Math.abs(waveAt(5, 1, x + step) - waveAt(5, 1, x))).toBeLessThan(3.1 * step)
      },
    ),
    { seed: 2 },
  )
})
