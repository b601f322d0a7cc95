import { exp } from '../../../base/math/exp.ts'
import { fitLine, fitted } from './leastSquares.ts'

/** Distance in m over which terrain shows its whole irregularity. */
const FULL_M = 50_000

/** Terrain irregularity seen over a distance; Longley and Rice, ERL 79-ITS 67, equation (3). */
export const irregularityOver = (distanceM: number, deltaHM: number): number =>
  deltaHM * (1 - 0.8 * exp(-distanceM / FULL_M))

/** Standard deviation of the terrain within the first Fresnel zone; ERL 79-ITS 67, equation (3.6a). */
export const roughnessM = (deltaHM: number): number =>
  deltaHM === 0 ? 0 : 0.78 * deltaHM * exp(-0.5 * Math.sqrt(Math.sqrt(deltaHM)))

const MOST = 245
const sampled = new Float64Array(MOST)
const rest = new Float64Array(MOST)
const BUCKETS = 256
const counts = new Int32Array(BUCKETS)
const few = new Float64Array(MOST)

/** The k-th largest of the bucket's values, k counted within it. */
function nthOfBucket(n: number, least: number, scale: number, bucket: number, k: number): number {
  let m = 0
  for (let i = 0; i < n; i++) {
    const value = rest[i]
    if (Math.trunc((value - least) * scale) !== bucket) continue
    let at = m++
    for (; at > 0 && few[at - 1] < value; at--) few[at] = few[at - 1]
    few[at] = value
  }
  return few[k]
}

/**
 * The difference between the k-th largest and the k-th smallest of the first n of `rest`, k from 0. Values are counted
 * into buckets first, and only the bucket of the answer is sorted: no branch depends on the order of the terrain.
 */
function spreadOf(n: number, k: number): number {
  let least = Infinity
  let most = -Infinity
  for (let i = 0; i < n; i++) {
    least = Math.min(least, rest[i])
    most = Math.max(most, rest[i])
  }
  if (!(most > least)) return 0
  const scale = (BUCKETS - 1) / (most - least)
  if (scale === Infinity) return 0
  counts.fill(0)
  for (let i = 0; i < n; i++) counts[Math.trunc((rest[i] - least) * scale)]++
  let bucket = BUCKETS - 1
  let left = k
  while (left >= counts[bucket]) left -= counts[bucket--]
  const upper = nthOfBucket(n, least, scale, bucket, left)
  bucket = 0
  left = k
  while (left >= counts[bucket]) left -= counts[bucket++]
  return upper - nthOfBucket(n, least, scale, bucket, counts[bucket] - 1 - left)
}

/**
 * Terrain irregularity parameter: the interdecile range of heights about their fitted line, carried to infinite distance.
 *
 * Shapes   height [intervals + 1]
 * Cost     O(points), over at most 245 interpolated samples for the quantiles
 * Source   G. Hufford, The ITS Irregular Terrain Model, version 1.2.2: the algorithm, section 6 (dlthx)
 */
export function terrainIrregularity(
  height: Float64Array,
  intervals: number,
  stepM: number,
  fromM: number,
  toM: number,
): number {
  const start = fromM / stepM
  const end = toM / stepM
  if (end - start < 2) return 0
  const tenth = Math.min(Math.max(4, Math.trunc(0.1 * (end - start + 8))), 25)
  const n = 10 * tenth - 5
  const stride = (end - start) / (n - 1)
  const first = Math.trunc(start) + 1
  for (let j = 0; j < n; j++) {
    const x = start + j * stride
    const i = Math.min(Math.max(Math.ceil(x), first), intervals)
    sampled[j] = height[i] + (height[i] - height[i - 1]) * (x - i)
  }
  fitLine(sampled, n - 1, 1, 0, n - 1)
  const slope = (fitted[1] - fitted[0]) / (n - 1)
  let line = fitted[0]
  for (let j = 0; j < n; j++, line += slope) rest[j] = sampled[j] - line
  return spreadOf(n, tenth - 1) / (1 - 0.8 * exp(-(toM - fromM) / FULL_M))
}
