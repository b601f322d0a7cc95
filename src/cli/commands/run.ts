import { TwinError } from '../../base/errors.ts'
import type { Quantity } from '../../base/quantity.ts'
import { finish } from '../../base/steps.ts'
import { engines } from '../../engines/index.ts'
import type { City } from '../../model/city.ts'
import type { ScenarioState } from '../../model/scenario.ts'
import { readScenarioFile } from '../../model/scenarioFile.ts'
import { networkById } from '../../networks/index.ts'
import { dayOf } from '../../networks/rules/calendar.ts'
import { openCityGrid } from '../../plan/cityGrid.ts'
import { DISCLAIMERS } from '../../plan/disclaimers.ts'
import { evaluateScenario, type GridFindings } from '../../plan/evaluate.ts'
import { runGridFindings } from '../../plan/gridFindings.ts'
import { planWorld } from '../../plan/jobs.ts'
import { peoplePerBuilding, populationOf } from '../../plan/people.ts'
import { reportHash } from '../../plan/report.ts'
import { type CliArgs, type CliIo, defineCommand } from '../command.ts'
import { gitHash } from '../gitHash.ts'
import { cityPathFor, loadCity } from '../loadCity.ts'
import { createNodePool, ownThread } from '../nodePool.ts'
import { jsonText, numberOption, onlyPositional, textOption } from '../options.ts'
import { readText } from '../readInput.ts'

/** Nodes of a plan go into service on this day unless another is given: the rules of the day decide what they earn. */
const START = '2026-12-01'

function erasOf(args: CliArgs): Map<string, string> {
  const given = args.values.era
  const ids = (Array.isArray(given) ? given : given === undefined ? [] : [given]).map(String)
  return new Map(
    ids.map((id) => {
      const network = [...networkById.values()].find(({ eras }) => eras.some((era) => era.id === id))
      if (!network)
        throw new TwinError('BAD_USAGE', `--era is "${id}", which no network has; see network list.`, { era: id })
      return [network.id, id]
    }),
  )
}

function startDayOf(args: CliArgs): number {
  const start = textOption(args, 'start') ?? START
  if (!/^\d{4}-\d{2}-\d{2}$/.test(start) || Number.isNaN(Date.parse(start))) {
    throw new TwinError('BAD_USAGE', `--start is "${start}", expected a date like 2026-12-01.`, { option: 'start' })
  }
  return dayOf(start)
}

const shown = ({ value, unit, tag, band }: Quantity): string => {
  const say = (x: number): string => (Number.isFinite(x) ? String(Number(x.toPrecision(4))) : 'none')
  const range = band
    ? `  (P10 ${say(band.p10)}, P90 ${say(band.p90)}${band.decidedBy ? `; decided by: ${band.decidedBy}` : ''})`
    : ''
  return `${say(value)} ${unit}${range}  [${tag}]`
}

/** The power flow of the scenario's day on the grid synthesised for its city. */
function gridOf(city: City, io: CliIo) {
  return async (state: ScenarioState): Promise<GridFindings> => {
    io.err('Synthesising the grid …')
    const base = finish(openCityGrid(city))
    io.err('Solving the day, without and with the plan …')
    return finish(runGridFindings(base, state))
  }
}

export const run = defineCommand({
  name: 'run',
  usage: 'SCENARIO [--workers N]',
  summary: 'all figures of a scenario',
  options: {
    city: { type: 'string' },
    workers: { type: 'string' },
    seed: { type: 'string' },
    draws: { type: 'string' },
    start: { type: 'string' },
    era: { type: 'string', multiple: true },
    'no-grid': { type: 'boolean' },
  },
  help: [
    '  --city FILE    city file; default is the one that was built',
    '  --workers N    threads, 1 to 64, default 1; the answer is the same for any number',
    '  --seed S       seed of chance, default 1',
    '  --draws N      draws a node, default 10000',
    `  --start DATE   day on which nodes go into service, default ${START}`,
    '  --era ID       a rule set other than the one in force; may be repeated',
    '  --no-grid      leave the power flow out',
  ].join('\n'),
  async run(args, io) {
    const { scenario } = readScenarioFile(readText(onlyPositional(args, 'a scenario file')))
    const workers = numberOption(args, 'workers', 1, { min: 1, max: 64 })
    const seed = numberOption(args, 'seed', 1, { min: 0, max: 4_294_967_295 })
    const draws = numberOption(args, 'draws', 10_000, { min: 1, max: 1_000_000 })
    const startDay = startDayOf(args)
    const eras = erasOf(args)

    const cityPath = cityPathFor(scenario.base.city, textOption(args, 'city'))
    const { city, sha256 } = loadCity(cityPath)
    const sameCity = sha256 === scenario.base.sha256
    if (!sameCity) io.err('The city file is not the one the scenario was made with; places stay, figures may differ.')
    const population = populationOf(city.meta.id)
    if (!population) io.err(`No population is known for "${city.meta.id}"; people are counted as none.`)

    const world = planWorld(city)
    let done = 0
    const onDone = () => io.err(`${++done} jobs done`)
    const pool = workers === 1 ? ownThread(world, onDone) : createNodePool(workers, cityPath, onDone)
    try {
      const { report } = await evaluateScenario(scenario, world, pool.execute, {
        people: peoplePerBuilding(city, population?.value ?? 0),
        seed,
        draws,
        startDay,
        eras,
        ...(args.values['no-grid'] ? {} : { grid: gridOf(city, io) }),
        provenance: {
          engine: 'plan',
          version: engines.map(({ id, version }) => `${id} ${version}`).join(', '),
          gitHash: gitHash(),
          dataHashes: { city: sha256 },
          createdAt: new Date().toISOString(),
        },
      })
      const resultHash = reportHash(report)
      if (args.values.json) {
        const findings = sameCity ? [] : [{ code: 'CITY_DIFFERS', expected: scenario.base.sha256, got: sha256 }]
        io.out(jsonText({ ...report, resultHash, draws, startDay, findings, disclaimers: DISCLAIMERS }))
      } else {
        for (const { title, quantity } of report.kpis) io.out(`${title}: ${shown(quantity)}`)
        for (const { assetId, era, kpis, breakEven } of report.assets) {
          io.out(`\n${assetId}, ${era}`)
          for (const { title, quantity } of kpis) io.out(`  ${title}: ${shown(quantity)}`)
          if (breakEven) io.out(`  ${breakEven}`)
        }
        io.out(`\nResult ${resultHash}\n${DISCLAIMERS.join('\n')}`)
      }
      return 0
    } finally {
      await pool.close()
    }
  },
})
