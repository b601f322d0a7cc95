/**
 * Moves the value of rank k (from 0) to its place: smaller ones before it, larger ones behind it.
 *
 * Writes   values between from and to
 * Cost     O(n) on average
 * Source   C. A. R. Hoare, Communications of the ACM 4 (1961), Find; the pivot is the middle of three, so nothing is left to chance
 */
function selectRank(values: Float64Array, k: number, from: number, to: number): void {
  let [left, right] = [from, to]
  while (right > left) {
    const middle = (left + right) >> 1
    const [a, b, c] = [values[left], values[middle], values[right]]
    const pivot = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
    let [i, j] = [left, right]
    while (i <= j) {
      while (values[i] < pivot) i++
      while (pivot < values[j]) j--
      if (i > j) break
      const kept = values[i]
      values[i++] = values[j]
      values[j--] = kept
    }
    if (k <= j) right = j
    else if (k >= i) left = i
    else return
  }
}

/**
 * Quantiles without sorting everything, by linear interpolation between ranks (Hyndman & Fan type 7): the same numbers as
 * of the sorted values. `ps` in rising order; no value may be NaN.
 *
 * Writes   values: their order
 * Returns  one for each of ps; NaN when there are no values
 */
export function selectQuantiles(values: Float64Array, ps: readonly number[]): number[] {
  const last = values.length - 1
  let done = 0
  return ps.map((p) => {
    if (last < 0) return NaN
    const at = p * last
    const low = Math.floor(at)
    selectRank(values, low, done, last)
    done = low
    const next = Math.min(low + 1, last)
    selectRank(values, next, done, last)
    const a = values[low]
    return a + (values[next] - a) * (at - low)
  })
}
