import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { encodePacked, type Hex, hexToBytes, keccak256, toHex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { Importer, ImportTools } from '../../src/proofs/imports/importer.ts'
import { type KnownSigner, readKnownSigner } from '../../src/proofs/imports/knownSigner.ts'
import { createTestSigner, crypto, NO_PREV, p256, someReadings } from './signers.ts'

// Made with viem and node:crypto and a few lines of protobuf of their own, none of it from the importers.

/** A key pair whose signatures node:crypto makes. */
export interface NodeSigner {
  readonly key: KeyObject
  readonly jwk: { readonly kty: 'EC'; readonly crv: string; readonly x: string; readonly y: string }
  readonly publicKey: Hex // 65 bytes
  readonly address: Hex
  /** r‖s over SHA-256 of the bytes. */
  sign(bytes: Uint8Array): Uint8Array
}

export function nodeSigner(curve: 'prime256v1' | 'secp256k1'): NodeSigner {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: curve })
  const key = createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const exported = createPublicKey(key).export({ format: 'jwk' }) as { crv: string; x: string; y: string }
  const xy = Buffer.concat([Buffer.from(exported.x, 'base64url'), Buffer.from(exported.y, 'base64url')])
  return {
    key,
    jwk: { kty: 'EC', crv: exported.crv, x: exported.x, y: exported.y },
    publicKey: `0x04${xy.toString('hex')}`,
    address: `0x${keccak256(xy).slice(-40)}`,
    sign: (bytes) => new Uint8Array(sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' })),
  }
}

const ORDERS = {
  prime256v1: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  secp256k1: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n,
}
/** The other form of a signature: the same r, and n - s. */
export function otherS(signature: Uint8Array, curve: keyof typeof ORDERS): Uint8Array {
  const s = BigInt(toHex(signature.slice(32)))
  return Uint8Array.of(...signature.slice(0, 32), ...hexToBytes(toHex(ORDERS[curve] - s, { size: 32 })))
}

export const known = (...texts: string[]): KnownSigner[] => texts.map((text) => readKnownSigner(crypto, text)!)
export const toolsFor = (...signers: string[]): ImportTools => ({ crypto, p256, signers: known(...signers) })
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

// ── protobuf, written from its specification
const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))]
export const number = (field: number, value: number): number[] => [...varint(field * 8), ...varint(value)]
export const zigzag = (field: number, value: number): number[] => number(field, value < 0 ? -2 * value - 1 : 2 * value)
export const block = (field: number, bytes: ArrayLike<number>): number[] => [
  ...varint(field * 8 + 2),
  ...varint(bytes.length),
  ...Array.from(bytes),
]
const u32 = (value: number): number[] => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256)

export const SENSOR_DATA = [
  ...number(1, 1500),
  ...number(2, 392),
  ...zigzag(3, 511694400),
  ...zigzag(4, 714491000),
  ...number(5, 1234567),
  ...zigzag(6, -1250),
  ...number(7, 101325),
  ...number(8, 4512),
  ...number(9, 32000),
  ...number(10, 2105),
  ...[-3, 5, 0].flatMap((v) => zigzag(11, v)),
  ...[-38, 166, 8270].flatMap((v) => zigzag(12, v)),
  ...block(13, utf8('58b66cbaed0c63c3')),
]
export const PEBBLE_TIME_S = 1_750_000_000

/** A tracker's packet, signed over type ‖ data ‖ time. */
export const pebblePacket = (
  signature: (signed: Uint8Array) => ArrayLike<number>,
  { type = 0, data = SENSOR_DATA, timeS = PEBBLE_TIME_S } = {},
): Uint8Array =>
  Uint8Array.from([
    ...number(1, type),
    ...block(2, data),
    ...number(3, timeS),
    ...block(4, signature(Uint8Array.from([...u32(type), ...data, ...u32(timeS)]))),
  ])

