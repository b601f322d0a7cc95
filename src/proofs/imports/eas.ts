import type { Json } from '../../base/canonicalJson.ts'
import { fromHex, sameBytes, toHex } from '../../base/hex.ts'
import { utf8 } from '../../model/hash.ts'
import { signatureFault } from '../curve.ts'
import { DOMAIN_FIELDS, type EasForm, easFormOf, typedValue } from './easForm.ts'
import { defineImporter, type ImportedMessage, type ImportTools } from './importer.ts'
import { isObject, type JsonObject, readMembers, sniffMembers, strangers } from './importText.ts'
import { judgeMessage, malformed, remark } from './judgeMessage.ts'
import { findRecovered } from './signatureFinding.ts'
import { hashStruct, type TypedField, type TypedValue, typedDigest } from './typedData.ts'

const DOMAIN_NAME = 'EAS Attestation'
const NOBODY = new Uint8Array(20)

/** Values of a struct, one for each of its fields, or the one sentence that says which is missing or strange. */
function readValues(
  value: Json | undefined,
  fields: readonly TypedField[],
  what: string,
  also: readonly string[] = [],
): Readonly<Record<string, TypedValue>> | string {
  if (!isObject(value)) return `The ${what} is no object.`
  const [strange] = strangers(value, [...fields.map(({ name }) => name), ...also])
  if (strange !== undefined) return `The ${what} has a member "${strange}" that was not signed.`
  const values: Record<string, TypedValue> = {}
  for (const { name, type } of fields) {
    const typed = typedValue(value[name], type)
    if (typed === null) return `${name} of the ${what} is no ${type}.`
    values[name] = typed
  }
  return values
}

/** The identity of an attestation, packed as Solidity's abi.encodePacked would. Source: eas-sdk, getOffchainUID. */
function uidOf({ crypto }: ImportTools, form: EasForm, schemaText: string, v: Readonly<Record<string, TypedValue>>) {
  const big = (value: TypedValue, bytes: number): Uint8Array =>
    fromHex(`0x${(value as bigint).toString(16).padStart(2 * bytes, '0')}`)!
  const parts = [
    ...(form.version > 0 ? [big(BigInt(form.version), 2)] : []),
    utf8(schemaText), // the text of the hexadecimal number, not the number: so the SDK has it
    v.recipient as Uint8Array,
    NOBODY,
    big(v.time!, 8),
    big(v.expirationTime!, 8),
    big(v.revocable!, 1),
    v.refUID as Uint8Array,
    v.data as Uint8Array,
    ...(form.version === 2 ? [v.salt as Uint8Array] : []),
    new Uint8Array(4),
  ]
  const packed = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  parts.reduce((at, part) => {
    packed.set(part, at)
    return at + part.length
  }, 0)
  return crypto.keccak256(packed)
}

/** r, s and v of a signature, or why they are none. The SDK takes the lower s only, and so does this. */
function readSignature(value: Json | undefined): { rs: Uint8Array; recoveryId: 0 | 1 } | string {
  if (!isObject(value) || strangers(value, ['r', 's', 'v']).length > 0) return 'The signature has not just r, s and v.'
  const [r, s] = [typedValue(value.r, 'bytes32'), typedValue(value.s, 'bytes32')]
  if (!(r instanceof Uint8Array && s instanceof Uint8Array)) return 'r or s of the signature is no bytes32.'
  if (value.v !== 27 && value.v !== 28)
    return `v of the signature is ${JSON.stringify(value.v ?? null)}, expected 27 or 28.`
  const rs = new Uint8Array(64)
  rs.set(r)
  rs.set(s, 32)
  return signatureFault(rs, 0, 'secp256k1') ?? { rs, recoveryId: value.v === 27 ? 0 : 1 }
}

const SIGNED_MEMBERS = ['version', 'uid', 'domain', 'primaryType', 'types', 'message', 'signature']

/** Attestation and signer of a file: the SDK's own object, or the one explorers put around it. */
function unwrap(value: JsonObject): { readonly signed: JsonObject; readonly signer: Json | undefined } | string {
  if (!('sig' in value)) return { signed: value, signer: undefined }
  if (!isObject(value.sig)) return 'sig is no object.'
  const [strange] = strangers(value, ['sig', 'signer'])
  return strange === undefined ? { signed: value.sig, signer: value.signer } : `Beside sig stands "${strange}".`
}

