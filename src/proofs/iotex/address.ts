// IoTeX writes addresses in Bech32 (BIP 173) with the prefix "io".

const PREFIX = 'io'
const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3] as const

function polymod(values: readonly number[]): number {
  let sum = 1
  for (const value of values) {
    const top = sum >>> 25
    sum = ((sum & 0x1ffffff) << 5) ^ value
    for (let i = 0; i < 5; i++) if ((top >>> i) & 1) sum ^= GENERATOR[i]!
  }
  return sum >>> 0
}

/** 20 bytes as IoTeX writes them: io1… */
export function toIotexAddress(address: Uint8Array): string {
  const words: number[] = []
  let held = 0
  let bits = 0
  for (const byte of address) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      words.push((held >>> bits) & 31)
    }
    held &= (1 << bits) - 1
  }
  if (bits > 0) words.push((held << (5 - bits)) & 31)
  const prefix = [...PREFIX].map((letter) => letter.charCodeAt(0))
  const expanded = [...prefix.map((code) => code >> 5), 0, ...prefix.map((code) => code & 31)]
  const check = polymod([...expanded, ...words, 0, 0, 0, 0, 0, 0]) ^ 1
  const sum = Array.from({ length: 6 }, (_, i) => (check >>> (5 * (5 - i))) & 31)
  return `${PREFIX}1${[...words, ...sum].map((word) => ALPHABET[word]).join('')}`
}
