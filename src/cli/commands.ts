import { type Command, defineCommand } from './command.ts'
import { build } from './commands/build.ts'
import { cityBuild } from './commands/cityBuild.ts'
import { cityImport } from './commands/cityImport.ts'
import { deviceList } from './commands/deviceList.ts'
import { economyEmission } from './commands/economyEmission.ts'
import { economyOutlook } from './commands/economyOutlook.ts'
import { economyRank } from './commands/economyRank.ts'
import { economyRun } from './commands/economyRun.ts'
import { gridDay } from './commands/gridDay.ts'
import { gridEstimate } from './commands/gridEstimate.ts'
import { gridFaults } from './commands/gridFaults.ts'
import { gridHosting } from './commands/gridHosting.ts'
import { gridOutages } from './commands/gridOutages.ts'
import { gridSolve } from './commands/gridSolve.ts'
import { networkFlow } from './commands/networkFlow.ts'
import { networkList } from './commands/networkList.ts'
import { networkLive } from './commands/networkLive.ts'
import { place } from './commands/place.ts'
import { preview } from './commands/preview.ts'
import { radioAirtime } from './commands/radioAirtime.ts'
import { radioCoverage } from './commands/radioCoverage.ts'
import { radioLorawan } from './commands/radioLorawan.ts'
import { radioLoss } from './commands/radioLoss.ts'
import { record } from './commands/record.ts'
import { run } from './commands/run.ts'
import { start } from './commands/start.ts'
import { terrainRead } from './commands/terrainRead.ts'
import { verify } from './commands/verify.ts'

const later = (name: string, usage: string, summary: string): Command => defineCommand({ name, usage, summary })

/** Every command, in the order of --help. To add one: write its file in `commands/`, and its line here. */
export const commands: readonly Command[] = [
  start,
  build,
  preview,
  record,
  cityBuild,
  cityImport,
  terrainRead,
  gridSolve,
  gridEstimate,
  gridFaults,
  gridOutages,
  gridDay,
  gridHosting,
  radioLoss,
  radioAirtime,
  radioLorawan,
  radioCoverage,
  networkList,
  networkLive,
  networkFlow,
  economyRun,
  economyEmission,
  economyOutlook,
  economyRank,
  place,
  run,
  later('sweep', 'FILE', 'many runs'),
  verify,
  deviceList,
]
