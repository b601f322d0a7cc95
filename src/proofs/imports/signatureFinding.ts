import { type Hex, sameBytes, toHex } from '../../base/hex.ts'
import { type Curve, lowerS } from '../curve.ts'
import type { ImportTools } from './importer.ts'
import { addressOf, signerAt } from './knownSigner.ts'

/** Whose signature it is, as far as that can be told. */
export interface SignatureFinding {
  /** no-key: nobody says which key to check it with; unavailable: this program cannot check it here. */
  readonly state: 'valid' | 'invalid' | 'no-key' | 'unavailable'
  readonly signer: Hex | null
  readonly known: boolean // one of the signers that the reader trusts
  readonly detail: string
}

/** A secp256k1 signature (r‖s, 64 bytes) over a digest, and whom its message names as the signer. */
export interface Recoverable {
  readonly signature: Uint8Array
  readonly digest: Uint8Array
  readonly claimed: Uint8Array | null // 20
  readonly recoveryId?: 0 | 1 // without it both are tried: each gives another key, and only one can hash to an address
}

/** Finds the signer of a secp256k1 signature by recovering its key. */
export function findRecovered(tools: ImportTools, { signature, digest, claimed, recoveryId }: Recoverable) {
  const { crypto, signers } = tools
  const addresses = (recoveryId === undefined ? ([0, 1] as const) : [recoveryId]).flatMap((id) => {
    const key = crypto.recoverSecp256k1(signature, id, digest)
    return key ? [addressOf(crypto, key)] : []
  })
  if (claimed) {
    const hex = toHex(claimed)
    if (!addresses.some((address) => sameBytes(address, claimed)))
      return finding('invalid', null, false, `The secp256k1 signature over these bytes is not by ${hex}.`)
    const known = signerAt(signers, claimed) !== null
    return finding('valid', hex, known, `The secp256k1 signature over these bytes is by ${hex}.`)
  }
  for (const address of addresses) {
    const signer = signerAt(signers, address)
    if (signer) return finding('valid', signer.address, true, `The secp256k1 signature is by ${signer.address}.`)
  }
  if (addresses.length === 0) return finding('invalid', null, false, 'No secp256k1 key could have made this signature.')
  if (signers.length > 0) return finding('invalid', null, false, BY_NONE)
  const [first, second] = addresses.map(toHex)
  return second
    ? finding('no-key', null, false, `The message names no signer; it could be ${first} or ${second}.`)
    : finding('valid', first!, false, `The secp256k1 signature is by ${first}.`)
}

/** A signature of either curve over SHA-256 of a message. */
export interface Hashed {
  readonly signature: Uint8Array // r‖s, 64
  readonly message: Uint8Array
}

/** Checks a signature against one key. Either form of s is taken: these formats do not demand the lower. */
export async function findByKey(tools: ImportTools, curve: Curve, { signature, message }: Hashed, key: Uint8Array) {
  const { crypto, signers } = tools
  const address = addressOf(crypto, key)
  const by = `${curve === 'p256' ? 'P-256' : 'secp256k1'} key of ${toHex(address)}`
  if (curve === 'p256' && !tools.p256) return UNAVAILABLE
  const valid =
    curve === 'p256'
      ? await tools.p256!.verify(signature, key, message)
      : crypto.verifySecp256k1(lowerS(signature, curve), key, crypto.sha256(message))
  return valid
    ? finding('valid', toHex(address), signerAt(signers, address) !== null, `The ${by} made this signature.`)
    : finding('invalid', null, false, `The ${by} did not make this signature over these bytes.`)
}

/** Tries the keys of all known signers on a curve whose signatures do not tell their key. */
export async function findAmongKeys(tools: ImportTools, curve: Curve, hashed: Hashed): Promise<SignatureFinding> {
  const keys = tools.signers.flatMap(({ publicKey }) => (publicKey ? [publicKey] : []))
  if (keys.length === 0)
    return finding('no-key', null, false, 'The message carries no public key, and no signer was named by one.')
  for (const key of keys) {
    const found = await findByKey(tools, curve, hashed, key)
    if (found.state !== 'invalid') return found
  }
  return finding('invalid', null, false, BY_NONE)
}

const BY_NONE = 'The signature over these bytes is by none of the signers named as trusted.'

function finding(state: SignatureFinding['state'], signer: Hex | null, known: boolean, detail: string) {
  return { state, signer, known, detail } satisfies SignatureFinding as SignatureFinding
}

const UNAVAILABLE = finding(
  'unavailable',
  null,
  false,
  'This browser withholds WebCrypto from pages without https, so P-256 cannot be checked.',
)
