import { finish } from '../../base/steps.ts'
import { runOutages } from '../../engines/grid/outages.ts'
import { defineCommand } from '../command.ts'
import { readBalanced } from '../grid/readGrid.ts'
import { jsonText, numberOption, onlyPositional } from '../options.ts'
import { tellTenths } from '../tenths.ts'

const share = (value: number): string => (Number.isNaN(value) ? 'unrated' : `${(value * 100).toFixed(1)} %`)

export const gridOutages = defineCommand({
  name: 'grid outages',
  usage: 'FILE [--band N]',
  summary: 'N-1: every branch of a grid file out once',
  options: { band: { type: 'string' } },
  help: [
    '  --band N   largest deviation of a voltage from the rated one in per unit, default 0.1',
    '',
    'Exit 1 when an outage leaves a case that does not converge, loses load or violates a limit.',
  ].join('\n'),
  async run(args, io) {
    const limitPu = numberOption(args, 'band', 0.1, { min: 0.001, max: 1, whole: false })
    const { grid, findings } = readBalanced(onlyPositional(args, 'a grid file'))
    const outages = finish(runOutages(grid, { limitPu }), tellTenths(io))
    const bad = outages.filter(({ converged, lostW, violations }) => !converged || lostW > 0 || violations > 0)
    if (args.values.json) io.out(jsonText({ secure: bad.length === 0, outages, findings }))
    else {
      for (const { id, converged, worst, lostW, highestLoading, highestBranch, lowestVPu, lowestNode } of bad)
        io.out(
          converged
            ? `without ${id}: ${(lostW / 1e3).toFixed(1)} kW lost; highest loading ${share(highestLoading)} at ${highestBranch}; lowest voltage ${lowestVPu.toFixed(4)} pu at ${lowestNode}`
            : `without ${id}: no solution, worst at node ${worst}`,
        )
      io.out(`${outages.length - bad.length} of ${outages.length} outages pass without loss or violation.`)
    }
    return bad.length === 0 ? 0 : 1
  },
})
