import { TwinError } from '../../base/errors.ts'
import type { CollisionRule } from './isolation.ts'
import { REGIONS, type Region, regionById, subBandOf } from './regions.ts'

/** Left to adaptive data rate. */
export const ADR = -1

/** Devices and the gateways in their reach. */
export interface LorawanDevices {
  readonly count: number
  readonly periodS: Float64Array // [n] mean time between uplinks
  readonly payloadBytes: Uint8Array // [n] PHY payload
  readonly dataRate: Int8Array // [n] index into the region's, or ADR
  readonly linkStart: Uint32Array // [n + 1] links of device i are linkStart[i] … linkStart[i + 1] - 1
  readonly linkGateway: Uint16Array // [links] gateway, rising within a device
  readonly linkLossDb: Float32Array // [links]
}

export interface LorawanInput {
  readonly region: string // id of a region
  readonly channelsHz?: readonly number[] // instead of the region's plan
  readonly gateways: readonly string[] // ids
  readonly demodulators: number // packets a gateway decodes at once
  readonly devices: LorawanDevices
  readonly eirpDbm: number // greatest power of a device
  readonly traffic: 'poisson' | 'periodic'
  readonly collisions: CollisionRule
  readonly durationS: number
  readonly seed: number
}

/** Gaps of periodic devices vary by this share either way: clocks drift and measurements take their time. Assumed. */
export const PERIOD_JITTER = 0.05

const MAX_DEVICES = 1_000_000
const MAX_GATEWAYS = 65_535

const refuse = (message: string, details: Record<string, string | number> = {}): never => {
  throw new TwinError('NETWORK_INVALID', message, details)
}

const inRange = (what: string, got: number, min: number, max: number, unit = ''): void => {
  if (!(got >= min && got <= max)) refuse(`${what} is ${got}, expected ${min} to ${max}${unit && ` ${unit}`}.`)
}

function checkDevices(devices: LorawanDevices, region: Region, gateways: number): void {
  const { count, periodS, payloadBytes, dataRate, linkStart, linkGateway, linkLossDb } = devices
  inRange('The number of devices', count, 0, MAX_DEVICES)
  if (periodS.length !== count || payloadBytes.length !== count || dataRate.length !== count)
    refuse(`A column of the devices has another length than ${count}.`)
  if (linkStart.length !== count + 1 || linkStart[0] !== 0 || linkStart[count] !== linkGateway.length)
    refuse(
      `The links of ${count} devices start at ${linkStart.length} places, expected ${count + 1} from 0 to their end.`,
    )
  if (linkLossDb.length !== linkGateway.length) refuse(`${linkLossDb.length} losses for ${linkGateway.length} links.`)
  for (let i = 0; i < count; i++) {
    const rate = dataRate[i]
    if (!(periodS[i] > 0 && periodS[i] < Infinity))
      refuse(`Device ${i}: the period is ${periodS[i]}, expected seconds above 0.`, { device: i })
    if (rate !== ADR && !(rate >= 0 && rate < region.dataRates.length)) {
      refuse(
        `Device ${i}: the data rate is ${rate}, expected 0 to ${region.dataRates.length - 1}, or ${ADR} for ADR.`,
        {
          device: i,
        },
      )
    }
    if (!(payloadBytes[i] >= 1)) refuse(`Device ${i}: the payload is empty.`, { device: i })
    if (linkStart[i + 1] < linkStart[i]) refuse(`Device ${i}: its links end before they start.`, { device: i })
    for (let k = linkStart[i]; k < linkStart[i + 1]; k++) {
      const g = linkGateway[k]
      if (g >= gateways || (k > linkStart[i] && g <= linkGateway[k - 1]))
        refuse(`Device ${i}: gateway ${g} is not there, or out of order.`, { device: i })
      if (!Number.isFinite(linkLossDb[k]))
        refuse(`Device ${i}: a loss is ${linkLossDb[k]}, expected dB.`, { device: i })
    }
  }
}

/** What the engine needs to know of the air, once the input is found sound. */
export interface LorawanAir {
  readonly region: Region
  readonly channelsHz: readonly number[]
  readonly channelBand: Int32Array // [channels] sub-band of each
}

/**
 * Checks an input as a whole.
 *
 * Throws   NETWORK_INVALID, naming what was got and what is expected
 */
export function checkLorawan(input: LorawanInput): LorawanAir {
  const region =
    regionById.get(input.region) ??
    refuse(`The region is "${input.region}", expected one of: ${REGIONS.map(({ id }) => id).join(', ')}.`)
  const channelsHz = input.channelsHz ?? region.channelsHz
  if (channelsHz.length === 0) refuse('There is no channel, expected one or more.')
  const channelBand = Int32Array.from(channelsHz, (hz) => subBandOf(region, hz))
  for (const [c, at] of channelBand.entries()) {
    if (at < 0) refuse(`The channel ${channelsHz[c]} Hz lies in no sub-band of ${region.id}.`)
    const { maxEirpDbm } = region.subBands[at]
    if (!(input.eirpDbm <= maxEirpDbm))
      refuse(`Devices radiate ${input.eirpDbm} dBm, expected at most ${maxEirpDbm} dBm on ${channelsHz[c]} Hz.`)
  }
  inRange('The radiated power', input.eirpDbm, -20, 60, 'dBm')
  inRange('The number of gateways', input.gateways.length, 1, MAX_GATEWAYS)
  inRange('The number of demodulators', input.demodulators, 1, 64)
  inRange('The duration', input.durationS, 1, 366 * 86_400, 's')
  if (!Number.isFinite(input.seed)) refuse(`The seed is ${input.seed}, expected a number.`)
  if (!['poisson', 'periodic'].includes(input.traffic))
    refuse(`The traffic is "${input.traffic}", expected poisson or periodic.`)
  if (!['capture', 'aloha'].includes(input.collisions))
    refuse(`The collisions are "${input.collisions}", expected capture or aloha.`)
  checkDevices(input.devices, region, input.gateways.length)
  return { region, channelsHz, channelBand }
}
