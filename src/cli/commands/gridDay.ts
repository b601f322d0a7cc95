import { finish } from '../../base/steps.ts'
import { worstOfDay } from '../../engines/grid/dayWorst.ts'
import { hashOf } from '../../model/hash.ts'
import { GRID_ENGINES, GRID_SEED, runCityGridDay } from '../../plan/cityGrid.ts'
import { defineCommand } from '../command.ts'
import { openScenarioGrid } from '../grid/scenarioGrid.ts'
import { jsonText, numberOption } from '../options.ts'
import { tellTenths } from '../tenths.ts'

const clock = (step: number, stepS: number): string => {
  const minutes = Math.round((step * stepS) / 60)
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

export const gridDay = defineCommand({
  name: 'grid day',
  usage: 'SCENARIO [--city FILE] [--worst N]',
  summary: 'a day of the grid in 15-minute steps',
  options: { city: { type: 'string' }, worst: { type: 'string' } },
  help: [
    '  --city FILE    city file; default is the one that was built',
    '  --worst N      hottest branches and lowest buses listed, default 10',
    '',
    'The grid is synthesised along the streets: modelled, not the utility’s plan.',
  ].join('\n'),
  async run(args, io) {
    const count = numberOption(args, 'worst', 10, { min: 0, max: 10_000 })
    const { base, state, citySha256 } = openScenarioGrid(args, io)
    io.err('Solving the day …')
    const { day, summary, findings } = finish(runCityGridDay(base, state), tellTenths(io))
    const { map } = base.grid
    const worst = worstOfDay(day, map, count)
    const series = {
      loadW: [...day.loadW],
      generationW: [...day.generationW],
      lossW: [...day.lossW],
      sourceW: [...day.sourceW],
      converged: [...day.converged].map((flag) => flag === 1),
      iterations: [...day.iterations],
      mismatchPu: [...day.mismatchPu],
      worstBus: [...day.worstBus],
    }
    const isWhole = summary.unconvergedSteps === 0
    const document = {
      converged: isWhole,
      steps: day.steps,
      stepS: day.stepS,
      tag: 'modelled',
      summary,
      series,
      worst: {
        branches: worst.branches.map((row) => ({ ...row, type: map.types[map.branchType[row.branch]!] })),
        buses: worst.buses,
      },
      engines: GRID_ENGINES,
      seed: GRID_SEED,
      dataHashes: { city: citySha256 },
      findings: [...base.findings, ...findings],
    }
    if (args.values.json) {
      io.out(jsonText({ ...document, resultHash: hashOf(JSON.parse(jsonText({ summary, series }))) }))
      return isWhole ? 0 : 1
    }
    const { stepS } = day
    io.out(
      `Peak ${(summary.peakLoadW / 1e6).toFixed(2)} MW at ${clock(summary.peakStep, stepS)}; ${(summary.energyKwh / 1e3).toFixed(1)} MWh, of it ${(summary.lossKwh / 1e3).toFixed(2)} MWh lost`,
    )
    io.out(
      `Highest loading ${(summary.highestLoading * 100).toFixed(1)} % at branch ${summary.highestBranch}, ${clock(summary.highestStep, stepS)}; ${summary.overloadedBranches} branches above 100 %`,
    )
    io.out(
      `Lowest voltage ${summary.lowestVPu.toFixed(4)} pu at bus ${summary.lowestBus}, ${clock(summary.lowestStep, stepS)}; ${summary.lowVoltageBuses} buses below ${summary.limitLowPu} pu`,
    )
    if (!isWhole)
      io.out(`${summary.unconvergedSteps} of ${day.steps} steps did not converge; their figures are left out`)
    return isWhole ? 0 : 1
  },
})
