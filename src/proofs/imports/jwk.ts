import { fromBase64url, toBase64url } from '../../base/base64url.ts'
import type { Json } from '../../base/canonicalJson.ts'
import type { Curve } from '../curve.ts'
import { isObject } from './importText.ts'

const NAMES: Readonly<Record<Curve, string>> = { p256: 'P-256', secp256k1: 'secp256k1' }

/** Bytes of base64url in its one form: no padding, no stray bits. */
export function strictBase64url(text: Json | undefined): Uint8Array | null {
  const bytes = typeof text === 'string' ? fromBase64url(text) : null
  return bytes && toBase64url(bytes) === text ? bytes : null
}

/**
 * The public key (65 bytes) in a JSON Web Key.
 *
 * Returns  the key, or the one sentence that says why it is none of this curve
 * Source   RFC 7518 section 6.2, RFC 8812 section 3.1
 */
export function readJwk(jwk: Json, curve: Curve): Uint8Array | string {
  if (!isObject(jwk) || jwk.kty !== 'EC') return 'The key in the header is no elliptic-curve key.'
  if ('d' in jwk) return 'The header shows the private half of its key: whoever reads it can sign.'
  if (jwk.crv !== NAMES[curve])
    return `The key in the header is on ${JSON.stringify(jwk.crv ?? null)}, which is not the curve of its alg.`
  const [x, y] = [strictBase64url(jwk.x), strictBase64url(jwk.y)]
  if (x?.length !== 32 || y?.length !== 32) return 'The key in the header has no x and y of 32 bytes each.'
  const key = new Uint8Array(65)
  key[0] = 4
  key.set(x, 1)
  key.set(y, 33)
  return key
}
