import { fromWords, highWord, lowWord } from './words.ts'

const LN2_HI = 6.9314718036912381649e-1
const LN2_LO = 1.90821492927058770002e-10
const LG1 = 6.66666666666673513e-1
const LG2 = 3.999999999940941908e-1
const LG3 = 2.857142874366239149e-1
const LG4 = 2.222219843214978396e-1
const LG5 = 1.818357216161805012e-1
const LG6 = 1.531383769920937332e-1
const LG7 = 1.479819860511658591e-1

/**
 * Natural logarithm, the same bits in every engine (error below 1 ulp).
 *
 * Source   method and coefficients of fdlibm e_log.c (Sun Microsystems 1993, freely granted).
 */
export function log(input: number): number {
  if (input !== input || input < 0) return NaN
  if (input === 0) return -Infinity
  if (input === Infinity) return Infinity
  let x = input
  let k = 0
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984 // 2^54 lifts a subnormal
    k = -54
  }
  let high = highWord(x)
  k += (high >> 20) - 1023
  high &= 0x000fffff
  const i = (high + 0x95f64) & 0x100000
  const f = fromWords(high | (i ^ 0x3ff00000), lowWord(x)) - 1
  k += i >> 20
  if (f === 0) return k * LN2_HI + k * LN2_LO
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const r = z * (LG1 + w * (LG3 + w * (LG5 + w * LG7))) + w * (LG2 + w * (LG4 + w * LG6))
  const half = 0.5 * f * f
  return k * LN2_HI - (half - (s * (half + r) + k * LN2_LO) - f)
}

/** log(1 + x) for small x as well: the correction term restores what 1 + x rounded away. */
export function log1p(x: number): number {
  const u = 1 + x
  if (u === 1) return x
  if (u === Infinity || u !== u || u <= 0) return log(u)
  return log(u) - (u - 1 - x) / u
}

const INV_LN10 = 0.43429448190325182765
const INV_LN2 = 1.4426950408889634074

/** Base-10 logarithm; exact powers of ten give exact integers. */
export function log10(x: number): number {
  const y = log(x) * INV_LN10
  const n = Math.round(y)
  return POWERS_OF_TEN[n + 22] === x && n >= -22 && n <= 22 ? n : y
}

const POWERS_OF_TEN = Float64Array.from({ length: 45 }, (_, i) => Number(`1e${i - 22}`))

/** Base-2 logarithm; exact powers of two give exact integers. */
export function log2(x: number): number {
  if (x > 2.2250738585072014e-308 && x < Infinity && lowWord(x) === 0 && (highWord(x) & 0xfffff) === 0) {
    return (highWord(x) >> 20) - 1023
  }
  return log(x) * INV_LN2
}
