import { exp } from '../../base/math/exp.ts'
import type { Random } from '../../base/random.ts'

/** A Poisson count. Source: Knuth, The Art of Computer Programming 2, 3.4.1; in blocks, so that e^-mean stays a number. */
export function drawPoisson(random: Random, mean: number): number {
  let count = 0
  let left = mean
  while (left > 0) {
    const part = Math.min(left, 30)
    const limit = exp(-part)
    for (let p = random.next(); p > limit; p *= random.next()) count++
    left -= part
  }
  return count
}

/** Times of arrival over a day in hours, ascending: a Poisson number of them, spread by the weights of the hours. */
export function drawArrivals(random: Random, perDay: number, hours: readonly number[]): number[] {
  const total = hours.reduce((a, b) => a + b, 0)
  return Array.from({ length: drawPoisson(random, perDay) }, () => {
    let at = random.next() * total
    let hour = 0
    while (hour < 23 && at >= hours[hour]) at -= hours[hour++]
    return hour + at / hours[hour]
  }).sort((a, b) => a - b)
}

/** Adds a constant power between two hours of the day to a series of means; what runs past midnight goes to the morning. */
export function addPower(series: Float64Array, fromH: number, toH: number, powerW: number): void {
  const steps = series.length
  const stepH = 24 / steps
  for (let at = Math.floor(fromH / stepH); at * stepH < toH; at++) {
    const overlap = Math.min(toH, (at + 1) * stepH) - Math.max(fromH, at * stepH)
    series[((at % steps) + steps) % steps] += (powerW * overlap) / stepH
  }
}
