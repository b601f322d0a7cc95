import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../../src/base/random.ts'
import { correlate, correlationFactor } from '../../../../src/engines/economics/correlate.ts'
import { normalOf, type PathModel, pathWalker } from '../../../../src/engines/economics/pricePaths.ts'

const MONTHS = 12
/** Logarithms after a year of many paths, their shocks from one seeded stream. */
function ends(model: PathModel, paths: number, seed: string, months = MONTHS): Float64Array {
  const random = createRandom(seed)
  const walker = pathWalker(model)
  return Float64Array.from({ length: paths }, () => {
    walker.reset()
    let x = 0
    for (let month = 0; month < months; month++) x = walker.step(random.normal(), random.below(2 ** 32))
    return x
  })
}
const meanOf = (values: Float64Array): number => values.reduce((sum, v) => sum + v, 0) / values.length
const varianceOf = (values: Float64Array): number => {
  const mean = meanOf(values)
  return values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1)
}
const N = 20_000

describe('geometric Brownian motion', () => {
  const [sigma, drift] = [0.8, 0.1]
  const x = ends({ kind: 'gbm', volatilityPerYear: sigma, driftPerYear: drift }, N, 'gbm')
  test('default: mean and variance of the logarithm (4 standard errors)', () => {
    expect(Math.abs(meanOf(x) - (drift - sigma ** 2 / 2))).toBeLessThan((4 * sigma) / Math.sqrt(N))
    expect(Math.abs(varianceOf(x) / sigma ** 2 - 1)).toBeLessThan(4 * Math.sqrt(2 / N))
  })
  test('default: the mean of the price grows by the drift (4 standard errors)', () => {
    const error = Math.sqrt(Math.exp(sigma ** 2) - 1) / Math.sqrt(N)
    expect(Math.abs(meanOf(x.map(Math.exp)) / Math.exp(drift) - 1)).toBeLessThan(4 * error)
  })
})

describe('Ornstein and Uhlenbeck', () => {
  const [sigma, kappa] = [1.1, 2.82]
  test('default: variance after a year and after ten (4 standard errors), mean zero', () => {
    for (const years of [1, 10]) {
      const x = ends({ kind: 'ou', volatilityPerYear: sigma, reversionPerYear: kappa }, N, `ou/${years}`, 12 * years)
      const variance = (sigma ** 2 * (1 - Math.exp(-2 * kappa * years))) / (2 * kappa)
      expect(Math.abs(varianceOf(x) / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / N))
      expect(Math.abs(meanOf(x))).toBeLessThan((4 * Math.sqrt(variance)) / Math.sqrt(N))
    }
  })
  test('behavior: half of a shock is gone after the half-life, 89.7 days for HNT', () => {
    const walker = pathWalker({ kind: 'ou', volatilityPerYear: sigma, reversionPerYear: kappa })
    const first = walker.step(1, 0)
    let x = first
    for (let month = 0; month < 12; month++) x = walker.step(0, 0)
    expect(x / first).toBeCloseTo(Math.exp(-kappa), 12)
    expect((Math.LN2 / kappa) * 365).toBeCloseTo(89.7, 1)
  })
  test('behavior: without reversion it wanders as Brownian motion does', () => {
    const x = ends({ kind: 'ou', volatilityPerYear: 0.5, reversionPerYear: 0 }, N, 'bm')
    expect(Math.abs(varianceOf(x) / 0.25 - 1)).toBeLessThan(4 * Math.sqrt(2 / N))
  })
})

// W. Margrabe, Journal of Finance 33 (1978): S1 = S2 = 1, volatilities 0.8 and 0.6, correlation 0.5, one year
test('default: an option to exchange two correlated prices is worth 0.281568 (4 standard errors)', () => {
  const random = createRandom('margrabe')
  const factor = correlationFactor(['a', 'b'], [{ a: 'a', b: 'b', rho: 0.5 }])!
  const walkers = [0.8, 0.6].map((volatilityPerYear) => pathWalker({ kind: 'gbm', volatilityPerYear, driftPerYear: 0 }))
  const z = new Float64Array(2)
  const n = 60_000
  const payoff = Float64Array.from({ length: n }, () => {
    for (const walker of walkers) walker.reset()
    let x = [0, 0]
    for (let month = 0; month < MONTHS; month++) {
      z[0] = random.normal()
      z[1] = random.normal()
      correlate(factor, z)
      x = walkers.map((walker, i) => walker.step(z[i]!, 0))
    }
    return Math.max(0, Math.exp(x[0]!) - Math.exp(x[1]!))
  })
  expect(Math.abs(meanOf(payoff) - 0.281568)).toBeLessThan((4 * Math.sqrt(varianceOf(payoff))) / Math.sqrt(n))
})