/** The request that carries a packet to its server. */
export function pebbleRequest(signer: NodeSigner, change: (request: Record<string, string>) => object = (r) => r) {
  const payload = Buffer.from(pebblePacket(() => new Uint8Array(64))).toString('base64url')
  const deviceID = `did:io:${signer.address}`
  const signature = Buffer.from(signer.sign(utf8(JSON.stringify({ deviceID, payload })))).toString('hex')
  return utf8(JSON.stringify(change({ deviceID, payload, signature: `0x${signature}` })))
}

// ── JWS
const base64url = (value: string | Uint8Array): string => Buffer.from(value).toString('base64url')
export const CLAIMS = { iat: 1_750_000_000, temperature: 21.5, humidity: 44, unit: 'C' }

export function compactJws(signer: NodeSigner, header: object, payload: string = JSON.stringify(CLAIMS)): string {
  const signed = `${base64url(JSON.stringify(header))}.${base64url(payload)}`
  return `${signed}.${base64url(signer.sign(utf8(signed)))}`
}
export function flattenedJws(signer: NodeSigner, header: object, unprotected?: object): Uint8Array {
  const [protectedPart, payload, signature] = compactJws(signer, header).split('.')
  return utf8(
    JSON.stringify({ payload, protected: protectedPart, ...(unprotected && { header: unprotected }), signature }),
  )
}

// ── EAS
export const EAS_KEY: Hex = `0x${'45'.repeat(32)}`
const account = privateKeyToAccount(EAS_KEY)
export const EAS_SIGNER = account.address.toLowerCase() as Hex
const EAS_DOMAIN = {
  name: 'EAS Attestation',
  version: '1.2.0',
  chainId: 4689,
  verifyingContract: '0xA1207F3BBa224E2c9c3c6D5aF63D0eb1582Ce587',
} as const
const CORE = [
  ['schema', 'bytes32'],
  ['recipient', 'address'],
  ['time', 'uint64'],
  ['expirationTime', 'uint64'],
  ['revocable', 'bool'],
  ['refUID', 'bytes32'],
  ['data', 'bytes'],
].map(([name, type]) => ({ name: name!, type: type! }))
const MESSAGE = {
  schema: keccak256('0x01'),
  recipient: `0x${'22'.repeat(20)}` as Hex,
  time: 1_750_000_000n,
  expirationTime: 0n,
  revocable: true,
  refUID: `0x${'00'.repeat(32)}` as Hex,
  data: '0x00000000000000000000000000000000000000000000000000000000000004d2' as Hex,
}
const SALT = keccak256('0x02')

export interface EasChoice {
  readonly version: 0 | 1 | 2
  /** Which of the three forms that version 0 had. */
  readonly struct?: 'Attest' | 'Attestation'
  readonly primaryType?: 'Attest' | 'Attestation'
  readonly wrapped?: boolean
  readonly change?: (signed: Record<string, unknown>) => Record<string, unknown>
}

/** An attestation as eas-sdk returns it, with its integers as text, as explorers save it. */
export async function easAttestation(choice: EasChoice): Promise<Uint8Array> {
  const { version, struct = 'Attest', primaryType = struct, wrapped = true, change = (signed) => signed } = choice
  const versioned = version === 0 ? MESSAGE : { version, ...MESSAGE }
  const message = version === 2 ? { ...versioned, salt: SALT } : versioned
  const fields = [
    ...(version === 0 ? [] : [{ name: 'version', type: 'uint16' }]),
    ...CORE,
    ...(version === 2 ? [{ name: 'salt', type: 'bytes32' }] : []),
  ]
  const types = { [struct]: fields }
  const signature = await account.signTypedData({ domain: EAS_DOMAIN, types, primaryType: struct, message } as never)
  const { schema, recipient, time, expirationTime, revocable, refUID, data } = MESSAGE
  const nobody: Hex = `0x${'00'.repeat(20)}`
  const packed = encodePacked(
    ['uint16', 'bytes', 'address', 'address', 'uint64', 'uint64', 'bool', 'bytes32', 'bytes', 'bytes32', 'uint32'],
    [version, toHex(schema), recipient, nobody, time, expirationTime, revocable, refUID, data, SALT, 0],
  ).slice(2)
  const head = version === 0 ? packed.slice(4) : packed
  const uid = keccak256(`0x${version === 2 ? head : head.slice(0, -72) + head.slice(-8)}`)
  const signed = change({
    ...(version === 0 ? {} : { version }),
    uid,
    domain: { ...EAS_DOMAIN, chainId: String(EAS_DOMAIN.chainId) },
    primaryType,
    types,
    message: { ...message, time: String(time), expirationTime: String(expirationTime) },
    signature: {
      r: signature.slice(0, 66),
      s: `0x${signature.slice(66, 130)}`,
      v: Number.parseInt(signature.slice(130), 16),
    },
  })
  return utf8(JSON.stringify(wrapped ? { sig: signed, signer: account.address } : signed))
}

