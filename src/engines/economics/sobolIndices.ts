import { scrambledSobol } from '../../base/sobol.ts'
import type { Steps } from '../../base/steps.ts'

/** An index with what chance still leaves open. */
export interface Estimate {
  readonly value: number
  readonly standardError: number
}

/** How much of a result's variance each input decides: alone, and with all it does together with others. */
export interface SobolIndices {
  readonly first: readonly Estimate[] // [inputs]
  readonly total: readonly Estimate[] // [inputs]
  readonly evaluations: number
}

export interface SobolOptions {
  readonly inputs: number // at most half the dimensions of the sequence
  readonly points: number // of one replicate, a power of two
  readonly replicates: number // independent scramblings, from which the standard errors come
  readonly seed: number
}

/** Inputs that the sequence has dimensions for: two points of all inputs stand side by side. */
export const MOST_INPUTS = 10

/**
 * Variance-based sensitivity of a function on the unit cube. `evaluate` may keep no reference to its argument.
 *
 *   first   mean of f(B) (f(A with column i of B) - f(A)) / variance
 *   total   mean of (f(A) - f(A with column i of B))² / (2 variance)
 *
 * Cost     replicates x points x (inputs + 2) evaluations
 * Source   A. Saltelli et al., Computer Physics Communications 181 (2010); M. J. W. Jansen, ibid. 117 (1999)
 */
export function* sobolIndices(
  evaluate: (point: Float64Array) => number,
  { inputs, points, replicates, seed }: SobolOptions,
): Steps<SobolIndices> {
  const first = Array.from({ length: inputs }, () => new Float64Array(replicates))
  const total = Array.from({ length: inputs }, () => new Float64Array(replicates))
  const a = new Float64Array(inputs)
  const b = new Float64Array(inputs)
  const atA = new Float64Array(points)
  const atB = new Float64Array(points)
  const mixed = Array.from({ length: inputs }, () => new Float64Array(points))
  for (let r = 0; r < replicates; r++) {
    const own = seed + 7919 * r
    for (let n = 0; n < points; n++) {
      for (let i = 0; i < inputs; i++) {
        a[i] = (scrambledSobol(n, i, own) + 0.5) / 4294967296
        b[i] = (scrambledSobol(n, inputs + i, own) + 0.5) / 4294967296
      }
      atA[n] = evaluate(a)
      atB[n] = evaluate(b)
      for (let i = 0; i < inputs; i++) {
        const kept = a[i]
        a[i] = b[i]
        mixed[i][n] = evaluate(a)
        a[i] = kept
      }
    }
    let mean = 0
    for (let n = 0; n < points; n++) mean += (atA[n] + atB[n]) / (2 * points)
    let variance = 0
    for (let n = 0; n < points; n++) {
      const [da, db] = [atA[n] - mean, atB[n] - mean]
      variance += (da * da + db * db) / (2 * points)
    }
    for (let i = 0; i < inputs; i++) {
      let [s, t] = [0, 0]
      for (let n = 0; n < points; n++) {
        const step = mixed[i][n] - atA[n]
        // taken about the mean, which changes nothing but the noise
        s += (atB[n] - mean) * step
        t += step * step
      }
      first[i][r] = variance > 0 ? s / points / variance : 0
      total[i][r] = variance > 0 ? t / points / 2 / variance : 0
    }
    yield (r + 1) / replicates
  }
  return {
    first: first.map(estimate),
    total: total.map(estimate),
    evaluations: replicates * points * (inputs + 2),
  }
}

function estimate(values: Float64Array): Estimate {
  const n = values.length
  const value = values.reduce((sum, x) => sum + x, 0) / n
  const spread = values.reduce((sum, x) => sum + (x - value) * (x - value), 0) / Math.max(1, n - 1)
  return { value, standardError: Math.sqrt(spread / n) }
}
