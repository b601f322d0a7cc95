import { cos, sin } from '../../base/math/trig.ts'
import type { CaseTransformer, GridCase, GridId, TapRegulator } from '../../model/gridCase.ts'
import type { GridSolution } from '../../model/gridSolution.ts'
import { complex, inverse, squaredSize, times } from './complex.ts'
import { BASE_VA } from './network.ts'
import { type SolveOptions, solveCase } from './solveCase.ts'

/** Which of the positions inside the band is taken: the first met, the one of lowest or of highest voltage. */
export const TAP_STRATEGIES = ['any', 'min', 'max', 'fast-any'] as const
export type TapStrategy = (typeof TAP_STRATEGIES)[number]

/** +1 when a higher position raises the voltage of the regulated side. */
const raising = ({ tap, tapSide }: CaseTransformer, { side }: TapRegulator): 1 | -1 =>
  (tap.max > tap.min ? 1 : -1) * (tapSide === side ? 1 : -1) > 0 ? 1 : -1

/** Transformers between each regulated transformer and the nearest source: the order in which they settle. */
function ranks(grid: GridCase): Map<GridId, number> {
  const depth = new Float64Array(grid.nodes.length).fill(Infinity)
  for (const { node, closed } of grid.sources) if (closed) depth[node] = 0
  const steps = [
    ...grid.transformers.map((t) => ({ ...t, cost: 1 })),
    ...[...grid.lines, ...grid.links, ...grid.pis].map((l) => ({ ...l, cost: 0 })),
  ]
  for (let changed = true; changed; ) {
    changed = false
    for (const { from, to, fromClosed, toClosed, cost } of steps) {
      if (!fromClosed || !toClosed) continue
      for (const [a, b] of [
        [from, to],
        [to, from],
      ] as const)
        if (depth[a] + cost < depth[b]) {
          depth[b] = depth[a] + cost
          changed = true
        }
    }
  }
  return new Map(grid.transformers.map(({ id, from, to }) => [id, Math.min(depth[from], depth[to])]))
}

/** The regulated voltage in volts, line-drop compensation included. */
function regulatedV(grid: GridCase, solution: GridSolution, t: CaseTransformer, r: TapRegulator): number {
  const at = r.side === 'from' ? t.from : t.to
  const { ratedV } = grid.nodes[at]
  const { vPu, angleRad } = solution.nodes[at]
  const v = complex(vPu * cos(angleRad), vPu * sin(angleRad))
  const flow = solution.branches.find(({ id }) => id === t.id)?.ends[r.side === 'from' ? 0 : 1]
  if (!flow || vPu === 0) return NaN
  const s = times(complex(flow.pW / BASE_VA, flow.qVar / BASE_VA), inverse(v)) // conjugate of the current into it
  const zBase = (ratedV * ratedV) / BASE_VA
  const drop = times(complex(r.dropOhm[0] / zBase, r.dropOhm[1] / zBase), complex(s.re, -s.im))
  return Math.sqrt(squaredSize(complex(v.re + drop.re, v.im + drop.im))) * ratedV
}

const withTap = (grid: GridCase, id: GridId, position: number): GridCase => ({
  ...grid,
  transformers: grid.transformers.map((t) => (t.id === id ? { ...t, tap: { ...t.tap, position } } : t)),
})

/**
 * AC power flow of a balanced case whose tap changers regulate: position by position until every regulated voltage is
 * inside its band, those nearer to a source first. `min` and `max` begin at the end of lowest and highest voltage.
 *
 * Throws   as {@link solveCase}
 */
export function solveTapped(grid: GridCase, options: SolveOptions = {}, strategy: TapStrategy = 'any'): GridSolution {
  const rank = ranks(grid)
  const regulated = grid.transformers
    .flatMap((t) => (t.regulator ? [{ id: t.id, regulator: t.regulator, up: raising(t, t.regulator) }] : []))
    .sort((a, b) => (rank.get(a.id) as number) - (rank.get(b.id) as number))
  let now = grid
  if (strategy === 'min' || strategy === 'max')
    for (const { id, up } of regulated) {
      const { tap } = grid.transformers.find((t) => t.id === id) as CaseTransformer
      const highest = Math.max(tap.min, tap.max)
      const lowest = Math.min(tap.min, tap.max)
      now = withTap(now, id, (strategy === 'max') === up > 0 ? highest : lowest)
    }
  const positions = regulated.reduce((sum, { id }) => {
    const { tap } = grid.transformers.find((t) => t.id === id) as CaseTransformer
    return sum + Math.abs(tap.max - tap.min) + 1
  }, 0)
  for (let round = 0; ; round++) {
    const solution = solveCase(now, options)
    if (!solution.converged) return solution
    const atLimit: GridId[] = []
    let next: GridCase | null = null
    for (const { id, regulator, up } of regulated) {
      const t = now.transformers.find((own) => own.id === id) as CaseTransformer
      const error = regulator.setV - regulatedV(now, solution, t, regulator)
      if (!(Math.abs(error) > regulator.bandV / 2)) continue
      const position = t.tap.position + (error > 0 ? up : -up)
      if (position > Math.max(t.tap.min, t.tap.max) || position < Math.min(t.tap.min, t.tap.max)) {
        atLimit.push(regulator.id)
        continue
      }
      next = withTap(now, id, position)
      break
    }
    // a band narrower than a step makes a regulator hunt; it is left where it stands and said to want more
    if (next && round <= 2 * positions) {
      now = next
      continue
    }
    return { ...solution, atLimit: next ? regulated.map(({ regulator }) => regulator.id) : atLimit }
  }
}
