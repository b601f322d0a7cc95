import type { Json } from '../../base/canonicalJson.ts'
import { fromHex, sameBytes, toHex } from '../../base/hex.ts'
import { utf8 } from '../../model/hash.ts'
import type { Curve } from '../curve.ts'
import { defineImporter, type ImportedMessage, type ImportedReading, type ImportTools } from './importer.ts'
import { importText, isObject, type JsonObject, readMembers, sniffMembers, strangers } from './importText.ts'
import { judgeMessage, malformed, remark } from './judgeMessage.ts'
import { readJwk, strictBase64url } from './jwk.ts'
import { addressOf } from './knownSigner.ts'
import { findAmongKeys, findByKey, findRecovered, type SignatureFinding } from './signatureFinding.ts'

// RFC 7518 and RFC 8812 register the first two; ioConnect's DIDComm writes the others (core/src/dids/didcomm/message.c)
const ALGORITHMS: ReadonlyMap<Json, { readonly curve: Curve; readonly registered: boolean }> = new Map([
  ['ES256', { curve: 'p256', registered: true }],
  ['ES256K', { curve: 'secp256k1', registered: true }],
  ['Es256', { curve: 'p256', registered: false }],
  ['Es256K', { curve: 'secp256k1', registered: false }],
])

/** One signature of a JWS: its two parts as they were signed, and what stood beside them unsigned. */
interface Part {
  readonly protectedPart: string
  readonly payloadPart: string
  readonly signature: Json | undefined
  readonly unprotected: JsonObject
}

const COMPACT = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]*)\.([A-Za-z0-9_-]+)$/

/** The signatures of a compact, flattened or general JWS (RFC 7515 section 7), or why it is none. */
function readParts(bytes: Uint8Array): readonly Part[] | string {
  const compact = COMPACT.exec(importText(bytes)?.trim() ?? '')
  if (compact)
    return [{ protectedPart: compact[1]!, payloadPart: compact[2]!, signature: compact[3]!, unprotected: {} }]
  const read = readMembers(bytes)
  if (typeof read === 'string') return read
  const { value } = read
  const several = 'signatures' in value
  const strange = strangers(
    value,
    several ? ['payload', 'signatures'] : ['payload', 'protected', 'header', 'signature'],
  )
  if (strange.length > 0) return `The JWS has a member "${strange[0]}" that its form does not know.`
  const { payload, signatures } = value
  if (typeof payload !== 'string') return 'The JWS has no payload.'
  const list = several ? signatures : [value]
  if (!Array.isArray(list) || list.length === 0 || list.length > 16) return 'The JWS has no list of 1 to 16 signatures.'
  const parts: Part[] = []
  for (const one of list as readonly Json[]) {
    if (!isObject(one) || typeof one.protected !== 'string') return 'A signature of the JWS has no protected header.'
    if (several && strangers(one, ['protected', 'header', 'signature']).length > 0)
      return 'A signature of the JWS has a member that its form does not know.'
    if (one.header !== undefined && !isObject(one.header)) return 'The unprotected header is no object.'
    const { protected: protectedPart, signature, header: unprotected = {} } = one
    parts.push({ protectedPart, payloadPart: payload, signature, unprotected: unprotected as JsonObject })
  }
  return parts
}

