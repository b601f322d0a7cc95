import { TwinError } from '../../base/errors.ts'
import { defineCommand } from '../command.ts'
import { numberOption } from '../numberOption.ts'
import { startProduct } from '../start/startProduct.ts'

const MOST_DEVICES = 2_000

/** Everything at once, on this machine: chain, fleet, gateway, indexer and page. */
export const start = defineCommand({
  name: 'start',
  usage: '[--port N] [--devices N] [--seed N] [--no-indexer] [--dev]',
  summary: 'the living city: chain, devices, gateway, indexer and page',
  help: [
    '--port N       serve on this port; without it 4610 or the next that is free',
    '--devices N    how many simulated devices, 1 to 2000; 320 without it',
    '--seed N       another fleet and other weather; 1 without it',
    '--no-indexer   the page reads the chain itself',
    '--dev          the page from its sources, reloading as they change',
    '',
    'Ctrl+C ends all of it; twice ends it at once.',
  ].join('\n'),
  options: {
    port: { type: 'string' },
    devices: { type: 'string' },
    seed: { type: 'string' },
    'no-indexer': { type: 'boolean' },
    dev: { type: 'boolean' },
  },
  async run(args, io) {
    if (args.positionals.length > 0)
      throw new TwinError('BAD_USAGE', `start takes no names, got "${args.positionals.join(' ')}".`)
    return startProduct(
      {
        port: numberOption(args, 'port', 0, 65_535),
        devices: numberOption(args, 'devices', 1, MOST_DEVICES) ?? 320,
        seed: numberOption(args, 'seed', 0, 2 ** 31) ?? 1,
        indexer: args.values['no-indexer'] !== true,
        dev: args.values.dev === true,
      },
      io,
    )
  },
})
