const decoder = new TextDecoder('utf-8')

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const unescapeXml = (text: string): string =>
  text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]+);/gi, (whole, name: string) => {
    if (name.charCodeAt(0) !== 35) return ENTITIES[name] ?? whole
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })

/** Longer words are seldom met twice. */
const MAX_KEPT = 40
const SLOTS = 1 << 15

/**
 * Decodes attribute values, the same bytes to the same string: a city says `building` and `yes` a hundred thousand times,
 * and a look at the bytes is cheaper than a new string.
 */
export function createWordReader(bytes: Uint8Array): (from: number, to: number) => string {
  const words = new Array<string | undefined>(SLOTS)
  const starts = new Int32Array(SLOTS)
  const lengths = new Int32Array(SLOTS)
  const decode = (from: number, to: number): string => {
    const text = decoder.decode(bytes.subarray(from, to))
    return text.includes('&') ? unescapeXml(text) : text
  }
  return (from, to) => {
    const length = to - from
    if (length > MAX_KEPT) return decode(from, to)
    let h = length
    for (let i = from; i < to; i++) h = Math.imul(h ^ bytes[i]!, 0x01000193)
    const slot = (h ^ (h >>> 15)) & (SLOTS - 1)
    const known = words[slot]
    if (known !== undefined && lengths[slot] === length) {
      const start = starts[slot]!
      let i = 0
      while (i < length && bytes[start + i] === bytes[from + i]) i++
      if (i === length) return known
    }
    const word = decode(from, to)
    words[slot] = word
    starts[slot] = from
    lengths[slot] = length
    return word
  }
}

/** A whole number with or without sign; NaN when it is none or has more than 53 bits. */
export function readWhole(bytes: Uint8Array, from: number, to: number): number {
  const negative = bytes[from] === 45
  let at = negative || bytes[from] === 43 ? from + 1 : from
  if (at === to || to - at > 15) return NaN
  let value = 0
  for (; at < to; at++) {
    const digit = bytes[at]! - 48
    if (digit < 0 || digit > 9) return NaN
    value = value * 10 + digit
  }
  return negative ? -value : value
}

const SCALE = 7

/** Degrees as a whole number of 1e-7 degrees, rounded; NaN when it is no plain decimal number. */
export function readDegrees(bytes: Uint8Array, from: number, to: number): number {
  const negative = bytes[from] === 45
  let at = negative || bytes[from] === 43 ? from + 1 : from
  const start = at
  let value = 0
  let places = -1 // after the point
  for (; at < to; at++) {
    const digit = bytes[at]! - 48
    if (digit === -2 && places < 0) {
      places = 0
      continue
    }
    // 1.5e-7 and the like: rare, and worth a slower way
    if (digit < 0 || digit > 9 || at - start > 15) return readSlowly(bytes, from, to)
    if (places < SCALE) value = value * 10 + digit
    else if (places === SCALE && digit >= 5) value++
    if (places >= 0) places++
  }
  if (at === start || (places === 0 && at === start + 1)) return NaN
  for (let k = Math.max(0, places); k < SCALE; k++) value *= 10
  return negative ? -value : value
}

function readSlowly(bytes: Uint8Array, from: number, to: number): number {
  const text = decoder.decode(bytes.subarray(from, to))
  return /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Math.round(Number(text) * 10 ** SCALE) : NaN
}
