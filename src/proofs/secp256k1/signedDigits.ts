/**
 * A scalar as odd signed digits with zeros between them: scalar = Σ digit[b] 2^b, each digit odd and below 2^(width-1) in
 * size, at least width - 1 zeros after each (non-adjacent form of that width).
 *
 * Shapes   `words` 8 words of 32 bits, least first, together below 2^255; `digits` [256], all overwritten
 */
export function signedDigits(words: Uint32Array, width: number, digits: Int16Array): void {
  digits.fill(0)
  const mask = (1 << width) - 1
  let carry = 0
  for (let bit = 0; bit < 256; ) {
    const word = bit >>> 5
    const shift = bit & 31
    const low = words[word]! >>> shift
    if ((low & 1) === carry) {
      bit++
      continue
    }
    const high = shift > 0 && word < 7 ? words[word + 1]! << (32 - shift) : 0
    const value = ((low | high) & mask) + carry
    carry = value >>> (width - 1)
    digits[bit] = value - (carry << width)
    bit += width
  }
}
