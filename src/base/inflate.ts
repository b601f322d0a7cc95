/** Extra bits and base values of the length codes 257…285 and the distance codes 0…29. RFC 1951, 3.2.5. */
const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const FAR_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
]
const FAR_EXTRA = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13]
/** The order in which the lengths of code lengths are written. RFC 1951, 3.2.7. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
const END_OF_BLOCK = 256

/** A prefix code as a table: the next `bits` bits of the stream → symbol × 16 + length of its code; 0 where there is none. */
interface Code {
  readonly bits: number
  readonly table: Uint16Array
}

/** Builds the canonical code of these lengths. RFC 1951, 3.2.2. */
function codeOf(lengths: ArrayLike<number>): Code {
  const count = new Uint16Array(16)
  let bits = 0
  for (let s = 0; s < lengths.length; s++) {
    count[lengths[s]!]!++
    if (lengths[s]! > bits) bits = lengths[s]!
  }
  count[0] = 0
  const next = new Uint32Array(17)
  let left = 1
  for (let n = 1; n <= 15; n++) {
    next[n + 1] = (next[n]! + count[n]!) << 1
    left = 2 * left - count[n]!
    if (left < 0) throw new Error('a code has more words than fit')
  }
  bits = Math.max(1, bits)
  const table = new Uint16Array(1 << bits)
  for (let s = 0; s < lengths.length; s++) {
    const length = lengths[s]!
    if (length === 0) continue
    let word = next[length]!++
    // the stream gives the first bit of a word lowest
    let turned = 0
    for (let k = 0; k < length; k++) {
      turned = (turned << 1) | (word & 1)
      word >>= 1
    }
    for (let at = turned; at < table.length; at += 1 << length) table[at] = s * 16 + length
  }
  return { bits, table }
}

let fixed: readonly [Code, Code] | undefined
function fixedCodes(): readonly [Code, Code] {
  fixed ??= [
    codeOf(Array.from({ length: 288 }, (_, s) => (s < 144 ? 8 : s < 256 ? 9 : s < 280 ? 7 : 8))),
    codeOf(new Array<number>(30).fill(5)),
  ]
  return fixed
}

/**
 * Unpacks a raw deflate stream into `out`, which it must fill exactly.
 *
 * Returns  where the stream ends in `input`
 * Throws   Error with the reason when the stream is damaged, cut off, or gives more or fewer bytes than `out` holds
 * Source   RFC 1951
 */
export function inflateRaw(input: Uint8Array, from: number, out: Uint8Array): number {
  const end = input.length
  let at = from
  let hold = 0
  let held = 0
  let to = 0
  const take = (n: number): number => {
    while (held < n) {
      if (at >= end) throw new Error('it is cut off')
      hold |= input[at++]! << held
      held += 8
    }
    const value = hold & ((1 << n) - 1)
    hold >>>= n
    held -= n
    return value
  }
  const symbol = ({ bits, table }: Code): number => {
    // the last word may be shorter than the longest one
    while (held < bits && at < end) {
      hold |= input[at++]! << held
      held += 8
    }
    const entry = table[hold & ((1 << bits) - 1)]!
    const length = entry & 15
    if (length === 0) throw new Error('a code word that means nothing')
    if (length > held) throw new Error('it is cut off')
    hold >>>= length
    held -= length
    return entry >>> 4
  }
  const readCodes = (): readonly [Code, Code] => {
    const literals = take(5) + 257
    const distances = take(5) + 1
    const lengths = new Uint8Array(19)
    for (let k = take(4) + 4, i = 0; i < k; i++) lengths[ORDER[i]!] = take(3)
    const code = codeOf(lengths)
    const all = new Uint8Array(literals + distances)
    for (let i = 0; i < all.length; ) {
      const word = symbol(code)
      if (word < 16) {
        all[i++] = word
        continue
      }
      if (word === 16 && i === 0) throw new Error('a length that repeats nothing')
      const value = word === 16 ? all[i - 1]! : 0
      const times = word === 16 ? 3 + take(2) : word === 17 ? 3 + take(3) : 11 + take(7)
      if (i + times > all.length) throw new Error('too many code lengths')
      all.fill(value, i, i + times)
      i += times
    }
    return [codeOf(all.subarray(0, literals)), codeOf(all.subarray(literals))]
  }

  for (let last = 0; last === 0; ) {
    last = take(1)
    const kind = take(2)
    if (kind === 3) throw new Error('an unknown kind of block')
    if (kind === 0) {
      at -= held >> 3
      hold = 0
      held = 0
      if (at + 4 > end) throw new Error('it is cut off')
      const length = input[at]! | (input[at + 1]! << 8)
      if ((length ^ 0xffff) !== (input[at + 2]! | (input[at + 3]! << 8))) throw new Error('a stored length is wrong')
      at += 4
      if (at + length > end) throw new Error('it is cut off')
      if (to + length > out.length) throw new Error(`more than the ${out.length} bytes promised`)
      out.set(input.subarray(at, at + length), to)
      at += length
      to += length
      continue
    }
    const [literal, distance] = kind === 1 ? fixedCodes() : readCodes()
    for (;;) {
      const word = symbol(literal)
      if (word < END_OF_BLOCK) {
        if (to >= out.length) throw new Error(`more than the ${out.length} bytes promised`)
        out[to++] = word
        continue
      }
      if (word === END_OF_BLOCK) break
      const k = word - 257
      if (k >= 29) throw new Error('a length that does not exist')
      const length = LENGTH_BASE[k]! + take(LENGTH_EXTRA[k]!)
      const d = symbol(distance)
      if (d >= 30) throw new Error('a distance that does not exist')
      const far = FAR_BASE[d]! + take(FAR_EXTRA[d]!)
      if (far > to) throw new Error('a distance to before the start')
      if (to + length > out.length) throw new Error(`more than the ${out.length} bytes promised`)
      for (let stop = to + length; to < stop; to++) out[to] = out[to - far]!
    }
  }
  if (to !== out.length) throw new Error(`${to} bytes where ${out.length} were promised`)
  return at - (held >> 3)
}

/**
 * Unpacks a zlib stream of which the unpacked size is known, and checks its sum.
 *
 * Throws   Error with the reason when the stream is damaged
 * Source   RFC 1950
 */
export function inflate(input: Uint8Array, size: number): Uint8Array {
  const head = ((input[0] ?? 0) << 8) | (input[1] ?? 0)
  if ((head & 0x0f20) !== 0x0800 || head % 31 !== 0) throw new Error('it is no zlib stream')
  const out = new Uint8Array(size)
  const end = inflateRaw(input, 2, out)
  let sum = 0
  for (let i = 0; i < 4; i++) sum = (sum << 8) | (input[end + i] ?? 0)
  if (end + 4 > input.length || sum >>> 0 !== adler32(out)) throw new Error('its sum is wrong')
  return out
}

/** Source: RFC 1950, 8.2. 5552 is the largest run whose sums stay below 2³². */
function adler32(bytes: Uint8Array): number {
  let a = 1
  let b = 0
  for (let from = 0; from < bytes.length; from += 5552) {
    const to = Math.min(bytes.length, from + 5552)
    for (let i = from; i < to; i++) {
      a += bytes[i]!
      b += a
    }
    a %= 65521
    b %= 65521
  }
  return ((b << 16) | a) >>> 0
}