async function readAttestation(bytes: Uint8Array, tools: ImportTools): Promise<ImportedMessage> {
  const read = readMembers(bytes)
  if (typeof read === 'string') return malformed(read)
  const unwrapped = unwrap(read.value)
  if (typeof unwrapped === 'string') return malformed(unwrapped)
  const { signed, signer } = unwrapped
  const [strange] = strangers(signed, SIGNED_MEMBERS)
  if (strange !== undefined)
    return malformed(`The attestation has a member "${strange}" that its format does not know.`)
  const form = easFormOf(signed.primaryType, signed.types)
  if (!form) return malformed('primaryType and types are of none of the forms that exist (versions 0, 1 and 2).')
  // a version beside the message, or in it where the type has none, is not signed; it may stand there if it agrees
  const also = form.version === 0 ? ['version'] : []
  const values = readValues(signed.message, form.fields, 'message', also)
  if (typeof values === 'string') return malformed(values)
  const message = signed.message as JsonObject
  const versions = [signed.version, message.version].filter((version) => version !== undefined)
  if (versions.some((version) => version !== form.version))
    return malformed(
      `It calls itself version ${JSON.stringify(versions)}; its types are those of version ${form.version}.`,
    )
  const domain = readValues(signed.domain, DOMAIN_FIELDS, 'domain')
  if (typeof domain === 'string') return malformed(domain)
  const domainName = (signed.domain as JsonObject).name
  if (domainName !== DOMAIN_NAME) return malformed(`The domain is "${domainName}", expected "${DOMAIN_NAME}".`)
  const signature = readSignature(signed.signature)
  if (typeof signature === 'string') return malformed(signature)
  const claimed = signer === undefined ? null : typedValue(signer, 'address')
  if (signer !== undefined && !(claimed instanceof Uint8Array)) return malformed('signer is no address.')
  const uid = typedValue(signed.uid, 'bytes32')
  if (!(uid instanceof Uint8Array)) return malformed('uid is no bytes32.')
  if (!sameBytes(uid, uidOf(tools, form, String(message.schema), values)))
    return malformed('uid is not the hash of what the attestation says.')

  const { crypto } = tools
  const digest = typedDigest(
    crypto,
    hashStruct(crypto, 'EIP712Domain', DOMAIN_FIELDS, domain),
    hashStruct(crypto, form.struct, form.fields, values),
  )
  const expiresS = Number(values.expirationTime)
  return judgeMessage({
    claimed: claimed instanceof Uint8Array ? toHex(claimed) : null,
    timeMs: Number(values.time) * 1000,
    signature: findRecovered(tools, {
      signature: signature.rs,
      recoveryId: signature.recoveryId,
      digest,
      claimed: claimed instanceof Uint8Array ? claimed : null,
    }),
    implausible: null,
    readings: [], // what the data mean only the schema says, and that is on a chain
    remarks: [
      remark(
        'form',
        'Which form has it?',
        'passed',
        `Version ${form.version}, for chain ${domain.chainId} and schema ${message.schema}.`,
      ),
      remark('expiry', 'Does it expire?', 'skipped', expiresS === 0 ? 'It never does.' : `At ${dateOf(expiresS)}.`),
      remark('revocation', 'Was it revoked?', 'skipped', 'Only the chain that it names could tell; it was not asked.'),
    ],
  })
}

const dateOf = (timeS: number): string => {
  const date = new Date(timeS * 1000)
  return Number.isNaN(date.getTime()) ? `second ${timeS}` : date.toISOString()
}

/**
 * An off-chain attestation of the Ethereum Attestation Service.
 *
 * Source   eas-sdk src/offchain/offchain.ts (MIT): types of versions 0, 1 and 2, uid
 */
export const eas = defineImporter({
  id: 'eas',
  title: 'EAS off-chain attestation',
  weakness: 'It proves who said something, not that it is so; whether it was revoked only its chain can tell.',
  sniff(bytes) {
    const members = sniffMembers(bytes)
    const signed: unknown = members && 'sig' in members ? members.sig : members
    if (typeof signed !== 'object' || signed === null) return false
    return ['domain', 'types', 'message', 'signature', 'uid'].every((name) => name in signed)
  },
  read: async (bytes, tools) => [await readAttestation(bytes, tools)],
})
