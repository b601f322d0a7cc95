import { TwinError } from '../../base/errors.ts'
import { finish } from '../../base/steps.ts'
import { lorawan } from '../../engines/lorawan/index.ts'
import type { LorawanInput } from '../../engines/lorawan/input.ts'
import { REGIONS } from '../../engines/lorawan/regions.ts'
import { sayLorawan } from '../../engines/lorawan/sentence.ts'
import { stateOf } from '../../model/scenario.ts'
import { readScenarioFile } from '../../model/scenarioFile.ts'
import { planLorawan } from '../../plan/lorawanPlan.ts'
import { type CliArgs, type CliIo, defineCommand } from '../command.ts'
import { cityPathFor, loadCity } from '../loadCity.ts'
import { jsonText, numberOption, onlyPositional, textOption } from '../options.ts'
import { isLorawanFile, readLorawanFile } from '../radio/lorawanFile.ts'
import { readText } from '../readInput.ts'
import { readJson } from '../readJson.ts'
import { tellTenths } from '../tenths.ts'

function wordOption<Word extends string>(args: CliArgs, name: string, words: readonly [Word, ...Word[]]): Word {
  const text = textOption(args, name) ?? words[0]
  const word = words.find((w) => w === text)
  if (word !== undefined) return word
  throw new TwinError('BAD_USAGE', `--${name} is "${text}", expected one of: ${words.join(', ')}.`, { option: name })
}

type Network = Pick<LorawanInput, 'region' | 'channelsHz' | 'gateways' | 'demodulators' | 'devices' | 'eirpDbm'>

function networkOf(args: CliArgs, io: CliIo, seed: number): Network {
  const path = onlyPositional(args, 'a scenario file, or a file of devices')
  const document = readJson(path)
  if (isLorawanFile(document)) return readLorawanFile(document, path)
  const { scenario } = readScenarioFile(readText(path))
  const { city } = loadCity(cityPathFor(scenario.base.city, textOption(args, 'city')))
  const fleet = {
    devices: numberOption(args, 'devices', 1000, { min: 0, max: 1_000_000 }),
    periodS: numberOption(args, 'period', 900, { min: 1, max: 1e7, whole: false }),
    payloadBytes: numberOption(args, 'bytes', 20, { min: 1, max: 255 }),
    eirpDbm: numberOption(args, 'eirp', 16, { min: -20, max: 36, whole: false }),
    seed,
  }
  io.err('Sweeping the gateways …')
  const planned = finish(planLorawan(stateOf(scenario), city, fleet))
  return { region: textOption(args, 'region') ?? 'EU868', demodulators: 8, ...planned }
}

export const radioLorawan = defineCommand({
  name: 'radio lorawan',
  usage: 'SCENARIO [--devices N] [--hours H]',
  summary: 'LoRaWAN delivery ratio, airtime, what saturates first',
  options: {
    city: { type: 'string' },
    region: { type: 'string' },
    devices: { type: 'string' },
    period: { type: 'string' },
    bytes: { type: 'string' },
    eirp: { type: 'string' },
    hours: { type: 'string' },
    seed: { type: 'string' },
    traffic: { type: 'string' },
    collisions: { type: 'string' },
  },
  help: [
    'SCENARIO is a scenario with LoRaWAN gateways in it, whose devices stand in buildings chosen by chance; or a file',
    '{"format":"veracity-lorawan","version":1,"region","eirpDbm","gateways":[id],"devices":[{"periodS","payloadBytes",',
    '"dataRate":0…|"adr","lossDb":{id:dB}}]} that says it all, and then the first six options are not used.',
    '  --city FILE        city file; default is the one that was built',
    `  --region ID        ${REGIONS.map(({ id }) => id).join(', ')}; default EU868`,
    '  --devices N        default 1000; --period S  mean time between uplinks, default 900',
    '  --bytes N          PHY payload, default 20; --eirp DBM  default 16',
    '  --hours H          simulated time, default 24; --seed S  default 1',
    '  --traffic WORD     poisson (default), periodic',
    '  --collisions WORD  capture (default), aloha',
  ].join('\n'),
  async run(args, io) {
    const seed = numberOption(args, 'seed', 1, { min: 0, max: 4_294_967_295 })
    const input: LorawanInput = {
      ...networkOf(args, io, seed),
      traffic: wordOption(args, 'traffic', ['poisson', 'periodic']),
      collisions: wordOption(args, 'collisions', ['capture', 'aloha']),
      durationS: 3600 * numberOption(args, 'hours', 24, { min: 0.001, max: 8784, whole: false }),
      seed,
    }
    const result = finish(lorawan.run(input), tellTenths(io))
    const sentence = sayLorawan(result)
    if (args.values.json) {
      const { perDevice, dataRate, eirpDbm, ...figures } = result
      const columns = { perDevice: [...perDevice], dataRate: [...dataRate], eirpDbm: [...eirpDbm] }
      io.out(jsonText({ ...figures, ...columns, seed, sentence }))
    } else {
      io.out(sentence)
      for (const { id, decoded, crowded, collided, airtime, busiestChannel } of result.gateways) {
        const shares = `airtime ${airtime.toFixed(3)} E, busiest channel ${(100 * busiestChannel).toFixed(1)} %`
        io.out(`${id}: ${decoded} decoded, ${collided} collided, ${crowded} without a demodulator; ${shares}`)
      }
    }
    return 0
  },
})
