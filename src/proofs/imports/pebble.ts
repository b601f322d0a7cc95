import { fromBase64url, toBase64url } from '../../base/base64url.ts'
import { ByteWriter } from '../../base/bytes.ts'
import { fromHex } from '../../base/hex.ts'
import { utf8 } from '../../model/hash.ts'
import type { Check } from '../../model/trust.ts'
import { defineImporter, type ImportedMessage, type ImportTools } from './importer.ts'
import { MAX_IMPORT_BYTES, readMembers, sniffMembers, strangers } from './importText.ts'
import { judgeMessage, malformed, remark } from './judgeMessage.ts'
import { readWireFields } from './protobuf.ts'
import { readSensorData, type SensorData } from './sensorData.ts'
import { findAmongKeys, findRecovered, type SignatureFinding } from './signatureFinding.ts'

const TYPES = ['data', 'config', 'state'] as const
const STATE = 2

/** A tracker's BinPackage: required fields 1 to 4 of its protobuf. */
interface Package {
  readonly type: number
  readonly data: Uint8Array
  readonly timestampS: number
  readonly signature: Uint8Array
}

function readPackage(bytes: Uint8Array): Package | string {
  const fields = readWireFields(bytes, 'The packet')
  if (typeof fields === 'string') return fields
  const numbers = fields.map(({ number }) => number).join(', ')
  if (numbers !== '1, 2, 3, 4')
    return `The packet has the fields ${numbers || '(none)'}, expected 1, 2, 3, 4 once each.`
  const [type, data, timestampS, signature] = fields.map(({ value }) => value)
  if (typeof type !== 'number' || typeof timestampS !== 'number') return 'The packet’s type or time is no number.'
  if (typeof data === 'number' || typeof signature === 'number') return 'The packet’s data or signature are no bytes.'
  if (!TYPES[type]) return `The packet has type ${type}, expected 0, 1 or 2.`
  return { type, data: data!, timestampS, signature: signature! }
}

/** What the firmware hashes: type, data and time, numbers big-endian; an older one left the type out of its state packets. */
function preimages({ type, data, timestampS }: Package): readonly Uint8Array[] {
  const bytes = (withType: boolean): Uint8Array => {
    const writer = new ByteWriter(data.length + 8)
    if (withType) writer.u32(type)
    writer.bytes(data)
    writer.u32(timestampS)
    return writer.done()
  }
  return type === STATE ? [bytes(true), bytes(false)] : [bytes(true)]
}

/** A tracker signs with P-256, its simulator with secp256k1, and nothing in the packet says which, or whose key it is. */
async function findSigner(tools: ImportTools, packet: Package): Promise<SignatureFinding> {
  const { signature } = packet
  for (const message of preimages(packet)) {
    const recovered = findRecovered(tools, { signature, digest: tools.crypto.sha256(message), claimed: null })
    if (recovered.state === 'valid' && recovered.known) return recovered
    const found = await findAmongKeys(tools, 'p256', { signature, message })
    if (found.state === 'valid' || found.state === 'unavailable') return found
  }
  const asked = tools.signers.some(({ publicKey }) => publicKey !== null)
  return {
    state: asked ? 'invalid' : 'no-key',
    signer: null,
    known: false,
    detail: asked
      ? 'The signature over these bytes is by none of the signers named as trusted, on either curve.'
      : 'The packet names neither its signer nor its curve; a P-256 signature can be checked against a public key only.',
  }
}

