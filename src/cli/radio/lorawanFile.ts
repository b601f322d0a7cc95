import { z } from 'zod'
import { TwinError } from '../../base/errors.ts'
import { ADR, type LorawanInput } from '../../engines/lorawan/input.ts'
import { shaped } from '../readJson.ts'

const device = z.strictObject({
  periodS: z.number(),
  payloadBytes: z.int().min(1).max(255),
  dataRate: z.union([z.int().min(0).max(15), z.literal('adr')]).optional(),
  lossDb: z.record(z.string(), z.number()),
})
const file = z.strictObject({
  format: z.literal('veracity-lorawan'),
  version: z.literal(1),
  region: z.string(),
  channelsHz: z.array(z.number()).optional(),
  eirpDbm: z.number(),
  demodulators: z.int().optional(),
  gateways: z.array(z.string()),
  devices: z.array(device),
})

/** Whether a document is a list of devices with their losses, rather than a scenario. */
export const isLorawanFile = (document: unknown): boolean =>
  typeof document === 'object' && document !== null && 'format' in document && document.format === 'veracity-lorawan'

/** What a list of devices says of a run. Throws FORMAT_BROKEN, NETWORK_INVALID for a gateway that is not listed. */
export function readLorawanFile(
  document: unknown,
  path: string,
): Pick<LorawanInput, 'region' | 'channelsHz' | 'gateways' | 'demodulators' | 'devices' | 'eirpDbm'> {
  const { region, channelsHz, eirpDbm, demodulators = 8, gateways, devices } = shaped(file, document, path)
  const index = new Map(gateways.map((id, g) => [id, g]))
  if (index.size !== gateways.length)
    throw new TwinError('NETWORK_INVALID', `${path}: two gateways have the same id.`, { path })
  const linkStart = new Uint32Array(devices.length + 1)
  const links: [gateway: number, lossDb: number][] = []
  for (const [i, { lossDb }] of devices.entries()) {
    const own = Object.entries(lossDb).map(([id, loss]): [number, number] => {
      const g = index.get(id)
      if (g !== undefined) return [g, loss]
      throw new TwinError('NETWORK_INVALID', `${path}: device ${i} names the gateway "${id}", which is not listed.`, {
        device: i,
      })
    })
    links.push(...own.sort((a, b) => a[0] - b[0]))
    linkStart[i + 1] = links.length
  }
  return {
    region,
    ...(channelsHz ? { channelsHz } : {}),
    gateways,
    demodulators,
    eirpDbm,
    devices: {
      count: devices.length,
      periodS: Float64Array.from(devices, ({ periodS }) => periodS),
      payloadBytes: Uint8Array.from(devices, ({ payloadBytes }) => payloadBytes),
      dataRate: Int8Array.from(devices, ({ dataRate }) => (typeof dataRate === 'number' ? dataRate : ADR)),
      linkStart,
      linkGateway: Uint16Array.from(links, ([g]) => g),
      linkLossDb: Float32Array.from(links, ([, loss]) => loss),
    },
  }
}
