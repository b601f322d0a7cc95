import type { Instance } from './instance.ts'

/** A linear problem in variables from 0 to 1, the first ones whole. */
export interface MipProblem {
  readonly maximise: boolean
  readonly cost: Float64Array // [variables]
  readonly wholes: number // variables 0 … wholes - 1 are 0 or 1
  readonly rowStart: Int32Array // [rows + 1]
  readonly rowVariable: Int32Array
  readonly rowValue: Float64Array
  readonly rowLower: Float64Array // [rows]
  readonly rowUpper: Float64Array // [rows]
  readonly maxNodes: number // of the search tree: a limit no clock decides
}

export interface MipAnswer {
  readonly x: Float64Array | null // [variables]; null when none was found
  readonly bound: number // no choice is better
  readonly optimal: boolean
}

/** Whoever solves it: handed in by the caller, since an engine loads nothing. */
export type MipSolver = (problem: MipProblem) => MipAnswer

/** Search nodes at most; instances of some hundred sites need a few. */
const MAX_NODES = 200_000

/**
 * The problem as a linear one: x_s whether a site is chosen; for coverage under a budget also y_p how far a point is
 * covered, which is whole by itself.
 */
export function mipOf(x: Instance, budget: number | null): MipProblem {
  const start = [0]
  const [variable, value, lower, upper]: [number[], number[], number[], number[]] = [[], [], [], []]
  const row = (entries: readonly (readonly [number, number])[], low: number, high: number): void => {
    for (const [v, a] of entries) {
      variable.push(v)
      value.push(a)
    }
    start.push(variable.length)
    lower.push(low)
    upper.push(high)
  }
  for (let p = 0; p < x.points; p++) {
    const sites = [...x.pointSite.subarray(x.pointStart[p], x.pointStart[p + 1])].map((s) => [s, 1] as const)
    if (budget === null) row(sites, 1, Infinity)
    else row([...sites, [x.sites + p, -1]], 0, Infinity)
  }
  if (budget !== null)
    row(
      [...x.cost].map((c, s) => [s, c] as const),
      -Infinity,
      budget,
    )
  for (let s = 0; s < x.sites; s++) {
    if (!x.open[s]) row([[s, 1]], 0, 0)
    for (const rival of x.rivals[s])
      if (rival > s)
        row(
          [
            [s, 1],
            [rival, 1],
          ],
          -Infinity,
          1,
        )
  }
  const cost = budget === null ? x.cost : Float64Array.of(...new Float64Array(x.sites), ...x.weight)
  return {
    maximise: budget !== null,
    cost,
    wholes: x.sites,
    rowStart: Int32Array.from(start),
    rowVariable: Int32Array.from(variable),
    rowValue: Float64Array.from(value),
    rowLower: Float64Array.from(lower),
    rowUpper: Float64Array.from(upper),
    maxNodes: MAX_NODES,
  }
}
