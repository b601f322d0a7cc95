import { type Command, defineCommand } from './command.ts'
import { cityImport } from './commands/cityImport.ts'
import { gridSolve } from './commands/gridSolve.ts'
import { verify } from './commands/verify.ts'

const later = (name: string, usage: string, summary: string): Command => defineCommand({ name, usage, summary })

/** Every command, in the order of --help. To add one: write its file in `commands/`, and its line here. */
export const commands: readonly Command[] = [
  cityImport,
  gridSolve,
  later('grid day', 'SCENARIO', 'a day of the grid in 15-minute steps'),
  later('grid hosting', 'SCENARIO', 'hosting capacity'),
  later('radio loss', '--model NAME --csv FILE', 'path loss in dB for each row'),
  later('radio airtime', '', 'LoRaWAN time on air'),
  later('radio lorawan', 'SCENARIO', 'LoRaWAN delivery ratio'),
  later('radio coverage', 'SCENARIO --out FILE.tif', 'coverage raster'),
  later('network list', '', 'every DePIN network with its facts'),
  later('network flow', 'FILE', 'max-min fair rates'),
  later('economy run', 'SPEC', 'earnings distributions'),
  later('economy emission', 'NETWORK --epochs N', 'exact token emissions'),
  later('place', 'SCENARIO --count N', 'choose sites'),
  later('run', 'SCENARIO', 'all figures of a scenario'),
  later('sweep', 'FILE', 'many runs'),
  verify,
]
