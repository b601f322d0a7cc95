import { aTownFleet } from '../../support/lorawan.ts'

export const sample = () => aTownFleet(200, 3, { durationS: 7200 })

const input = sample()
const devices = (more: Partial<typeof input.devices>) => ({ ...input, devices: { ...input.devices, ...more } })

export const broken = [
  { title: 'a region that does not exist', input: () => ({ ...input, region: 'MARS1' }) },
  { title: 'no gateway', input: () => ({ ...input, gateways: [] }) },
  { title: 'no demodulator', input: () => ({ ...input, demodulators: 0 }) },
  { title: 'more power than the law allows', input: () => ({ ...input, eirpDbm: 20 }) },
  { title: 'power that is no number', input: () => ({ ...input, eirpDbm: NaN }) },
  { title: 'a channel outside the band', input: () => ({ ...input, channelsHz: [900e6] }) },
  { title: 'no channel', input: () => ({ ...input, channelsHz: [] }) },
  { title: 'no time', input: () => ({ ...input, durationS: 0 }) },
  { title: 'a seed that is no number', input: () => ({ ...input, seed: NaN }) },
  { title: 'traffic of no kind', input: () => ({ ...input, traffic: 'bursts' }) },
  { title: 'collisions of no kind', input: () => ({ ...input, collisions: 'kind' }) },
  { title: 'a period of 0', input: () => devices({ periodS: new Float64Array(200) }) },
  { title: 'an empty payload', input: () => devices({ payloadBytes: new Uint8Array(200) }) },
  { title: 'a payload too long for its rate', input: () => devices({ payloadBytes: new Uint8Array(200).fill(255) }) },
  { title: 'a data rate there is not', input: () => devices({ dataRate: new Int8Array(200).fill(9) }) },
  { title: 'a column too short', input: () => devices({ periodS: new Float64Array(3) }) },
  { title: 'a gateway that is not there', input: () => ({ ...input, gateways: ['only'] }) },
  { title: 'links of other devices', input: () => devices({ linkStart: new Uint32Array(2) }) },
  { title: 'a loss that is no number', input: () => devices({ linkLossDb: input.devices.linkLossDb.map(() => NaN) }) },
]
