import { sameBytes } from '../base/hex.ts'

/** Checks P-256 signatures. Asynchronous, because only WebCrypto is quick at it. */
export interface P256Verifier {
  /** Whether `signature` (r‖s, 64 bytes) over SHA-256 of `message` belongs to `publicKey` (65 bytes). Never rejects. */
  verify(signature: Uint8Array, publicKey: Uint8Array, message: Uint8Array): Promise<boolean>
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const
const SIGN = { name: 'ECDSA', hash: 'SHA-256' } as const

/** P-256 by a WebCrypto implementation. Keys are imported once and remembered by the array that holds them. */
export function createP256Verifier(subtle: SubtleCrypto): P256Verifier {
  const keys = new WeakMap<Uint8Array, { readonly bytes: Uint8Array; readonly key: Promise<CryptoKey | null> }>()
  const keyOf = (publicKey: Uint8Array): Promise<CryptoKey | null> => {
    const known = keys.get(publicKey)
    if (known && sameBytes(known.bytes, publicKey)) return known.key
    const bytes = Uint8Array.from(publicKey) // the caller's array may change
    const key = subtle.importKey('raw', bytes, ALGORITHM, false, ['verify']).catch(() => null)
    keys.set(publicKey, { bytes, key })
    return key
  }
  return {
    async verify(signature, publicKey, message) {
      // the caller's buffers may be reused while the key is awaited
      const [signed, copy] = [Uint8Array.from(signature), Uint8Array.from(message)]
      const key = await keyOf(publicKey)
      if (!key) return false // not a point of the curve
      return subtle.verify(SIGN, key, signed, copy).catch(() => false)
    },
  }
}
