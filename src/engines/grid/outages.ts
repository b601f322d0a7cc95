import type { Steps } from '../../base/steps.ts'
import type { GridCase, GridId } from '../../model/gridCase.ts'
import type { GridSolution } from '../../model/gridSolution.ts'
import { type SolveOptions, solveCase } from './solveCase.ts'

/** What the grid looks like with one branch out. */
export interface Outage {
  readonly id: GridId // the branch that is out
  readonly converged: boolean
  readonly worst: GridId // node of the worst mismatch; where it failed when it did not converge
  readonly lostW: number // load that no source reaches any more
  readonly darkNodes: number // nodes likewise, those dark without the outage left out
  readonly highestLoading: number // NaN when no branch is rated or nothing converged
  readonly highestBranch: GridId | null
  readonly lowestVPu: number // of the nodes that are alive
  readonly lowestNode: GridId | null
  readonly violations: number // branches above 100 % and nodes outside the band
}

export interface OutageOptions extends SolveOptions {
  readonly limitPu?: number // largest deviation of a voltage from the rated one
}

const TABLES = ['lines', 'pis', 'transformers'] as const

/** The case with one branch open at both ends. */
const without = (grid: GridCase, table: (typeof TABLES)[number], at: number): GridCase => ({
  ...grid,
  [table]: grid[table].map((own, k) => (k === at ? { ...own, fromClosed: false, toClosed: false } : own)),
})

function outageOf(
  grid: GridCase,
  id: GridId,
  solution: GridSolution,
  wasDark: ReadonlySet<number>,
  limitPu: number,
): Outage {
  const { converged, worst } = solution
  const blank = {
    id,
    converged,
    worst,
    lostW: NaN,
    darkNodes: 0,
    highestLoading: NaN,
    highestBranch: null,
    lowestVPu: NaN,
    lowestNode: null,
    violations: 0,
  }
  if (!converged) return blank
  let [highestLoading, lowestVPu, violations, darkNodes] = [NaN, Infinity, 0, 0]
  let [highestBranch, lowestNode]: [GridId | null, GridId | null] = [null, null]
  for (const { id: branch, loading } of solution.branches) {
    if (loading > 1) violations++
    if (!(loading <= highestLoading) && !Number.isNaN(loading)) [highestLoading, highestBranch] = [loading, branch]
  }
  const dark = new Set<number>()
  solution.nodes.forEach(({ id: node, vPu }, i) => {
    if (vPu === 0) {
      dark.add(i)
      if (!wasDark.has(i)) darkNodes++
      return
    }
    if (Math.abs(vPu - 1) > limitPu) violations++
    if (vPu < lowestVPu) [lowestVPu, lowestNode] = [vPu, node]
  })
  const lostW = grid.loads.reduce(
    (sum, { node, closed, sign, pW }) =>
      closed && sign === 1 && dark.has(node) && !wasDark.has(node) ? sum + pW : sum,
    0,
  )
  return { ...blank, lostW, darkNodes, highestLoading, highestBranch, lowestVPu, lowestNode, violations }
}

/**
 * N-1: every closed line, circuit and transformer out once, the rest solved. Links join busbars and stay.
 *
 * Returns  one row a branch, in order of the tables
 * Throws   as {@link solveCase}
 * Cost     one solution a branch
 */
export function* runOutages(grid: GridCase, { limitPu = 0.1, ...options }: OutageOptions = {}): Steps<Outage[]> {
  const whole = solveCase(grid, options)
  const wasDark = new Set(whole.nodes.flatMap(({ vPu }, i) => (vPu === 0 ? [i] : [])))
  const jobs = TABLES.flatMap((table) =>
    grid[table].flatMap(({ id, fromClosed, toClosed }, at) => (fromClosed || toClosed ? [{ table, at, id }] : [])),
  )
  const rows: Outage[] = []
  for (const { table, at, id } of jobs) {
    rows.push(outageOf(grid, id, solveCase(without(grid, table, at), options), wasDark, limitPu))
    yield rows.length / jobs.length
  }
  return rows
}
