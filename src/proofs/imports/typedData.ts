import { ByteWriter } from '../../base/bytes.ts'
import { utf8 } from '../../model/hash.ts'
import type { ProofCrypto } from '../crypto.ts'

/** A field of an EIP-712 struct whose values need no other struct. */
export interface TypedField {
  readonly name: string
  readonly type: 'bytes32' | 'address' | 'uint16' | 'uint64' | 'uint256' | 'bool' | 'bytes' | 'string'
}

/** A value as EIP-712 hashes it: bytes for bytes, address and text; numbers and truth as bigint. */
export type TypedValue = Uint8Array | bigint

/**
 * The hash of an EIP-712 struct: keccak256 of its type's hash and one word for each field.
 *
 * Source   EIP-712, "Definition of hashStruct"
 */
export function hashStruct(
  { keccak256 }: ProofCrypto,
  name: string,
  fields: readonly TypedField[],
  values: Readonly<Record<string, TypedValue>>,
): Uint8Array {
  const typeText = `${name}(${fields.map((field) => `${field.type} ${field.name}`).join(',')})`
  const writer = new ByteWriter(32 * (fields.length + 1))
  writer.bytes(keccak256(utf8(typeText)))
  for (const { name: field, type } of fields) {
    const value = values[field]!
    if (typeof value === 'bigint') writer.bytes(wordOf(value))
    else if (type === 'bytes' || type === 'string') writer.bytes(keccak256(value))
    else {
      writer.bytes(new Uint8Array(32 - value.length)) // an address stands at the end of its word
      writer.bytes(value)
    }
  }
  return keccak256(writer.done())
}

/** keccak256(0x1901 ‖ domain ‖ struct): what is signed. */
export function typedDigest({ keccak256 }: ProofCrypto, domain: Uint8Array, struct: Uint8Array): Uint8Array {
  const writer = new ByteWriter(66)
  writer.u16(0x1901)
  writer.bytes(domain)
  writer.bytes(struct)
  return keccak256(writer.done())
}

function wordOf(value: bigint): Uint8Array {
  const word = new Uint8Array(32)
  for (let i = 31, rest = value; rest > 0n; i--, rest >>= 8n) word[i] = Number(rest & 255n)
  return word
}
