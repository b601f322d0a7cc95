const DIGITS = '0123456789abcdef'
const VALUE = new Int8Array(128).fill(-1)
for (let i = 0; i < 16; i++) {
  VALUE[DIGITS.charCodeAt(i)] = i
  VALUE[DIGITS.toUpperCase().charCodeAt(i)] = i
}

export type Hex = `0x${string}`

/** Bytes as 0x-prefixed lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): Hex {
  let text = '0x'
  for (let i = 0; i < bytes.length; i++) text += DIGITS[bytes[i] >> 4] + DIGITS[bytes[i] & 15]
  return text as Hex
}

/** Bytes of 0x-prefixed hexadecimal; null when it is not hexadecimal of whole bytes. */
export function fromHex(text: string): Uint8Array | null {
  if (!text.startsWith('0x') || text.length % 2 !== 0) return null
  const bytes = new Uint8Array((text.length - 2) / 2)
  for (let i = 0; i < bytes.length; i++) {
    const high = VALUE[text.charCodeAt(2 + 2 * i)] ?? -1
    const low = VALUE[text.charCodeAt(3 + 2 * i)] ?? -1
    if (high < 0 || low < 0) return null
    bytes[i] = 16 * high + low
  }
  return bytes
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let different = 0
  for (let i = 0; i < a.length; i++) different |= a[i] ^ b[i]
  return different === 0
}
