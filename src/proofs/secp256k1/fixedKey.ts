import { ORDERS, signatureFault } from '../curve.ts'
import { ELEMENT_BYTES } from './fieldCode.ts'
import { createInverse, createModulus } from './inverse.ts'
import { createCurveModule } from './module.ts'
import { ACCUMULATOR, SCRATCH } from './pointCode.ts'
import { createTableMaker, PIECE_BITS, PIECES, POINT_BYTES, readElement, writeElement } from './pointTable.ts'
import { signedDigits } from './signedDigits.ts'

/** Checks signatures of keys that sign again and again, by tables of multiples of each key. */
export interface FixedKeyVerifier {
  /** Address of a table for the key (65 bytes, known to be a point of the curve). Costs as much as a few verifications. */
  prepare(publicKey: Uint8Array, reuse?: number): number
  /**
   * True: `signature` (r‖s, low s) over `digest` (32 bytes) belongs to the key of `table`. False decides nothing: ask
   * another verifier. In the rare cases that the formulas do not cover (the sum passes through infinity or meets what is
   * added to it, or R.x is not below n) a valid signature is not confirmed either.
   */
  confirms(signature: Uint8Array, table: number, digest: Uint8Array): boolean
}

const number = (bytes: Uint8Array): bigint => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, 32)
  return (
    (view.getBigUint64(0) << 192n) |
    (view.getBigUint64(8) << 128n) |
    (view.getBigUint64(16) << 64n) |
    view.getBigUint64(24)
  )
}

const N = number(ORDERS.secp256k1.n)
const HALF = N >> 1n
const ORDER = createModulus(N)
// SEC 2: Recommended Elliptic Curve Domain Parameters, version 2.0, section 2.4.1
const G_X = 0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798n
const G_Y = 0x483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8n

const KEY_WIDTH = 5
const KEY_MULTIPLES = 1 << (KEY_WIDTH - 2)
const BASE_WIDTH = 10
const BASE_MULTIPLES = 1 << (BASE_WIDTH - 2)

/** One per thread: it owns a memory that grows by 4.6 kB for each key. */
export async function createFixedKeyVerifier(): Promise<FixedKeyVerifier> {
  const module = await createCurveModule()
  const inverse = createInverse(module)
  const tables = createTableMaker(module, BASE_MULTIPLES)
  const baseTable = module.reserve(tables.bytesOf(BASE_MULTIPLES))
  tables.fill(baseTable, BASE_MULTIPLES, G_X, G_Y)
  const baseDigits = new Int16Array(PIECES * PIECE_BITS)
  const keyDigits = new Int16Array(PIECES * PIECE_BITS)
  const scalar64 = new BigUint64Array(4)
  const scalar32 = new Uint32Array(scalar64.buffer)

  /** Writes the digits of the scalar, or of its negative when that is smaller; true in the second case. */
  const recode = (scalar: bigint, width: number, digits: Int16Array): boolean => {
    const negative = scalar > HALF
    const size = negative ? N - scalar : scalar
    scalar64[0] = size // each takes the lowest 64 bits
    scalar64[1] = size >> 64n
    scalar64[2] = size >> 128n
    scalar64[3] = size >> 192n
    signedDigits(scalar32, width, digits)
    return negative
  }

  let empty = true
  const addDigit = (piece: number, digit: number, negative: boolean): void => {
    const point = piece + (Math.abs(digit) >> 1) * POINT_BYTES
    const minus = digit < 0 !== negative
    if (empty) {
      if (minus) module.beginNegative(point)
      else module.begin(point)
      empty = false
    } else if (minus) module.subtract(point)
    else module.add(point)
  }

  return {
    prepare(publicKey, reuse) {
      const table = reuse ?? module.reserve(tables.bytesOf(KEY_MULTIPLES))
      tables.fill(table, KEY_MULTIPLES, number(publicKey.subarray(1)), number(publicKey.subarray(33)))
      return table
    },
    confirms(signature, table, digest) {
      if (signature.length !== 64 || digest.length !== 32) return false
      if (signatureFault(signature, 0, 'secp256k1') !== null) return false
      const r = number(signature)
      const w = inverse(number(signature.subarray(32)), ORDER)
      const baseNegative = recode((number(digest) * w) % N, BASE_WIDTH, baseDigits)
      const keyNegative = recode((r * w) % N, KEY_WIDTH, keyDigits)
      empty = true
      for (let bit = PIECE_BITS - 1; bit >= 0; bit--) {
        if (!empty) module.double()
        for (let piece = 0; piece < PIECES; piece++) {
          const at = piece * PIECE_BITS + bit
          const ofKey = keyDigits[at]!
          if (ofKey !== 0) addDigit(table + piece * KEY_MULTIPLES * POINT_BYTES, ofKey, keyNegative)
          const ofBase = baseDigits[at]!
          if (ofBase !== 0) addDigit(baseTable + piece * BASE_MULTIPLES * POINT_BYTES, ofBase, baseNegative)
        }
      }
      const words = module.words()
      if (empty || readElement(words, ACCUMULATOR.z) === 0n) return false
      // the sum's x is X / Z²: compare X with r Z²
      const [square, expected] = [SCRATCH, SCRATCH + ELEMENT_BYTES]
      writeElement(words, expected, r)
      module.square(square, ACCUMULATOR.z)
      module.multiply(expected, expected, square)
      return readElement(words, expected) === readElement(words, ACCUMULATOR.x)
    },
  }
}