const DID_IO = /^did:io:0x([0-9a-fA-F]{40})(?:#.{0,64})?$/
const didAddress = (value: Json | undefined): Uint8Array | null => {
  const found = typeof value === 'string' ? DID_IO.exec(value) : null
  return found ? fromHex(`0x${found[1]}`) : null
}

async function readPart(part: Part, tools: ImportTools): Promise<ImportedMessage> {
  const { protectedPart, payloadPart, unprotected } = part
  const headerBytes = strictBase64url(protectedPart)
  const payload = strictBase64url(payloadPart)
  const signature = strictBase64url(part.signature)
  if (!headerBytes || !payload || !signature) return malformed('A part of the JWS is not base64url in its one form.')
  if (signature.length !== 64) return malformed(`The signature has ${signature.length} bytes, expected 64.`)
  const read = readMembers(headerBytes)
  if (typeof read === 'string') return malformed(`Its protected header: ${read}`)
  const header = read.value
  const both = Object.keys(header).find((name) => Object.hasOwn(unprotected, name))
  if (both) return malformed(`"${both}" stands in the protected and in the unprotected header.`)
  if ('alg' in unprotected || 'jwk' in unprotected)
    return malformed('The unprotected header names an algorithm or key.')
  if ('crit' in header || 'b64' in header || 'crit' in unprotected)
    return malformed('The header demands an extension that is not known here.')
  const algorithm = ALGORITHMS.get(header.alg ?? null)
  if (!algorithm) return malformed(`alg is ${JSON.stringify(header.alg ?? null)}, expected ES256 or ES256K.`)
  const key = header.jwk === undefined ? null : readJwk(header.jwk, algorithm.curve)
  if (typeof key === 'string') return malformed(key)

  const claims = claimsOf(payload)
  const kid = header.kid ?? unprotected.kid
  const claimed = typeof kid === 'string' ? kid : typeof claims?.iss === 'string' ? claims.iss : null
  const named = [didAddress(kid), didAddress(claims?.iss)].flatMap((address) => (address ? [address] : []))
  const message = utf8(`${protectedPart}.${payloadPart}`)
  const timeMs = timeOf(claims)
  return judgeMessage({
    claimed,
    timeMs,
    signature: await findSigner(tools, algorithm.curve, { signature, message }, key, named),
    implausible: null,
    readings: numbersOf(claims, timeMs),
    remarks: [
      algorithm.registered
        ? remark('alg', 'Is its algorithm spelled as registered?', 'passed', `${header.alg}.`)
        : remark(
            'alg',
            'Is its algorithm spelled as registered?',
            'warned',
            `"${header.alg}" is ioConnect’s spelling; other readers refuse it.`,
          ),
      remark('sequence', 'Is it new?', 'skipped', 'A JWS carries no number of its own.'),
    ],
  })
}

/** The signer: by the key in the header, by the address it names, or among the keys that the reader knows. */
async function findSigner(
  tools: ImportTools,
  curve: Curve,
  hashed: { readonly signature: Uint8Array; readonly message: Uint8Array },
  key: Uint8Array | null,
  named: readonly Uint8Array[],
): Promise<SignatureFinding> {
  const [claimed = null, other = claimed] = named
  if (claimed && other && !sameBytes(claimed, other))
    return contradiction(`Its kid names ${toHex(claimed)}, its iss ${toHex(other)}.`)
  if (key) {
    const address = addressOf(tools.crypto, key)
    if (claimed && !sameBytes(claimed, address))
      return contradiction(`It names ${toHex(claimed)}, and its key hashes to ${toHex(address)}.`)
    return findByKey(tools, curve, hashed, key)
  }
  if (curve === 'secp256k1') {
    const digest = tools.crypto.sha256(hashed.message)
    return findRecovered(tools, { signature: hashed.signature, digest, claimed })
  }
  const signers = claimed ? tools.signers.filter(({ address }) => sameBytes(fromHex(address)!, claimed)) : tools.signers
  return findAmongKeys({ ...tools, signers }, curve, hashed)
}

const contradiction = (detail: string): SignatureFinding => ({ state: 'invalid', signer: null, known: false, detail })

/** The payload as claims when it is a JSON object; a JWS may carry anything. */
function claimsOf(payload: Uint8Array): JsonObject | null {
  const read = readMembers(payload)
  return typeof read === 'string' ? null : read.value
}

const NOT_READINGS = ['iat', 'exp', 'nbf', 'timestamp', 'time']

function timeOf(claims: JsonObject | null): number | null {
  const stated = claims?.timestamp ?? claims?.iat
  if (typeof stated !== 'number' || stated <= 0) return null
  return stated < 1e11 ? stated * 1000 : stated // seconds until the year 5138
}

const numbersOf = (claims: JsonObject | null, timeMs: number | null): readonly ImportedReading[] =>
  Object.entries(claims ?? {}).flatMap(([name, value]) =>
    typeof value === 'number' && !NOT_READINGS.includes(name) ? [{ name, value, unit: '', timeMs }] : [],
  )

/** JSON Web Signature with ECDSA over P-256 or secp256k1. */
export const jws = defineImporter({
  id: 'jws',
  title: 'JSON Web Signature',
  weakness: 'Its key is its own: who holds it, and whether the message is new, the format does not say.',
  sniff(bytes) {
    if (COMPACT.test(importText(bytes)?.trim() ?? '')) return true
    const members = sniffMembers(bytes)
    return (
      members !== null && typeof members.payload === 'string' && ('signatures' in members || 'protected' in members)
    )
  },
  async read(bytes, tools) {
    const parts = readParts(bytes)
    return typeof parts === 'string' ? [malformed(parts)] : Promise.all(parts.map((part) => readPart(part, tools)))
  },
})
