import { finish } from '../../base/steps.ts'
import { type ScenarioState, stateOf } from '../../model/scenario.ts'
import { readScenarioFile } from '../../model/scenarioFile.ts'
import { type CityGrid, openCityGrid } from '../../plan/cityGrid.ts'
import type { CliArgs, CliIo } from '../command.ts'
import { cityPathFor, loadCity } from '../loadCity.ts'
import { onlyPositional, textOption } from '../options.ts'
import { readText } from '../readInput.ts'
import { tellTenths } from '../tenths.ts'

/** The scenario a command was given, and the grid synthesised for its city. */
export function openScenarioGrid(
  args: CliArgs,
  io: CliIo,
): { base: CityGrid; state: ScenarioState; citySha256: string } {
  const { scenario } = readScenarioFile(readText(onlyPositional(args, 'a scenario file')))
  const { city, sha256 } = loadCity(cityPathFor(scenario.base.city, textOption(args, 'city')))
  if (sha256 !== scenario.base.sha256)
    io.err('The city file is not the one the scenario was made with; places stay, figures may differ.')
  io.err('Synthesising the grid …')
  return { base: finish(openCityGrid(city), tellTenths(io)), state: stateOf(scenario), citySha256: sha256 }
}
