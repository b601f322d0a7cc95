import { pow } from '../../base/math/pow.ts'
import type { Irr } from '../../model/economics.ts'

/** Factor of one month at a yearly rate. */
export const monthlyFactor = (perYear: number): number => pow(1 + perYear, 1 / 12)

/** Present value at time 0 of flows at times 0, 1, 2 …, each period at `rate`. Horner's rule from the far end. */
export function presentValue(flows: ArrayLike<number>, rate: number): number {
  const v = 1 / (1 + rate)
  let sum = 0
  for (let i = flows.length - 1; i >= 0; i--) sum = sum * v + flows[i]
  return sum
}

/** First period (0 …) after which what came in, at `rate`, covers what went out; NaN when never. */
export function paybackPeriod(outlay: number, flows: ArrayLike<number>, rate: number): number {
  let open = -outlay
  let v = 1
  for (let i = 0; i < flows.length; i++) {
    v /= 1 + rate
    const flow = flows[i] * v
    if (open + flow >= 0) return flow > 0 ? i + Math.max(0, -open) / flow : i
    open += flow
  }
  return NaN
}

const GRID = 4000
const FACTOR_MIN = 1e-3 // a loss of 99.9 % a period
const FACTOR_MAX = 1e3

/**
 * All internal rates of return per period of flows at times 0, 1, 2 …, in rising order.
 *
 * Source   sign changes of the present value over a logarithmic grid of growth factors, each refined by bisection;
 *          a double root without sign change is not counted
 */
export function ratesOfReturn(flows: ArrayLike<number>): number[] {
  let signs = 0
  for (let i = 1, last = Math.sign(flows[0] ?? 0); i < flows.length; i++) {
    const sign = Math.sign(flows[i])
    if (sign !== 0 && last !== 0 && sign !== last) signs++
    if (sign !== 0) last = sign
  }
  if (signs === 0) return []
  // scaled so that huge flows stay finite
  let largest = 0
  for (let i = 0; i < flows.length; i++) largest = Math.max(largest, Math.abs(flows[i]))
  const scaled = Float64Array.from(flows, (flow) => flow / largest)
  const at = (factor: number): number => {
    // divided by the highest power of the larger of factor and 1, so that no term overflows
    let sum = 0
    if (factor >= 1) {
      const v = 1 / factor
      for (let i = scaled.length - 1; i >= 0; i--) sum = sum * v + scaled[i]
    } else for (let i = 0; i < scaled.length; i++) sum = sum * factor + scaled[i]
    return sum
  }
  const rates: number[] = []
  const step = pow(FACTOR_MAX / FACTOR_MIN, 1 / GRID)
  let low = FACTOR_MIN
  let atLow = at(low)
  for (let k = 0; k < GRID && rates.length <= signs; k++) {
    const high = low * step
    const atHigh = at(high)
    if (atLow === 0) rates.push(low - 1)
    else if (atLow > 0 !== atHigh > 0 && atHigh !== 0) {
      let [a, b, fa] = [low, high, atLow]
      for (let i = 0; i < 100; i++) {
        const middle = 0.5 * (a + b)
        const fm = at(middle)
        if (fa > 0 === fm > 0) {
          a = middle
          fa = fm
        } else b = middle
      }
      rates.push(0.5 * (a + b) - 1)
    }
    low = high
    atLow = atHigh
  }
  return rates
}

/** Internal rate of return a year of monthly flows, with how many there are. */
export function irrPerYear(monthly: ArrayLike<number>): Irr {
  const all = ratesOfReturn(monthly).map((rate) => pow(1 + rate, 12) - 1)
  if (all.length === 0) return { kind: 'none', perYear: NaN, all }
  const perYear = all.reduce((best, rate) => (Math.abs(rate) < Math.abs(best) ? rate : best))
  return { kind: all.length === 1 ? 'one' : 'multiple', perYear, all }
}
