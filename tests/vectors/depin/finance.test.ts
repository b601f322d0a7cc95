import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  irrPerYear,
  monthlyFactor,
  paybackPeriod,
  presentValue,
  ratesOfReturn,
} from '../../../src/engines/economics/finance.ts'

// numpy-financial, tests of irr
test.each([
  [[-100, 39, 59, 55, 20], 0.28095],
  [[-100, 0, 0, 74], -0.0955],
  [[-100, 100, 0, -7], -0.0833],
  [[-100, 100, 0, 7], 0.06206],
  [[-5, 10.5, 1, -8, 1], 0.0886],
])('default: the rates of return of %j include %d', (flows, expected) => {
  const rates = ratesOfReturn(flows)
  expect(Math.min(...rates.map((rate) => Math.abs(rate - expected)))).toBeLessThan(5e-5)
  for (const rate of rates) {
    const scale = flows.reduce((sum, flow, i) => sum + Math.abs(flow) / (1 + rate) ** i, 0)
    expect(Math.abs(presentValue(flows, rate)) / scale).toBeLessThan(1e-9)
  }
})

test('behavior: a flow without change of sign has no rate, one with several may have several, and both are said', () => {
  expect(irrPerYear([-1, -2, -3])).toMatchObject({ kind: 'none', perYear: NaN })
  expect(irrPerYear([1, 2, 3]).kind).toBe('none')
  expect(irrPerYear([]).kind).toBe('none')
  expect(irrPerYear([0, 0, 0]).kind).toBe('none')
  expect(irrPerYear([-100, 230, -132]).kind).toBe('multiple') // 10 % and 20 % a period
  expect(ratesOfReturn([-100, 230, -132]).map((rate) => Math.round(rate * 1e6) / 1e6)).toEqual([0.1, 0.2])
  expect(irrPerYear([-100, 110]).kind).toBe('one')
})

test('behavior: the rate does not depend on the currency, however large', () => {
  const flows = [-100, 39, 59, 55, 20]
  for (const scale of [1e-200, 1e-6, 1e6, 1e250]) {
    expect(ratesOfReturn(flows.map((flow) => flow * scale))[0]).toBeCloseTo(0.2809484, 6)
  }
})

test('behavior: at its rate of return every investment is worth nothing', () => {
  const flow = fc.double({ min: 0, max: 1000, noNaN: true })
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 1e5, noNaN: true }),
      fc.array(flow, { minLength: 1, maxLength: 120 }),
      (outlay, income) => {
        const flows = [-outlay, ...income]
        for (const rate of ratesOfReturn(flows)) {
          const scale = flows.reduce((sum, each, i) => sum + Math.abs(each) * (1 + rate) ** -i, 0)
          expect(Math.abs(presentValue(flows, rate))).toBeLessThan(1e-9 * scale)
        }
      },
    ),
    { seed: 7, numRuns: 300 },
  )
})

test('behavior: at every rate of return a flow is worth nothing, however huge it is and however often its sign changes', () => {
  const flow = fc.integer({ min: -100_000, max: 100_000 }).map((cents) => cents / 100)
  const scales = fc.constantFrom(1e-150, 1e-9, 1, 1e9, 1e150, 1e300)
  fc.assert(
    fc.property(fc.array(flow, { minLength: 2, maxLength: 120 }), scales, (flows, scale) => {
      const huge = flows.map((each) => each * scale)
      for (const rate of ratesOfReturn(huge)) {
        // as a sum of what each flow is worth at that rate, against the sum of their sizes, neither of which may overflow
        const v = 1 / (1 + rate)
        const weight = (i: number): number => (v <= 1 ? v ** i : v ** (i - (flows.length - 1)))
        const [sum, size] = flows.reduce(
          ([s, z], each, i) => [s + each * weight(i), z + Math.abs(each) * weight(i)],
          [0, 0],
        )
        expect(Math.abs(sum)).toBeLessThan(1e-9 * size)
      }
      expect(irrPerYear(huge).all.length).toBe(ratesOfReturn(huge).length)
    }),
    { seed: 8, numRuns: 300 },
  )
})

test('default: payback, simple and discounted, to the fraction of a month; never is not a number', () => {
  expect(paybackPeriod(100, [40, 40, 40], 0)).toBeCloseTo(2.5, 12)
  expect(paybackPeriod(100, [40, 40, 40], 0.1)).toBeNaN()
  expect(paybackPeriod(100, [60, 60, 60], 0.1)).toBeCloseTo(1 + (100 - 60 / 1.1) / (60 / 1.21), 12)
  expect(paybackPeriod(100, [], 0)).toBeNaN()
  expect(paybackPeriod(100, [-5, 10, 20], 0)).toBeNaN()
  expect(paybackPeriod(0, [5], 0)).toBe(0)
})

test('default: twelve monthly factors make the yearly one', () => {
  expect(monthlyFactor(0.1) ** 12).toBeCloseTo(1.1, 12)
  expect(monthlyFactor(0)).toBe(1)
})