// ── DIMO
const dimoAccount = privateKeyToAccount(`0x${'44'.repeat(32)}`)
export const DIMO_SIGNER = dimoAccount.address.toLowerCase() as Hex
/** Written as people write JSON: the spaces are part of what is signed. */
export const DIMO_DATA = `{
    "signals": [
      { "name": "speed", "timestamp": "2025-03-04T12:01:00Z", "value": 55 },
      { "name": "powertrainType", "timestamp": "2025-03-04T12:03:00Z", "value": "COMBUSTION" }
    ],
    "vin": "1GGCM82633A123456"
  }`

export async function dimoEvent(change: (text: string) => string = (text) => text): Promise<Uint8Array> {
  const signature = await dimoAccount.signMessage({ message: { raw: utf8(DIMO_DATA) } })
  const text = `{
  "id": "2pcYwspbaBFJ7NPGZ2kivkuJ12a",
  "source": "${dimoAccount.address}",
  "producer": "did:erc721:137:0xbA5738a18d83D41847dfFbDC6101d37C69c9B0cF:42",
  "specversion": "1.0",
  "subject": "did:erc721:137:0xbA5738a18d83D41847dfFbDC6101d37C69c9B0cF:42",
  "time": "2025-03-04T12:00:00Z",
  "type": "dimo.attestation",
  "signature": "${signature}",
  "data": ${DIMO_DATA}
}
`
  return utf8(change(text))
}

// ── frames
const meter = createTestSigner('secp256k1', 9)
export const FRAME_SIGNER = toHex(meter.address)
export function chainedFrames(): [Uint8Array, Uint8Array] {
  const first = meter.sign({ epoch: 0, seqFirst: 0, prev: NO_PREV, t0Ms: 1e12, readings: someReadings(2) })
  const prev = hexToBytes(keccak256(first.slice(0, -64)))
  return [first, meter.sign({ epoch: 0, seqFirst: 2, prev, t0Ms: 1e12 + 5000, readings: someReadings(1) })]
}

/** One small good sample of each format, and who signed it. A new importer brings its own. */
export interface ImportSample {
  readonly bytes: Uint8Array
  readonly signer: string
  /** Parts of the text that nobody signed: altered there, it is still signed. */
  readonly unsigned: RegExp | null
}

const tracker = nodeSigner('prime256v1')
const gadget = nodeSigner('secp256k1')

export const importSamples: Readonly<Record<Importer['id'], ImportSample>> = {
  frames: { bytes: chainedFrames()[0], signer: FRAME_SIGNER, unsigned: null },
  pebble: { bytes: pebblePacket(tracker.sign), signer: tracker.publicKey, unsigned: null },
  eas: { bytes: await easAttestation({ version: 2 }), signer: EAS_SIGNER, unsigned: null },
  // all but source, signature and data
  dimo: {
    bytes: await dimoEvent(),
    signer: DIMO_SIGNER,
    unsigned: /"id": "[^"]*"|"(?:producer|subject)": "[^"]*"|"time": "[^"]*"|"type": "[^"]*"/g,
  },
  jws: { bytes: utf8(compactJws(gadget, { alg: 'ES256K', jwk: gadget.jwk })), signer: gadget.address, unsigned: null },
}
