import { TwinError } from '../../base/errors.ts'
import {
  DEVICE_SENSITIVITY_DBM,
  GATEWAY_SENSITIVITY_DBM,
  type LoraPacket,
  timeOnAirUs,
} from '../../engines/lorawan/airtime.ts'
import { type CliArgs, defineCommand } from '../command.ts'
import { jsonText, numberOption, textOption } from '../options.ts'

const LDRO = ['auto', 'on', 'off'] as const

function packetOf(args: CliArgs): LoraPacket {
  const ldro = textOption(args, 'ldro') ?? 'auto'
  if (!LDRO.some((word) => word === ldro)) {
    throw new TwinError('BAD_USAGE', `--ldro is "${ldro}", expected one of: ${LDRO.join(', ')}.`, { option: 'ldro' })
  }
  return {
    spreadingFactor: numberOption(args, 'sf', 7, { min: 6, max: 12 }),
    bandwidthHz: numberOption(args, 'bw', 125_000, { min: 7800, max: 500_000 }),
    payloadBytes: numberOption(args, 'bytes', 20, { min: 0, max: 255 }),
    codingRate: numberOption(args, 'cr', 1, { min: 1, max: 4 }),
    preambleSymbols: numberOption(args, 'preamble', 8, { min: 0, max: 65_535 }),
    explicitHeader: args.values.implicit !== true,
    crc: args.values['no-crc'] !== true,
    lowDataRate: ldro === 'auto' ? 'auto' : ldro === 'on',
  }
}

export const radioAirtime = defineCommand({
  name: 'radio airtime',
  usage: '[--sf N] [--bytes N]',
  summary: 'LoRaWAN time on air',
  options: {
    sf: { type: 'string' },
    bw: { type: 'string' },
    bytes: { type: 'string' },
    cr: { type: 'string' },
    preamble: { type: 'string' },
    implicit: { type: 'boolean' },
    'no-crc': { type: 'boolean' },
    ldro: { type: 'string' },
    duty: { type: 'string' },
  },
  help: [
    '  --sf N         spreading factor 6 … 12, default 7',
    '  --bytes N      PHY payload, default 20',
    '  --bw HZ        bandwidth, default 125000',
    '  --cr N         1 … 4 for 4/5 … 4/8, default 1',
    '  --preamble N   symbols, default 8',
    '  --implicit     no header; --no-crc  no checksum',
    '  --ldro WORD    auto (default), on, off',
    '  --duty SHARE   duty-cycle limit, default 0.01',
  ].join('\n'),
  async run(args, io) {
    const packet = packetOf(args)
    const duty = numberOption(args, 'duty', 0.01, { min: 0.0001, max: 1, whole: false })
    const us = timeOnAirUs(packet)
    const at125 = packet.bandwidthHz === 125_000 && packet.spreadingFactor >= 7
    const index = packet.spreadingFactor - 7
    const result = {
      ...packet,
      timeOnAirUs: us,
      timeOnAirS: us / 1e6,
      symbolUs: ((1 << packet.spreadingFactor) * 1e6) / packet.bandwidthHz,
      dutyCycle: duty,
      quietS: us / 1e6 / duty - us / 1e6,
      packetsPerHour: Math.floor((3600 * duty) / (us / 1e6)),
      deviceSensitivityDbm: at125 ? DEVICE_SENSITIVITY_DBM[index]! : null,
      gatewaySensitivityDbm: at125 ? GATEWAY_SENSITIVITY_DBM[index]! : null,
    }
    if (args.values.json) io.out(jsonText(result))
    else io.out(`${us} µs on air; ${result.packetsPerHour} packets an hour at a duty cycle of ${duty}.`)
    return 0
  },
})
