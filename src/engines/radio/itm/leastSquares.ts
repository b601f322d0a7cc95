/** Heights of a fitted line at the first and the last point of the profile. */
export const fitted = new Float64Array(2)

/**
 * Least-squares line through the part of a profile between two distances, end points at half weight.
 *
 * Shapes   height [intervals + 1]
 * Writes   `fitted`: the line's height at both ends of the whole profile
 * Cost     O(points in the part)
 * Source   G. Hufford, The ITS Irregular Terrain Model, version 1.2.2: the algorithm, section 6 (zlsq1)
 */
export function fitLine(height: Float64Array, intervals: number, stepM: number, fromM: number, toM: number): void {
  let first = Math.trunc(Math.max(fromM / stepM, 0))
  let last = intervals - Math.trunc(Math.max(intervals - toM / stepM, 0))
  if (last <= first) {
    first = Math.max(first - 1, 0)
    last = intervals - Math.max(intervals - (last + 1), 0)
  }
  const span = last - first
  const half = -0.5 * span
  let sum = 0.5 * (height[first] + height[last])
  let moment = 0.5 * (height[first] - height[last]) * half
  for (let i = first + 1, x = half + 1; i < last; i++, x++) {
    sum += height[i]
    moment += height[i] * x
  }
  const mean = sum / span
  const slope = (12 * moment) / ((span * span + 2) * span)
  const middle = last + half
  fitted[0] = mean - slope * middle
  fitted[1] = mean + slope * (intervals - middle)
}
