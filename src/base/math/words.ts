const f64 = new Float64Array(1)
const u32 = new Uint32Array(f64.buffer)
// which half of a double comes first in memory
f64[0] = 1
const HIGH = u32[1] === 0x3ff00000 ? 1 : 0

/** The high 32 bits of a double, signed. */
export function highWord(x: number): number {
  f64[0] = x
  return u32[HIGH] | 0
}

/** The low 32 bits of a double, signed. */
export function lowWord(x: number): number {
  f64[0] = x
  return u32[1 - HIGH] | 0
}

/** The double with these two halves. */
export function fromWords(high: number, low: number): number {
  u32[HIGH] = high
  u32[1 - HIGH] = low
  return f64[0]
}

/** The same double with its low half cleared. */
export function clearLow(x: number): number {
  f64[0] = x
  u32[1 - HIGH] = 0
  return f64[0]
}

/** x · 2^n without rounding twice in the normal range. */
export function scaleByPowerOfTwo(x: number, n: number): number {
  let y = x
  let k = n
  while (k > 1023) {
    y *= 8.98846567431158e307
    k -= 1023
  }
  while (k < -1022) {
    y *= 2.2250738585072014e-308
    k += 1022
  }
  return y * fromWords((1023 + k) << 20, 0)
}
