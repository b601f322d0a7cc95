import { TwinError } from '../../base/errors.ts'
import { finish } from '../../base/steps.ts'
import { placement } from '../../engines/placement/index.ts'
import type { SiteProblem } from '../../engines/placement/problem.ts'
import { sayPlacement } from '../../engines/placement/sentence.ts'
import { ASSET_KINDS, type Asset } from '../../model/asset.ts'
import { stateOf } from '../../model/scenario.ts'
import { readScenarioFile } from '../../model/scenarioFile.ts'
import { peoplePerBuilding, populationOf } from '../../plan/people.ts'
import { planPlacement } from '../../plan/placementPlan.ts'
import { type CliArgs, type CliIo, defineCommand } from '../command.ts'
import { cityPathFor, loadCity } from '../loadCity.ts'
import { jsonText, numberOption, onlyPositional, textOption } from '../options.ts'
import { isOrLibrary, readOrLibrary } from '../place/orLibrary.ts'
import { isSitesFile, readSitesFile } from '../place/sitesFile.ts'
import { readText } from '../readInput.ts'
import { readJson } from '../readJson.ts'
import { tellTenths } from '../tenths.ts'

interface Wanted {
  readonly problem: SiteProblem
  readonly assets: readonly Asset[] | null // by site, for a scenario
}

function countOf(args: CliArgs): number {
  if (textOption(args, 'count') === undefined)
    throw new TwinError('BAD_USAGE', '--count is missing: how many sites to choose.', { option: 'count' })
  return numberOption(args, 'count', 1, { min: 1, max: 10_000 })
}

function scenarioSites(args: CliArgs, io: CliIo, path: string): Wanted {
  const count = countOf(args)
  const named = textOption(args, 'kind') ?? 'lorawan-gateway'
  const kind = ASSET_KINDS.find((k) => k === named)
  if (!kind)
    throw new TwinError('BAD_USAGE', `--kind is "${named}", expected one of: ${ASSET_KINDS.join(', ')}.`, {
      kind: named,
    })
  const { scenario } = readScenarioFile(readText(path))
  const { city } = loadCity(cityPathFor(scenario.base.city, textOption(args, 'city')))
  const population = populationOf(city.meta.id)
  if (!population) io.err(`No population is known for "${city.meta.id}"; buildings are counted instead of people.`)
  const weight = population ? peoplePerBuilding(city, population.value) : new Float32Array(city.buildings.count).fill(1)
  const wish = {
    kind,
    count,
    candidates: numberOption(args, 'candidates', 60, { min: 1, max: 5000 }),
    spacingM: numberOption(args, 'spacing', 300, { min: 0, max: 100_000, whole: false }),
    weight,
  }
  io.err('Sweeping the candidates …')
  return finish(planPlacement(stateOf(scenario), city, wish), tellTenths(io))
}

function wantedOf(args: CliArgs, io: CliIo): Wanted {
  const path = onlyPositional(args, 'a scenario, a list of sites, or a set-covering problem of the OR-Library')
  const text = readText(path)
  if (isOrLibrary(text)) return { problem: readOrLibrary(text, path), assets: null }
  const document = readJson(path)
  if (!isSitesFile(document)) return scenarioSites(args, io, path)
  const budget = textOption(args, 'count') === undefined ? null : countOf(args)
  return { problem: readSitesFile(document, path, budget), assets: null }
}

export const place = defineCommand({
  name: 'place',
  usage: 'SCENARIO --count N [--exact]',
  summary: 'choose sites, with a proven bound',
  options: {
    count: { type: 'string' },
    exact: { type: 'boolean' },
    kind: { type: 'string' },
    candidates: { type: 'string' },
    spacing: { type: 'string' },
    city: { type: 'string' },
  },
  help: [
    'SCENARIO is a scenario: roofs of its city are looked at, the highest first, and what the plan has already counts. Or',
    '{"format":"veracity-sites","version":1,"weights":[…],"sites":[{"id","cost":1,"covers":[point]}],"standing":[id],',
    '"conflicts":[[id,id]]}, where --count is the budget and without it everything is covered as cheaply as possible.',
    'Or a set-covering problem of the OR-Library.',
    '  --count N        how many sites, or what they may cost',
    '  --exact          prove the best by branch and cut (HiGHS); the bound is proven either way',
    '  --kind KIND      lorawan-gateway (default), wifi-cell',
    '  --candidates N   roofs looked at, default 60; --spacing M  between any two, default 300',
    '  --city FILE      city file; default is the one that was built',
  ].join('\n'),
  async run(args, io) {
    const { problem, assets } = wantedOf(args, io)
    // loaded only when asked for: it is 3.5 MB of WebAssembly
    const exact =
      args.values.exact === true ? await (await import('../../../workers/lib/highs.ts')).loadMipSolver() : null
    const result = finish(placement.run({ ...problem, exact }), tellTenths(io))
    const sentence = sayPlacement(result, problem.budget === null)
    const chosen = new Set(result.chosen)
    const sites = assets?.filter(({ id }) => chosen.has(id)).map(({ id, latDeg, lonDeg }) => ({ id, latDeg, lonDeg }))
    if (args.values.json) io.out(jsonText({ ...result, ...(sites ? { sites } : {}), sentence }))
    else {
      io.out(sentence)
      for (const { id, latDeg, lonDeg } of sites ?? []) io.out(`${id}  ${latDeg.toFixed(6)}, ${lonDeg.toFixed(6)}`)
      if (!sites) io.out(result.chosen.join(' '))
    }
    return 0
  },
})
