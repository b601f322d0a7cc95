import { describe, expect, test } from 'vitest'
import { erlangB, erlangC } from '../../../../src/base/math/erlang.ts'
import { delayQuantiles, type Stage } from '../../../../src/engines/backhaul/delay.ts'
import { waitingMany, waitingOne } from '../../../../src/engines/backhaul/queueing.ts'

describe('Erlang', () => {
  // values of other implementations, as listed in the facts
  test.each([
    [123, 132, 0.0312, 4],
    [20, 10, 0.5379631686320729, 12],
    [5, 1, 0.8333333, 7],
    [200, 190, 0.08869684386923561, 12],
  ])('default: B(%d E, %d circuits) is %d', (offered, circuits, expected, digits) => {
    expect(erlangB(offered, circuits)).toBeCloseTo(expected, digits)
  })
  test.each([
    [123, 132, 0.3211],
    [12_345, 12_421, 0.3812],
  ])('default: C(%d E, %d circuits) is %d', (offered, circuits, expected) => {
    expect(erlangC(offered, circuits)).toBeCloseTo(expected, 4)
  })
  test('behavior: nothing offered blocks nothing, no circuit blocks all, a full group makes all wait', () => {
    expect(erlangB(0, 4)).toBe(0)
    expect(erlangB(3, 0)).toBe(1)
    expect(erlangC(4, 4)).toBe(1)
    expect(erlangC(0, 4)).toBe(0)
  })
})

const one = (load: number, serviceS: number, cv2: number): Stage => ({
  waiting: waitingOne(load, serviceS, cv2),
  serviceS,
  cv2,
})

describe('delay', () => {
  test.each([0.1, 0.5, 0.9, 0.99])('default: M/M/1 at load %d: quantiles are -ln(1 - p) / (mu - lambda)', (load) => {
    const got = delayQuantiles([one(load, 0.01, 1)], 0, [0.5, 0.95, 0.99])
    for (const [k, p] of [0.5, 0.95, 0.99].entries()) {
      const exact = (-Math.log(1 - p) * 0.01) / (1 - load)
      expect(Math.abs(got[k]! - exact)).toBeLessThan(0.005 * exact)
    }
  })
  test('default: two M/M/1 in a row: the sum of two like exponentials is Erlang-2', () => {
    const [p50, p99] = delayQuantiles([one(0.5, 0.01, 1), one(0.5, 0.01, 1)], 0, [0.5, 0.99])
    const below = (t: number) => 1 - Math.exp(-t / 0.02) * (1 + t / 0.02)
    expect(below(p50!)).toBeCloseTo(0.5, 3)
    expect(below(p99!)).toBeCloseTo(0.99, 3)
  })
  test('default: constant packets wait half as long as exponential ones (M/D/1)', () => {
    const mean = ({ share, meanS }: { share: number; meanS: number }) => share * meanS
    expect(mean(waitingOne(0.7, 0.01, 0))).toBeCloseTo(0.5 * mean(waitingOne(0.7, 0.01, 1)), 12)
    expect(mean(waitingOne(0.7, 0.01, 1))).toBeCloseTo((0.7 * 0.01) / 0.3, 12)
  })
  test('default: M/M/c: P(W > t) = C e^(-(c mu - lambda) t)', () => {
    const waiting = waitingMany(3.2, 0.01, 4)
    expect(waiting.share).toBeCloseTo(erlangC(3.2, 4), 12)
    expect(waiting.meanS).toBeCloseTo(1 / (4 * 100 - 320), 12)
    expect(waitingMany(0.7, 0.01, 1).share).toBeCloseTo(0.7, 12)
  })
  test('behavior: an empty network delays by its packets and its lengths alone', () => {
    expect(delayQuantiles([one(0, 0.01, 0), one(0, 0.02, 0)], 0.005, [0.5, 0.99])).toEqual([0.035, 0.035])
  })
  test('behavior: when most do not wait, the median is the bare delay', () => {
    const [p50, p99] = delayQuantiles([one(0.2, 0.01, 0)], 0, [0.5, 0.99])
    expect(p50).toBe(0.01)
    expect(p99).toBeGreaterThan(0.02)
  })
  test('behavior: a queue that only grows has no quantile', () => {
    expect(delayQuantiles([one(0.5, 0.01, 1), one(1, 0.01, 1)], 0, [0.5, 0.99])).toEqual([Infinity, Infinity])
    expect(waitingMany(4, 0.01, 4).meanS).toBe(Infinity)
  })
  test('behavior: more load, more variation and one queue more never shorten a quantile', () => {
    let before = 0
    for (const load of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      const [p95] = delayQuantiles([one(load, 0.01, 1)], 0, [0.95])
      expect(p95).toBeGreaterThan(before)
      before = p95!
    }
    const of = (cv2: number) => delayQuantiles([one(0.6, 0.01, cv2)], 0, [0.99])[0]!
    expect(of(0)).toBeLessThan(of(0.5))
    expect(of(0.5)).toBeLessThan(of(1))
    expect(of(1)).toBeLessThan(of(3))
    const [alone] = delayQuantiles([one(0.6, 0.01, 1)], 0, [0.95])
    expect(delayQuantiles([one(0.6, 0.01, 1), one(0.1, 0.001, 1)], 0, [0.95])[0]).toBeGreaterThan(alone!)
  })
})
