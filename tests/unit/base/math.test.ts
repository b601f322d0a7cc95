import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { acos, asin, atan, atan2 } from '../../../src/base/math/arc.ts'
import { exp } from '../../../src/base/math/exp.ts'
import { log, log1p, log2, log10 } from '../../../src/base/math/log.ts'
import { pow } from '../../../src/base/math/pow.ts'
import { cos, sin, tan } from '../../../src/base/math/trig.ts'

const f64 = new Float64Array(1)
const bits = new BigInt64Array(f64.buffer)

/** How many doubles lie between a and b. */
function ulps(a: number, b: number): number {
  if (Object.is(a, b)) return 0
  const order = (x: number) => {
    f64[0] = x
    return bits[0]! < 0n ? -(bits[0]! & 0x7fffffffffffffffn) : bits[0]!
  }
  const gap = order(a) - order(b)
  return Number(gap < 0n ? -gap : gap)
}

/** Math.* of this engine is within 1 ulp of the true value, ours as well, so they are at most 2 apart. */
const near = (mine: (x: number) => number, theirs: (x: number) => number, min: number, max: number, most = 2) =>
  fc.assert(
    fc.property(fc.double({ min, max, noNaN: true }), (x) => ulps(mine(x), theirs(x)) <= most),
    { numRuns: 3000, seed: 1 },
  )

describe('one variable, against the engine', () => {
  test('exp', () => near(exp, Math.exp, -745, 709))
  test('log', () => near(log, Math.log, 5e-324, 1.7e308))
  test('log1p', () => near(log1p, Math.log1p, -0.5, 10, 3))
  test('log10', () => near(log10, Math.log10, 1e-300, 1e300))
  test('log2', () => near(log2, Math.log2, 1e-300, 1e300, 3))
  test('sin', () => near(sin, Math.sin, -1e5, 1e5))
  test('cos', () => near(cos, Math.cos, -1e5, 1e5))
  test('tan', () => near(tan, Math.tan, -1.5, 1.5, 4))
  test('atan', () => near(atan, Math.atan, -1e9, 1e9))
  test('asin', () => near(asin, Math.asin, -1, 1, 4))
  test('acos', () => near(acos, Math.acos, -1, 1, 4))
})

describe('two variables, against the engine', () => {
  test('pow', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-10, max: 1e10, noNaN: true }),
        fc.double({ min: -25, max: 25, noNaN: true }),
        (x, y) => ulps(pow(x, y), x ** y) <= 2,
      ),
      { numRuns: 5000, seed: 2 },
    )
  })

  test('atan2', () => {
    const coordinate = fc.double({ min: -1e6, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(coordinate, coordinate, (y, x) => ulps(atan2(y, x), Math.atan2(y, x)) <= 3),
      { numRuns: 5000, seed: 3 },
    )
  })
})

describe('special values', () => {
  const specials = [NaN, Infinity, -Infinity, 0, -0, 1, -1, 2, -2, 0.5, -0.5, 3, -3, 1e300, -1e300]
  test('pow follows ECMAScript', () => {
    for (const x of specials)
      for (const y of specials) expect([x, y, ulps(pow(x, y), x ** y) <= 1]).toEqual([x, y, true])
  })
  test('atan2 follows ECMAScript', () => {
    for (const y of specials)
      for (const x of specials) {
        const [a, b] = [atan2(y, x), Math.atan2(y, x)]
        expect([y, x, Object.is(a, b) || Math.abs(a - b) < 1e-15]).toEqual([y, x, true])
      }
  })
  test('exp and log at their ends', () => {
    for (const x of specials) {
      expect([x, ulps(exp(x), Math.exp(x)) <= 2, ulps(log(x), Math.log(x)) <= 2]).toEqual([x, true, true])
    }
    expect([log10(1000), log10(1e-7), log2(1024), log2(0.125)]).toEqual([3, -7, 10, -3])
  })
  test('an angle too large to reduce gives NaN, not a wrong number', () => {
    expect([sin(1e7), cos(-1e7), sin(Infinity)]).toEqual([NaN, NaN, NaN])
  })
})

test('the bits are fixed: a hash over a fixed grid, equal in every engine', () => {
  let hash = 0
  for (let i = 1; i <= 2000; i++) {
    const x = i / 37
    for (const y of [exp(x / 10), log(x), sin(x), cos(x), atan2(x, 3), pow(x, 1.7), log10(x)]) {
      f64[0] = y
      hash = Math.imul(hash ^ Number(bits[0]! & 0xffffffffn), 0x01000193) ^ Number(bits[0]! >> 32n)
    }
  }
  expect(hash).toMatchInlineSnapshot(`1108211169`)
})
