import { readFileSync } from 'node:fs'
import { TwinError } from '../../base/errors.ts'
import { FLOW_METHODS, type FlowMethod, solveCase } from '../../engines/grid/solveCase.ts'
import { gridFormatOf } from '../../formats/grids/index.ts'
import type { BranchResult, GridSolution } from '../../model/gridSolution.ts'
import { type CliArgs, defineCommand } from '../command.ts'

const HELP = `Reads power-grid-model JSON and MATPOWER .m.
  --update FILE     batch of updates (power-grid-model); one scenario each
  --method NAME     auto (default), sweep, current, newton
  --tol N           voltage tolerance in per unit, default 1e-8
  --phases 1        balanced; 3 (unbalanced) is not available yet`

function readFile(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new TwinError('FILE_UNREADABLE', `${path} cannot be read: ${(error as Error).message}.`, { path })
  }
}

const text = (args: CliArgs, name: string): string | undefined => {
  const value = args.values[name]
  return typeof value === 'string' ? value : undefined
}

function optionsOf(args: CliArgs): { method: FlowMethod; tolerance: number } {
  const phases = text(args, 'phases') ?? '1'
  if (phases === '3')
    throw new TwinError('NOT_AVAILABLE_YET', 'Three-phase calculation (--phases 3) is not available yet.', { phases })
  if (phases !== '1') throw new TwinError('BAD_USAGE', `--phases is "${phases}", expected 1 or 3.`, { phases })
  const method = (text(args, 'method') ?? 'auto') as FlowMethod
  if (!FLOW_METHODS.includes(method))
    throw new TwinError('BAD_USAGE', `--method is "${method}", expected one of: ${FLOW_METHODS.join(', ')}.`, {
      method,
    })
  const tolerance = Number(text(args, 'tol') ?? 1e-8)
  if (!(tolerance > 0 && tolerance < 1))
    throw new TwinError('BAD_USAGE', `--tol is "${text(args, 'tol')}", expected a number between 0 and 1.`)
  return { method, tolerance }
}

/** NaN and infinities have no place in JSON: what has no value is null. */
const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null)

const SIDES = { 2: ['From', 'To'], 3: ['From', 'To', '3'] } as const

/** A branch as DESIGN 7 documents it: one entry in each array per phase; a third winding adds `…3`. */
function branchJson({ id, ends, loading }: BranchResult): Record<string, unknown> {
  const row: Record<string, unknown> = { id }
  ends.forEach(({ pW, qVar, iA }, k) => {
    const side = SIDES[ends.length as 2 | 3][k]
    row[`p${side}W`] = [orNull(pW)]
    row[`q${side}Var`] = [orNull(qVar)]
    row[`i${side}A`] = [orNull(iA)]
  })
  return { ...row, loading: orNull(loading) }
}

/** A scenario that did not converge carries no figures, only the node that limits it. */
function scenarioJson(solution: GridSolution): Record<string, unknown> {
  const { converged, iterations, mismatchPu, method, worst } = solution
  const head = { converged, iterations, maxMismatch: orNull(mismatchPu), method, worst }
  if (!converged) return { ...head, nodes: [], branches: [], appliances: [], lossW: null, lossVar: null, taps: [] }
  return {
    ...head,
    nodes: solution.nodes.map(({ id, vPu, angleRad }) => ({ id, uPu: [vPu], angleRad: [angleRad] })),
    branches: solution.branches.map(branchJson),
    appliances: solution.appliances.map(({ id, pW, qVar }) => ({ id, pW: [pW], qVar: [qVar] })),
    lossW: solution.lossW,
    lossVar: solution.lossVar,
    taps: solution.taps,
  }
}

function summary(solution: GridSolution, k: number): string {
  const { converged, iterations, method, worst, lossW, nodes } = solution
  if (!converged)
    return `scenario ${k + 1}: did not converge in ${iterations} iterations (${method}); worst at node ${worst}`
  // a node that no source reaches has no voltage to speak of
  const lowest = nodes.filter(({ vPu }) => vPu > 0).reduce((a, b) => (b.vPu < a.vPu ? b : a))
  return `scenario ${k + 1}: converged in ${iterations} iterations (${method}); losses ${(lossW / 1e3).toFixed(4)} kW; lowest voltage ${lowest.vPu.toFixed(8)} pu at node ${lowest.id}`
}

export const gridSolve = defineCommand({
  name: 'grid solve',
  usage: 'FILE [--update FILE] [--method auto|sweep|current|newton] [--tol N] [--phases 1|3]',
  summary: 'AC power flow of a grid file',
  help: HELP,
  options: {
    update: { type: 'string' },
    method: { type: 'string' },
    tol: { type: 'string' },
    phases: { type: 'string' },
  },
  async run(args, io) {
    const [path, extra] = args.positionals
    if (!path || extra) throw new TwinError('BAD_USAGE', `grid solve takes 1 file, got ${args.positionals.length}.`)
    const { method, tolerance } = optionsOf(args)
    const bytes = readFile(path)
    const update = text(args, 'update')
    const file = gridFormatOf(bytes).read(bytes, update === undefined ? undefined : readFile(update))
    for (const { code, message, ids } of file.findings) io.err(`${code}: ${message} (${ids.join(', ')})`)

    const solutions = file.cases.map((grid) => solveCase(grid, { method, tolerance }))
    const converged = solutions.every((solution) => solution.converged)
    if (args.values.json) {
      io.out(
        JSON.stringify({
          converged,
          iterations: Math.max(0, ...solutions.map(({ iterations }) => iterations)),
          maxMismatch: orNull(Math.max(0, ...solutions.map(({ mismatchPu }) => mismatchPu))),
          scenarios: solutions.map(scenarioJson),
          findings: file.findings,
        }),
      )
    } else for (const [k, solution] of solutions.entries()) io.out(summary(solution, k))
    return converged ? 0 : 1
  },
})