function messageOf(
  packet: Package,
  signature: SignatureFinding,
  claimed: string | null,
  remarks: readonly Check[],
): ImportedMessage {
  const timeMs = packet.timestampS * 1000
  const data: SensorData | string =
    packet.type === 0 ? readSensorData(packet.data) : { readings: [], implausible: null, hasFix: true }
  if (typeof data === 'string') return malformed(data)
  return judgeMessage({
    claimed,
    timeMs,
    signature,
    implausible: data.implausible,
    readings: data.readings.map((reading) => ({ ...reading, timeMs })),
    remarks: [
      ...remarks,
      data.hasFix
        ? remark('kind', 'What is it?', 'passed', `A ${TYPES[packet.type]} packet.`)
        : remark(
            'kind',
            'What is it?',
            'warned',
            'A data packet without a place: none is stated, or one that is not on Earth.',
          ),
      remark('sequence', 'Is it new?', 'skipped', 'Packets carry no number: an old one repeated looks the same.'),
    ],
  })
}

const DEVICE_ID = /^did:io:0x[0-9a-fA-F]{40}$/
const ENVELOPE = ['deviceID', 'payload', 'signature'] as const

/** The request a tracker posts to its server: the packet in base64url, and a secp256k1 signature over Go's JSON of the rest. */
async function readEnvelope(bytes: Uint8Array, tools: ImportTools): Promise<ImportedMessage> {
  const read = readMembers(bytes)
  if (typeof read === 'string') return malformed(read)
  const strange = strangers(read.value, ENVELOPE)
  if (strange.length > 0) return malformed(`The request has a member "${strange[0]}" that the format does not know.`)
  const { deviceID, payload, signature } = read.value
  if (typeof deviceID !== 'string' || !DEVICE_ID.test(deviceID))
    return malformed('deviceID is not did:io: and an address.')
  const packetBytes = typeof payload === 'string' ? fromBase64url(payload) : null
  if (!packetBytes || toBase64url(packetBytes) !== payload)
    return malformed('payload is not base64url in its one form.')
  const rs = typeof signature === 'string' ? fromHex(signature) : null
  if (rs?.length !== 64) return malformed('signature is not 64 bytes of hexadecimal.')
  const packet = readPackage(packetBytes)
  if (typeof packet === 'string') return malformed(packet)
  // Go writes the members in the order of its struct and leaves the empty signature out
  const digest = tools.crypto.sha256(utf8(`{"deviceID":"${deviceID}","payload":"${payload}"}`))
  const found = findRecovered(tools, { signature: rs, digest, claimed: fromHex(deviceID.slice(7)) })
  return messageOf(packet, found, deviceID, [
    remark(
      'inner',
      'Is the packet itself signed?',
      'skipped',
      'The request’s signature covers it; its own is not looked at.',
    ),
  ])
}

async function readPacket(bytes: Uint8Array, tools: ImportTools): Promise<ImportedMessage> {
  const packet = readPackage(bytes)
  if (typeof packet === 'string') return malformed(packet)
  if (packet.signature.length !== 64)
    return malformed(`The packet’s signature has ${packet.signature.length} bytes, expected 64.`)
  return messageOf(packet, await findSigner(tools, packet), null, [])
}

const looksLikeEnvelope = (bytes: Uint8Array): boolean => {
  const members = sniffMembers(bytes)
  return members !== null && ENVELOPE.every((name) => name in members)
}

/**
 * The packet of an IoTeX Pebble tracker, as bytes or inside the request that carries it.
 *
 * Source   pebble-firmware nrf/applications/asset_tracker (payload: type ‖ data ‖ time, SHA-256, r‖s with low s),
 *          pebble-server api/http.go (request, scales) and proto/pebble.proto, Apache-2.0
 */
export const pebble = defineImporter({
  id: 'pebble',
  title: 'Pebble tracker packet',
  weakness: 'It has no sequence number and names no chain, so an old packet can be repeated anywhere.',
  sniff(bytes) {
    if (bytes.length === 0 || bytes.length > MAX_IMPORT_BYTES) return false
    return (bytes[0] === 8 && bytes[2] === 0x12 && typeof readPackage(bytes) !== 'string') || looksLikeEnvelope(bytes)
  },
  read: async (bytes, tools) => [
    await (looksLikeEnvelope(bytes) ? readEnvelope(bytes, tools) : readPacket(bytes, tools)),
  ],
})
