// Protocol Buffers (proto3) as far as IoTeX blocks use them: varints and length-delimited fields. Read strictly, so that
// one message has one encoding: fields in rising order, varints as short as can be, no field that holds its default.

/** One field of a message: a number, or bytes as a view into the message. */
export type ProtoField =
  | { readonly field: number; readonly number: bigint; readonly bytes: null }
  | { readonly field: number; readonly number: null; readonly bytes: Uint8Array }

const VARINT = 0
const BYTES = 2
const MAX_VARINT_BYTES = 10

/**
 * Splits a message into its fields.
 *
 * Returns  null when it breaks a rule; `repeated` names the fields that may come more than once, or empty
 */
export function readProto(bytes: Uint8Array, repeated: readonly number[] = []): ProtoField[] | null {
  const fields: ProtoField[] = []
  let at = 0
  let last = 0
  /** The varint at `at`; null when it is cut, too long, above 2^64 - 1, or not as short as can be. */
  const varint = (): bigint | null => {
    let value = 0n
    for (let i = 0; i < MAX_VARINT_BYTES; i++) {
      const byte = bytes[at++]
      if (byte === undefined) return null
      value |= BigInt(byte & 127) << BigInt(7 * i)
      if (byte < 128) return (byte === 0 && i > 0) || value >= 1n << 64n ? null : value
    }
    return null
  }
  while (at < bytes.length) {
    const key = varint()
    if (key === null || key >= 1n << 32n) return null
    const field = Number(key >> 3n)
    const wire = Number(key & 7n)
    const again = field === last && repeated.includes(field)
    if (field === 0 || field < last || (field === last && !again)) return null
    last = field
    const number = varint()
    if (number === null) return null
    if (wire === VARINT) {
      if (number === 0n) return null
      fields.push({ field, number, bytes: null })
    } else if (wire === BYTES) {
      if (number > BigInt(bytes.length - at) || (number === 0n && !repeated.includes(field))) return null
      const end = at + Number(number)
      fields.push({ field, number: null, bytes: bytes.subarray(at, end) })
      at = end
    } else return null
  }
  return fields
}

/** The bytes of a field that comes at most once; null when it is absent or a number. */
export const bytesOf = (fields: readonly ProtoField[], field: number): Uint8Array | null =>
  fields.find((one) => one.field === field)?.bytes ?? null

/** The number of a field, 0 when it is absent; null when it holds bytes, or is above 2^53 - 1. */
export function numberOf(fields: readonly ProtoField[], field: number): number | null {
  const found = fields.find((one) => one.field === field)
  if (!found) return 0
  return found.number === null || found.number > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(found.number)
}
