import type { Json } from '../../base/canonicalJson.ts'
import { fromHex, toHex } from '../../base/hex.ts'
import { utf8 } from '../../model/hash.ts'
import { defineImporter, type ImportedMessage, type ImportedReading, type ImportTools } from './importer.ts'
import { isObject, readMembers, sniffMembers } from './importText.ts'
import { judgeMessage, malformed, remark } from './judgeMessage.ts'
import { findRecovered, type SignatureFinding } from './signatureFinding.ts'

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/
const DID = /^did:(?:erc721:\d{1,20}:0x[0-9a-fA-F]{40}:\d{1,78}|ethr:\d{1,20}:0x[0-9a-fA-F]{40})$/

const timeOf = (value: Json | undefined): number | null => {
  const timeMs = typeof value === 'string' && RFC3339.test(value) ? Date.parse(value) : NaN
  return Number.isNaN(timeMs) ? null : timeMs
}

/** EIP-191: what a wallet signs when it signs these bytes as a message. */
function personalDigest({ crypto }: ImportTools, data: Uint8Array): Uint8Array {
  const prefix = utf8(`\x19Ethereum Signed Message:\n${data.length}`)
  return crypto.keccak256(data, prefix)
}

/** The signals of a status event, each a number with a time of its own. */
function signalsOf(data: Json | undefined): readonly ImportedReading[] {
  const signals = isObject(data) && Array.isArray(data.signals) ? (data.signals as readonly Json[]) : []
  return signals.flatMap((signal) => {
    if (!isObject(signal) || typeof signal.name !== 'string' || typeof signal.value !== 'number') return []
    return [{ name: signal.name, value: signal.value, unit: '', timeMs: timeOf(signal.timestamp) }]
  })
}

async function findSigner(tools: ImportTools, digest: Uint8Array, signature: Uint8Array, source: Uint8Array) {
  const v = signature[64]
  const own: SignatureFinding | null =
    v === 27 || v === 28
      ? findRecovered(tools, {
          signature: signature.subarray(0, 64),
          digest,
          claimed: source,
          recoveryId: v === 27 ? 0 : 1,
        })
      : null
  if (own?.state === 'valid') return own
  const account = toHex(source)
  const answer = (await tools.askAccount?.(account, digest, signature)) ?? null
  const known = tools.signers.some(({ address }) => address === account)
  if (answer) {
    const detail = `The contract account ${account} says that it signed these bytes (ERC-1271).`
    return { state: 'valid', signer: account, known, detail } satisfies SignatureFinding as SignatureFinding
  }
  const detail =
    answer === null
      ? `The signature over these bytes is not by ${account}. If that is a contract, only its chain could say otherwise.`
      : `The signature over these bytes is not by ${account}, and its contract does not own up to it.`
  return { state: 'invalid', signer: null, known: false, detail } satisfies SignatureFinding as SignatureFinding
}

async function readEvent(bytes: Uint8Array, tools: ImportTools): Promise<ImportedMessage> {
  const read = readMembers(bytes)
  if (typeof read === 'string') return malformed(read)
  const { value, sources } = read
  if (value.specversion !== '1.0')
    return malformed(`specversion is ${JSON.stringify(value.specversion ?? null)}, expected "1.0".`)
  for (const name of ['id', 'type'] as const) {
    if (typeof value[name] !== 'string' || value[name] === '') return malformed(`${name} is no text.`)
  }
  const { source: sourceText, subject, time, signature: signatureText } = value
  const source = typeof sourceText === 'string' ? fromHex(sourceText) : null
  if (source?.length !== 20) return malformed('source is no address.')
  for (const did of [subject, value.producer]) {
    if (did !== undefined && !(typeof did === 'string' && DID.test(did)))
      return malformed('subject or producer is no did:erc721 or did:ethr.')
  }
  const timeMs = timeOf(time)
  if (timeMs === null) return malformed('time is no RFC 3339 time.')
  if ('data_base64' in value) return malformed('The data are in base64; the signature is over data in JSON.')
  const data = sources.get('data')
  if (data === undefined) return malformed('There are no data.')
  const signature = typeof signatureText === 'string' ? fromHex(signatureText) : null
  if (!signature || signature.length < 65) return malformed('signature is not 65 bytes of hexadecimal or more.')
  return judgeMessage({
    claimed: toHex(source),
    timeMs,
    signature: await findSigner(tools, personalDigest(tools, utf8(data)), signature, source),
    implausible: null,
    readings: signalsOf(value.data),
    remarks: [
      remark(
        'cover',
        'What is signed?',
        'warned',
        'The data alone: id, subject, time and type around them can be changed by anybody.',
      ),
    ],
  })
}

/**
 * A CloudEvent of DIMO whose data are signed.
 *
 * Source   DIMO cloudevent README, din internal/attest (Apache-2.0): EIP-191 over the bytes of `data` as they stand in
 *          the file, by `source` or by its contract (ERC-1271)
 */
export const dimo = defineImporter({
  id: 'dimo',
  title: 'DIMO CloudEvent',
  weakness: 'Only the data are signed: subject, time and type around them are the sender’s word.',
  sniff(bytes) {
    const members = sniffMembers(bytes)
    return members !== null && 'specversion' in members && 'source' in members && 'signature' in members
  },
  read: async (bytes, tools) => [await readEvent(bytes, tools)],
})
