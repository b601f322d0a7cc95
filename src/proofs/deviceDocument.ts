import { z } from 'zod'
import { canonicalJson } from '../base/canonicalJson.ts'
import { type Hex, toHex } from '../base/hex.ts'
import { DEVICE_KINDS } from '../model/device.ts'
import { utf8 } from '../model/hash.ts'
import type { ProofCrypto } from './crypto.ts'

z.config({ jitless: true }) // zod would probe eval, which the page's policy forbids

/** A year: longer is not delayed but hidden. */
const MAX_DELAY_S = 366 * 86_400

const deviceDocument = z.strictObject({
  format: z.literal('veracity-device'),
  version: z.literal(1),
  address: z.string().regex(/^0x[0-9a-f]{40}$/),
  kind: z.enum(DEVICE_KINDS),
  title: z.string().min(1).max(120),
  latDeg: z.number().min(-90).max(90),
  lonDeg: z.number().min(-180).max(180),
  heightM: z.number().min(-500).max(9000),
  buildingOsmId: z
    .string()
    .regex(/^(node|way|relation)\/\d{1,15}$/)
    .nullable(),
  privacy: z
    .discriminatedUnion('publish', [
      z.strictObject({ publish: z.literal('delayed'), delayS: z.number().int().min(1).max(MAX_DELAY_S) }),
      z.strictObject({ publish: z.literal('aggregated'), everyS: z.number().int().min(60).max(86_400) }),
    ])
    .optional(),
})

/** What a project says about a device beyond its key. The directory holds its hash. */
export type DeviceDocument = z.infer<typeof deviceDocument>

/** A document as bytes: canonical JSON, so that everybody hashes the same. */
export const documentBytes = (document: DeviceDocument): Uint8Array => utf8(canonicalJson(document))

export const documentHash = ({ keccak256 }: ProofCrypto, document: DeviceDocument): Hex =>
  toHex(keccak256(documentBytes(document)))

/** A document from somebody's JSON, or null when it is none. */
export function readDeviceDocument(value: unknown): DeviceDocument | null {
  const result = deviceDocument.safeParse(value)
  return result.success ? result.data : null
}
