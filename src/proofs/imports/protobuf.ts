/** One field of a message as protobuf writes it: varints as numbers up to 2^32 - 1, and length-delimited bytes. */
export interface WireField {
  readonly number: number
  readonly value: number | Uint8Array
}

const MAX_FIELDS = 256

/**
 * Splits a protobuf message into its fields. Strict where parsers are generous: the shortest form of every varint,
 * field numbers that never fall, and none of the types this project's formats do not use.
 *
 * Returns  the fields in order, or the one sentence that says what is wrong
 * Source   protobuf.dev, Encoding: wire types 0 (VARINT) and 2 (LEN)
 */
export function readWireFields(bytes: Uint8Array, what: string): readonly WireField[] | string {
  const fields: WireField[] = []
  let at = 0
  /** A varint of at most 64 bits of which a sint32 or uint32 uses 32; null when it is cut, too long or not the shortest. */
  const varint = (): number | null => {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = bytes[at++]
      if (byte === undefined) return null
      value += (byte & 127) * 2 ** shift
      if (byte < 128) return (byte === 0 && shift > 0) || value > 0xffffffff ? null : value
    }
    return null
  }
  while (at < bytes.length) {
    const key = varint()
    if (key === null) return `${what} has a broken field key at byte ${at}.`
    const number = Math.floor(key / 8)
    const type = key % 8
    if (number === 0) return `${what} has a field of number 0.`
    if (number < (fields.at(-1)?.number ?? 0)) return `${what} has field ${number} out of order.`
    if (fields.length === MAX_FIELDS) return `${what} has more than ${MAX_FIELDS} fields.`
    const value = varint()
    if (value === null) return `${what} has a broken number in field ${number}.`
    if (type === 0) fields.push({ number, value })
    else if (type === 2) {
      if (at + value > bytes.length) return `${what} ends inside field ${number}.`
      fields.push({ number, value: bytes.subarray(at, at + value) })
      at += value
    } else return `${what} has field ${number} of wire type ${type}, expected 0 or 2.`
  }
  return fields
}

/** The signed number that zigzag encoding (sint32) hides in an unsigned one. */
export const unzigzag = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2)
