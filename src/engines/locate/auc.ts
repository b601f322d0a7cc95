import { TwinError } from '../../base/errors.ts'

/**
 * Area under the curve of hits over false alarms: how often a liar scores higher than an honest one, ties by half.
 *
 * Throws   LOCATE_INVALID when one of the two is empty
 * Source   Mann and Whitney, 1947: U divided by the number of pairs. Cost O(n log n)
 */
export function areaUnderCurve(honest: ArrayLike<number>, liars: ArrayLike<number>): number {
  if (honest.length * liars.length === 0)
    throw new TwinError(
      'LOCATE_INVALID',
      `${honest.length} honest and ${liars.length} false claims, expected some of each.`,
      {
        honest: honest.length,
        liars: liars.length,
      },
    )
  const sorted = Float64Array.from(honest).sort()
  let pairs = 0
  for (let i = 0; i < liars.length; i++) pairs += (below(sorted, liars[i]!, false) + below(sorted, liars[i]!, true)) / 2
  return pairs / (honest.length * liars.length)
}

/** How many of a sorted list lie below a value, or with `even` at it too. */
function below(sorted: Float64Array, value: number, even: boolean): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < value || (even && sorted[middle] === value)) low = middle + 1
    else high = middle
  }
  return low
}
