import { TwinError } from '../../base/errors.ts'
import { phaseCaseOf } from '../../engines/grid/phaseCaseOf.ts'
import { FLOW_METHODS, type FlowMethod } from '../../engines/grid/solveCase.ts'
import { solvePhases } from '../../engines/grid/solvePhases.ts'
import { solveTapped, TAP_STRATEGIES, type TapStrategy } from '../../engines/grid/solveTapped.ts'
import type { GridFile } from '../../formats/grids/gridFormat.ts'
import { gridFormats } from '../../formats/grids/index.ts'
import { type CliArgs, defineCommand } from '../command.ts'
import { readGrid } from '../grid/readGrid.ts'
import { orNull, phaseSolutionJson, solutionJson, solutionLine } from '../grid/solutionJson.ts'
import { writeGrid } from '../grid/writeGrid.ts'
import { textOption } from '../options.ts'

const HELP = `Reads ${gridFormats.map(({ title }) => title).join(', ')}.
  --update FILE     batch of updates (power-grid-model); one scenario each
  --phases N        1 balanced, 3 with phases told apart; by default what the file describes
  --method NAME     auto (default), sweep, current, newton; three phases are solved by current
  --tol N           voltage tolerance in per unit, default 1e-8
  --tap-strategy S  any (default), min, max, fast-any: which position inside the band regulators take
  --out FILE        writes the first scenario: .json for pandapower, .dss for OpenDSS, .csv and .geojson with results`

/** One of a list of words, or its initial value. */
function wordOption<Word extends string>(args: CliArgs, name: string, words: readonly Word[], initial: Word): Word {
  const given = textOption(args, name) ?? initial
  const word = words.find((w) => w === given)
  if (word !== undefined) return word
  throw new TwinError('BAD_USAGE', `--${name} is "${given}", expected one of: ${words.join(', ')}.`, { option: name })
}

function optionsOf(args: CliArgs) {
  const phases = textOption(args, 'phases')
  if (phases !== undefined && phases !== '1' && phases !== '3')
    throw new TwinError('BAD_USAGE', `--phases is "${phases}", expected 1 or 3.`, { phases })
  const tolerance = Number(textOption(args, 'tol') ?? 1e-8)
  if (!(tolerance > 0 && tolerance < 1))
    throw new TwinError('BAD_USAGE', `--tol is "${textOption(args, 'tol')}", expected a number between 0 and 1.`)
  return {
    phases,
    method: wordOption<FlowMethod>(args, 'method', FLOW_METHODS, 'auto'),
    strategy: wordOption<TapStrategy>(args, 'tap-strategy', TAP_STRATEGIES, 'any'),
    tolerance,
  }
}

/** The solutions as rows and lines, whatever the number of phases. */
function solve(file: GridFile, { phases, method, strategy, tolerance }: ReturnType<typeof optionsOf>) {
  if ((phases ?? (file.phaseCases ? '3' : '1')) === '3') {
    if (method !== 'auto' && method !== 'current')
      throw new TwinError('BAD_USAGE', `--method is "${method}", expected current for three phases.`, { method })
    const cases = file.phaseCases ?? file.cases.map(phaseCaseOf)
    return cases.map((grid, k) => {
      const solution = solvePhases(grid, { tolerance })
      return {
        grid: { phases: grid, solution },
        solution,
        json: phaseSolutionJson(solution),
        line: solutionLine(solution, k),
      }
    })
  }
  if (file.phaseCases)
    throw new TwinError('BAD_USAGE', '--phases is "1", but this file tells phases apart; expected 3.', { phases: '1' })
  return file.cases.map((grid, k) => {
    const solution = solveTapped(grid, { method, tolerance }, strategy)
    return {
      grid: { balanced: grid, solution },
      solution,
      json: solutionJson(solution),
      line: solutionLine(solution, k),
    }
  })
}

export const gridSolve = defineCommand({
  name: 'grid solve',
  usage:
    'FILE [--update FILE] [--phases 1|3] [--method auto|sweep|current|newton] [--tol N] [--tap-strategy any|min|max|fast-any] [--out FILE]',
  summary: 'AC power flow of a grid file',
  help: HELP,
  options: {
    update: { type: 'string' },
    method: { type: 'string' },
    tol: { type: 'string' },
    phases: { type: 'string' },
    'tap-strategy': { type: 'string' },
    out: { type: 'string' },
  },
  async run(args, io) {
    const [path, extra] = args.positionals
    if (!path || extra) throw new TwinError('BAD_USAGE', `grid solve takes 1 file, got ${args.positionals.length}.`)
    const options = optionsOf(args)
    const file = readGrid(path, textOption(args, 'update'))
    for (const { code, message, ids } of file.findings) io.err(`${code}: ${message} (${ids.join(', ')})`)

    const solved = solve(file, options)
    const out = textOption(args, 'out')
    if (out !== undefined && solved[0]) writeGrid(out, solved[0].grid)
    const converged = solved.every(({ solution }) => solution.converged)
    if (args.values.json) {
      io.out(
        JSON.stringify({
          converged,
          iterations: Math.max(0, ...solved.map(({ solution }) => solution.iterations)),
          maxMismatch: orNull(Math.max(0, ...solved.map(({ solution }) => solution.mismatchPu))),
          scenarios: solved.map(({ json }) => json),
          findings: file.findings,
        }),
      )
    } else for (const { line } of solved) io.out(line)
    return converged ? 0 : 1
  },
})
