/** How two drivers go together: by the correlation of the normal numbers behind them. */
export interface Correlation {
  readonly a: string
  readonly b: string
  readonly rho: number
}

/**
 * Lower triangle whose product with its transpose is the correlation of the drivers, in their order.
 *
 * Shapes   [n, n], row by row
 * Returns  null when no set of numbers can be correlated so
 * Source   A.-L. Cholesky
 */
export function correlationFactor(ids: readonly string[], pairs: readonly Correlation[]): Float64Array | null {
  const n = ids.length
  const l = new Float64Array(n * n)
  for (let i = 0; i < n; i++) l[i * n + i] = 1
  for (const { a, b, rho } of pairs) {
    const [i, j] = [ids.indexOf(a), ids.indexOf(b)]
    if (i < 0 || j < 0 || i === j || !(rho >= -1 && rho <= 1)) return null
    l[Math.max(i, j) * n + Math.min(i, j)] = rho
  }
  for (let j = 0; j < n; j++) {
    let diagonal = l[j * n + j]
    for (let k = 0; k < j; k++) diagonal -= l[j * n + k] * l[j * n + k]
    if (!(diagonal > 1e-12)) return null
    l[j * n + j] = Math.sqrt(diagonal)
    for (let i = j + 1; i < n; i++) {
      let sum = l[i * n + j]
      for (let k = 0; k < j; k++) sum -= l[i * n + k] * l[j * n + k]
      l[i * n + j] = sum / l[j * n + j]
    }
  }
  return l
}

/** Mixes independent normal numbers into correlated ones, in place. */
export function correlate(factor: Float64Array, z: Float64Array): void {
  const n = z.length
  for (let i = n - 1; i >= 0; i--) {
    let sum = 0
    for (let k = 0; k <= i; k++) sum += factor[i * n + k] * z[k]
    z[i] = sum
  }
}