describe('bootstrap', () => {
  const seen = [0.2, -0.1, 0.05, -0.3, 0.15]
  const trend = seen.reduce((a, b) => a + b, 0) / seen.length
  test('behavior: takes blocks of what was seen, in order, without their trend', () => {
    const walker = pathWalker({ kind: 'bootstrap', logReturns: seen, blockMonths: 3 })
    const at = Math.ceil((3 / 5) * 2 ** 32) // begins with the fourth
    const steps = [walker.step(0, at), walker.step(0, 0), walker.step(0, 0)]
    const moves = steps.map((x, i) => x - (steps[i - 1] ?? 0))
    const expected = [seen[3]!, seen[4]!, seen[0]!].map((r) => r - trend)
    moves.forEach((move, i) => {
      expect(move).toBeCloseTo(expected[i]!, 12)
    })
  })
  test('behavior: its variance is that of what was seen when blocks are one month long (4 standard errors)', () => {
    const x = ends({ kind: 'bootstrap', logReturns: seen, blockMonths: 1 }, N, 'boot')
    const variance = seen.reduce((sum, r) => sum + (r - trend) ** 2, 0) / seen.length
    expect(Math.abs(varianceOf(x) / (12 * variance) - 1)).toBeLessThan(0.06)
    expect(Math.abs(meanOf(x))).toBeLessThan((4 * Math.sqrt(12 * variance)) / Math.sqrt(N))
  })
  test('args: of nothing seen nothing moves', () => {
    expect(pathWalker({ kind: 'bootstrap', logReturns: [], blockMonths: 3 }).step(1, 5)).toBe(0)
  })
})

describe('correlation', () => {
  test('default: mixed numbers go together as asked (4 standard errors)', () => {
    const random = createRandom('rho')
    const pairs = [
      { a: 'x', b: 'y', rho: 0.7 },
      { a: 'z', b: 'x', rho: -0.4 },
    ]
    const factor = correlationFactor(['x', 'y', 'z'], pairs)!
    const z = new Float64Array(3)
    let [xy, xz, yy] = [0, 0, 0]
    for (let i = 0; i < N; i++) {
      for (let k = 0; k < 3; k++) z[k] = random.normal()
      correlate(factor, z)
      xy += (z[0]! * z[1]!) / N
      xz += (z[0]! * z[2]!) / N
      yy += (z[1]! * z[1]!) / N
    }
    expect(Math.abs(xy - 0.7)).toBeLessThan(4 * Math.sqrt((1 + 0.49) / N))
    expect(Math.abs(xz + 0.4)).toBeLessThan(4 * Math.sqrt((1 + 0.16) / N))
    expect(Math.abs(yy - 1)).toBeLessThan(4 * Math.sqrt(2 / N))
  })
  test.each([
    ['an unknown driver', [{ a: 'x', b: 'q', rho: 0.1 }]],
    ['a driver with itself', [{ a: 'x', b: 'x', rho: 0.1 }]],
    ['more than one', [{ a: 'x', b: 'y', rho: 1.1 }]],
    ['no number', [{ a: 'x', b: 'y', rho: NaN }]],
    [
      'three that contradict each other',
      [
        { a: 'x', b: 'y', rho: 0.9 },
        { a: 'y', b: 'z', rho: 0.9 },
        { a: 'x', b: 'z', rho: -0.9 },
      ],
    ],
  ])('args: nothing goes together by %s', (_, pairs) => {
    expect(correlationFactor(['x', 'y', 'z'], pairs)).toBeNull()
  })
})

test('args: the words at the ends are normal numbers too', () => {
  for (const word of [0, 1, 2 ** 31, 2 ** 32 - 1]) expect(Number.isFinite(normalOf(word))).toBe(true)
})
