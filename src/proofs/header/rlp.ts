// Recursive Length Prefix, as the Ethereum Yellow Paper's appendix B defines it, read strictly: every value has one
// encoding only. Items are places in the bytes, not copies.

/** The items of one RLP list, as places in the bytes it was read from. Scratch memory: made once, filled again and again. */
export interface RlpList {
  count: number
  readonly at: Int32Array // [capacity] where the item's prefix begins
  readonly from: Int32Array // [capacity] where its payload begins
  readonly to: Int32Array // [capacity] where it ends
  readonly isList: Uint8Array // [capacity]
}

export const createRlpList = (capacity: number): RlpList => ({
  count: 0,
  at: new Int32Array(capacity),
  from: new Int32Array(capacity),
  to: new Int32Array(capacity),
  isList: new Uint8Array(capacity),
})

const SHORT = 55 // the longest payload whose length stands in the prefix itself

/** Reads one item at `at` into slot `i`. Returns false when it is not canonical or runs past `end`. */
function readItem(bytes: Uint8Array, at: number, end: number, list: RlpList, i: number): boolean {
  if (at >= end) return false
  const prefix = bytes[at]!
  list.at[i] = at
  list.isList[i] = prefix >= 0xc0 ? 1 : 0
  if (prefix < 0x80) {
    list.from[i] = at
    list.to[i] = at + 1
    return true
  }
  const base = prefix >= 0xc0 ? 0xc0 : 0x80
  let from = at + 1
  let length = prefix - base
  if (length > SHORT) {
    const digits = length - SHORT
    if (digits > 3 || from + digits > end || bytes[from] === 0) return false // nothing here is above 16 MB
    length = 0
    for (let d = 0; d < digits; d++) length = 256 * length + bytes[from + d]!
    from += digits
    if (length <= SHORT) return false
  }
  if (from + length > end) return false
  if (base === 0x80 && length === 1 && bytes[from]! < 0x80) return false // such a byte stands for itself
  list.from[i] = from
  list.to[i] = from + length
  return true
}

const outer = createRlpList(1)

/**
 * Reads the list that fills bytes [from, to) exactly, one level deep.
 *
 * Writes   the places of its items
 * Returns  false when it is no list, has more items than `list` holds, or breaks a rule anywhere on this level
 */
export function readRlpList(bytes: Uint8Array, from: number, to: number, list: RlpList): boolean {
  list.count = 0
  if (!readItem(bytes, from, to, outer, 0) || outer.isList[0] !== 1 || outer.to[0] !== to) return false
  let at = outer.from[0]!
  while (at < to) {
    if (list.count === list.at.length || !readItem(bytes, at, to, list, list.count)) return false
    at = list.to[list.count++]!
  }
  return true
}

/** The payload of the string that fills the bytes exactly; null when they are no canonical string. */
export function readRlpString(bytes: Uint8Array): Uint8Array | null {
  const sound = readItem(bytes, 0, bytes.length, outer, 0) && outer.isList[0] === 0 && outer.to[0] === bytes.length
  return sound ? bytes.subarray(outer.from[0]!, bytes.length) : null
}

function withPrefix(base: number, payload: Uint8Array): Uint8Array {
  const { length } = payload
  const digits = length <= SHORT ? 0 : length < 0x100 ? 1 : length < 0x10000 ? 2 : 3
  const bytes = new Uint8Array(1 + digits + length)
  bytes[0] = base + (digits === 0 ? length : SHORT + digits)
  for (let d = 0; d < digits; d++) bytes[1 + d] = (length >>> (8 * (digits - 1 - d))) & 255
  bytes.set(payload, 1 + digits)
  return bytes
}

export const encodeRlpString = (payload: Uint8Array): Uint8Array =>
  payload.length === 1 && payload[0]! < 0x80 ? payload.slice() : withPrefix(0x80, payload)

/** A list of items that are encoded already. */
export function encodeRlpList(items: readonly Uint8Array[]): Uint8Array {
  const payload = new Uint8Array(items.reduce((sum, item) => sum + item.length, 0))
  let at = 0
  for (const item of items) {
    payload.set(item, at)
    at += item.length
  }
  return withPrefix(0xc0, payload)
}
