import { fromHex } from '../base/hex.ts'

/** Curves a device may sign with. The code in a frame and on chain is the index plus one. */
const CURVES = ['secp256k1', 'p256'] as const
export type Curve = (typeof CURVES)[number]

export const curveOfCode = (code: number): Curve | null => CURVES[code - 1] ?? null
export const codeOfCurve = (curve: Curve): number => CURVES.indexOf(curve) + 1

interface Order {
  readonly n: Uint8Array
  readonly half: Uint8Array // (n - 1) / 2
}

const order = (n: string, half: string): Order => ({ n: fromHex(`0x${n}`)!, half: fromHex(`0x${half}`)! })

// SEC 2: Recommended Elliptic Curve Domain Parameters, version 2.0, sections 2.4.1 and 2.4.2
export const ORDERS: Readonly<Record<Curve, Order>> = {
  secp256k1: order(
    'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141',
    '7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0',
  ),
  p256: order(
    'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551',
    '7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8',
  ),
}

/** Whether the 32 bytes at `at`, as a number, are above `limit`. */
function above(bytes: Uint8Array, at: number, limit: Uint8Array): boolean {
  for (let i = 0; i < 32; i++) {
    const difference = bytes[at + i]! - limit[i]!
    if (difference !== 0) return difference > 0
  }
  return false
}

function isZero(bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < 32; i++) if (bytes[at + i] !== 0) return false
  return true
}

/**
 * Why the 64 bytes at `at` are no canonical signature of the curve; null when they are.
 * 1 ≤ r < n and 1 ≤ s ≤ (n-1)/2, so that no second signature can be made from a first one.
 */
export function signatureFault(bytes: Uint8Array, at: number, curve: Curve): string | null {
  const { n, half } = ORDERS[curve]
  if (isZero(bytes, at) || isZero(bytes, at + 32)) return 'The signature holds a zero.'
  if (above(bytes, at, n) || sameAs(bytes, at, n))
    return 'The first half of the signature is not below the group order.'
  if (above(bytes, at + 32, half)) return 'The second half of the signature is above half the group order.'
  return null
}

function sameAs(bytes: Uint8Array, at: number, other: Uint8Array): boolean {
  for (let i = 0; i < 32; i++) if (bytes[at + i] !== other[i]) return false
  return true
}

/** s and n - s sign the same; this makes the lower of the two stand in the last 32 bytes. */
export function lowerS(signature: Uint8Array, curve: Curve): Uint8Array {
  const { n, half } = ORDERS[curve]
  if (!above(signature, 32, half)) return signature
  const lowered = signature.slice()
  let borrow = 0
  for (let i = 31; i >= 0; i--) {
    const digit = n[i]! - signature[32 + i]! - borrow
    borrow = digit < 0 ? 1 : 0
    lowered[32 + i] = digit & 255
  }
  return lowered
}
