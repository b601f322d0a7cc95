import { z } from 'zod'
import { canonicalJson } from '../base/canonicalJson.ts'
import { type Hex, toHex } from '../base/hex.ts'
import { ORIGINS } from '../base/honesty.ts'
import { DEVICE_KINDS } from '../model/device.ts'
import { utf8 } from '../model/hash.ts'
import { DIRECTORY_IDS, TRUST_CLASSES } from '../model/trustClass.ts'
import type { ProofCrypto } from './crypto.ts'

z.config({ jitless: true }) // zod would probe eval, which the page's policy forbids

/** A year: longer is not delayed but hidden. */
const MAX_DELAY_S = 366 * 86_400

const privacy = z
  .discriminatedUnion('publish', [
    z.strictObject({ publish: z.literal('delayed'), delayS: z.number().int().min(1).max(MAX_DELAY_S) }),
    z.strictObject({ publish: z.literal('aggregated'), everyS: z.number().int().min(60).max(86_400) }),
  ])
  .optional()

const address = z.string().regex(/^0x[0-9a-f]{40}$/)
const described = {
  format: z.literal('veracity-device'),
  kind: z.enum(DEVICE_KINDS),
  title: z.string().min(1).max(120),
  buildingOsmId: z
    .string()
    .regex(/^(node|way|relation)\/\d{1,15}$/)
    .nullable(),
  privacy,
}
const latDeg = z.number().min(-90).max(90)
const lonDeg = z.number().min(-180).max(180)
const heightM = z.number().min(-500).max(9000)

/** Written by a project, which puts its hash on chain. */
const ownDocument = z.strictObject({ ...described, version: z.literal(1), address, latDeg, lonDeg, heightM })

/** Put together by whoever reads a directory that knows no such documents; what it does not say is null. */
const listedDocument = z.strictObject({
  ...described,
  version: z.literal(2),
  address: address.or(z.string().regex(/^0x[0-9a-f]{64}$/)), // 32 bytes: an identifier behind which no key is known
  latDeg: latDeg.nullable(),
  lonDeg: lonDeg.nullable(),
  heightM: heightM.nullable(),
  directory: z.enum(DIRECTORY_IDS),
  trust: z.enum(TRUST_CLASSES),
  origin: z.enum(ORIGINS),
  originSaidBy: z.enum(['registration', 'reader']), // ioID says nothing about it: then the reader's settings do
  did: z.string().max(200).nullable(),
  didDocument: z.strictObject({ uri: z.string().max(2_000), hash: z.string().regex(/^0x[0-9a-f]{64}$/) }).nullable(),
})

const deviceDocument = z.discriminatedUnion('version', [ownDocument, listedDocument])

/** A document that a reader of a directory put together. */
export type ListedDocument = z.infer<typeof listedDocument>

/** What is said about a device beyond its key. Of version 1 the directory holds the hash. */
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
