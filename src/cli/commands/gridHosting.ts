import { finish } from '../../base/steps.ts'
import { hashOf } from '../../model/hash.ts'
import { GRID_ENGINES, GRID_SEED } from '../../plan/cityGrid.ts'
import { runHostingStudy } from '../../plan/hostingStudy.ts'
import { defineCommand } from '../command.ts'
import { openScenarioGrid } from '../grid/scenarioGrid.ts'
import { jsonText, numberOption } from '../options.ts'
import { tellTenths } from '../tenths.ts'

export const gridHosting = defineCommand({
  name: 'grid hosting',
  usage: 'SCENARIO [--kw N] [--coincidence N] [--draws N] [--stations N] [--city FILE]',
  summary: 'hosting capacity: how many more chargers each station takes',
  options: {
    city: { type: 'string' },
    kw: { type: 'string' },
    coincidence: { type: 'string' },
    draws: { type: 'string' },
    stations: { type: 'string' },
  },
  help: [
    '  --kw N            power of one charger, default 11',
    '  --coincidence N   share of them that draws at once, default 0.3 (assumed)',
    '  --draws N         draws of where they stand, default 50',
    '  --stations N      stations studied, the most loaded first, default 25',
    '  --city FILE       city file; default is the one that was built',
    '',
    'Static: at the step of the day’s peak. Reactive power of chargers is taken as none. The grid is modelled.',
  ].join('\n'),
  async run(args, io) {
    const wish = {
      unitW: numberOption(args, 'kw', 11, { min: 0.1, max: 1000, whole: false }) * 1000,
      coincidence: numberOption(args, 'coincidence', 0.3, { min: 0.01, max: 1, whole: false }),
      draws: numberOption(args, 'draws', 50, { min: 1, max: 10_000 }),
      stations: numberOption(args, 'stations', 25, { min: 1, max: 100_000 }),
    }
    const { base, state, citySha256 } = openScenarioGrid(args, io)
    io.err('Trying chargers …')
    const study = finish(runHostingStudy(base, state, wish), tellTenths(io))
    if (args.values.json) {
      const { rows } = study
      io.out(
        jsonText({
          ...study,
          tag: 'modelled',
          wish,
          engines: GRID_ENGINES,
          seed: GRID_SEED,
          dataHashes: { city: citySha256 },
          resultHash: hashOf(JSON.parse(jsonText(rows))),
        }),
      )
    } else for (const { sentence } of study.rows) io.out(sentence)
    return 0
  },
})
