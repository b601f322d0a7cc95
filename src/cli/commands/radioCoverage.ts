import { writeFileSync } from 'node:fs'
import { TwinError } from '../../base/errors.ts'
import { finish } from '../../base/steps.ts'
import { runCoverage } from '../../engines/radio/coverage.ts'
import { summariseCoverage } from '../../engines/radio/coverageSummary.ts'
import { footprintBoxes } from '../../engines/radio/heightField.ts'
import { sayCoverage } from '../../engines/radio/sentence.ts'
import { coverageModelNamed } from '../../engines/radio/transmitterRaster.ts'
import { rasterFormatOf, rasterFormats } from '../../formats/rasters/index.ts'
import type { RasterFormat } from '../../formats/rasters/rasterFormat.ts'
import { stateOf } from '../../model/scenario.ts'
import { readScenarioFile } from '../../model/scenarioFile.ts'
import { peoplePerBuilding, populationOf } from '../../plan/people.ts'
import { type CoverageGroup, coverageGroups } from '../../plan/radioPlan.ts'
import { type CliArgs, defineCommand } from '../command.ts'
import { cityPathFor, loadCity } from '../loadCity.ts'
import { jsonText, numberOption, onlyPositional, textOption } from '../options.ts'
import { readText } from '../readInput.ts'
import { tellTenths } from '../tenths.ts'

const extensions = rasterFormats.map((format) => format.extensions[0]).join(', ')

function outOption(args: CliArgs): { path: string; format: RasterFormat } | null {
  const path = textOption(args, 'out')
  if (path === undefined) return null
  const format = rasterFormatOf(path)
  if (format) return { path, format }
  throw new TwinError('BAD_USAGE', `--out is "${path}", expected a file that ends in one of: ${extensions}.`, { path })
}

/** The radios to compute: the only kind of the plan, or the one that was named. */
function chooseGroup(groups: readonly CoverageGroup[], named: string | undefined): CoverageGroup {
  const kinds = groups.map(({ kind }) => kind).join(', ')
  if (groups.length === 0)
    throw new TwinError('PLACEMENT_REFUSED', 'The plan has no radio, expected a gateway, Wi-Fi cell or tower.')
  if (named === undefined && groups.length > 1)
    throw new TwinError('BAD_USAGE', `The plan has several kinds of radio; name one with --kind: ${kinds}.`)
  const group = named === undefined ? groups[0] : groups.find(({ kind }) => kind === named)
  if (group) return group
  throw new TwinError('BAD_USAGE', `--kind is "${named}", expected one of the plan: ${kinds}.`, { option: 'kind' })
}

export const radioCoverage = defineCommand({
  name: 'radio coverage',
  usage: 'SCENARIO [--out FILE.tif]',
  summary: 'coverage raster, best server, who is reached (.tif, .geojson, .kml)',
  options: {
    out: { type: 'string' },
    city: { type: 'string' },
    kind: { type: 'string' },
    cell: { type: 'string' },
  },
  help: [
    'Received power over the roofs of the city from the radios of a scenario, and whom they serve.',
    '  --out FILE   .tif      GeoTIFF, dBm of the best server as 32-bit floats on WGS 84, NaN where nothing was computed',
    '               .geojson  the area each transmitter serves best, with its figures',
    '               .kml      the same for a globe',
    '  --kind KIND  when the plan has several: lorawan-gateway, wifi-cell, tower',
    '  --cell M     size of a cell, 1 to 500; default 10, for Wi-Fi 4',
    '  --city FILE  city file; default is the one that was built',
    '--json: {kind, model, source, tag, sigmaDb, raster:{cols, rows, cellM, x0M, y0M, originLatDeg, originLonDeg}, transmitters,',
    'summary:{coveredKm2, coveredKm2P10, coveredKm2P90, buildingsCovered, buildingsTotal, peopleCovered, …}, out, sentence};',
    'people are null where the population is not known; P10 and P90 are shadow fading of sigmaDb over the whole map.',
  ].join('\n'),
  async run(args, io) {
    const { scenario } = readScenarioFile(readText(onlyPositional(args, 'a scenario file')))
    const file = outOption(args)
    const { city, sha256 } = loadCity(cityPathFor(scenario.base.city, textOption(args, 'city')))
    if (sha256 !== scenario.base.sha256)
      io.err('The city file is not the one the scenario was made with; places stay, figures may differ.')
    const { buildings, meta } = city
    const boxes = footprintBoxes(buildings)
    const group = chooseGroup(coverageGroups(stateOf(scenario).assets.values(), city, boxes), textOption(args, 'kind'))
    const { kind, transmitters } = group
    const cellM = numberOption(args, 'cell', group.cellM, { min: 1, max: 500, whole: false })
    const model = coverageModelNamed(group.model)
    const input = { buildings, boxes, transmitters, cellM, model: model.id }
    const raster = finish(runCoverage(input), tellTenths(io))
    const population = populationOf(meta.id)
    const people = peoplePerBuilding(city, population?.value ?? 0)
    const summary = summariseCoverage(raster, transmitters, model.sigmaDb, buildings, people)
    const sentence = sayCoverage(summary, model.sigmaDb)
    const { originLatDeg, originLonDeg } = meta
    if (file) {
      const bytes = file.format.write({ raster, transmitters, originLatDeg, originLonDeg, source: model.source })
      try {
        writeFileSync(file.path, bytes)
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error)
        throw new TwinError('FILE_UNREADABLE', `${file.path} cannot be written: ${why}.`, { path: file.path })
      }
    }
    if (args.values.json) {
      const { x0M, y0M, cols, rows } = raster
      io.out(
        jsonText({
          kind,
          model: model.id,
          source: model.source,
          tag: 'modelled',
          sigmaDb: model.sigmaDb,
          raster: { cols, rows, cellM, x0M, y0M, originLatDeg, originLonDeg },
          transmitters,
          summary: population ? summary : { ...summary, ...NOBODY_KNOWN },
          out: file ? { path: file.path, format: file.format.id } : null,
          sentence,
        }),
      )
    } else io.out(sentence)
    return summary.coveredKm2 > 0 ? 0 : 1
  },
})

/** Without a population there are no people to count, which is not the same as none. */
const NOBODY_KNOWN = {
  peopleCovered: null,
  peopleCoveredP10: null,
  peopleCoveredP90: null,
  peopleTotal: null,
  perServerPeople: null,
}
