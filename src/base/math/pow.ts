import { clearLow, fromWords, highWord, lowWord, scaleByPowerOfTwo } from './words.ts'

const BP = [1, 1.5]
const DP_H = [0, 5.84962487220764160156e-1]
const DP_L = [0, 1.35003920212974897128e-8]
const L1 = 5.99999999999994648725e-1
const L2 = 4.28571428578550184252e-1
const L3 = 3.33333329818377432918e-1
const L4 = 2.72728123808534006489e-1
const L5 = 2.30660745775561754067e-1
const L6 = 2.06975017800338417784e-1
const P1 = 1.66666666666666019037e-1
const P2 = -2.77777777770155933842e-3
const P3 = 6.61375632143793436117e-5
const P4 = -1.6533902205465251539e-6
const P5 = 4.13813679705723846039e-8
const LG2 = 6.93147180559945286227e-1
const LG2_H = 6.93147182464599609375e-1
const LG2_L = -1.90465429995776804525e-9
const CP = 9.61796693925975554329e-1
const CP_H = 9.61796700954437255859e-1
const CP_L = -7.02846165095275826516e-9

/** log2|x| as a sum of two doubles, written to `out`. */
const out = new Float64Array(2)

function log2Split(ax: number): void {
  let x = ax
  let n = 0
  if (x < 2.2250738585072014e-308) {
    x *= 9007199254740992
    n = -53
  }
  const high = highWord(x)
  n += (high >> 20) - 1023
  const j = high & 0x000fffff
  let ix = j | 0x3ff00000
  let k = 0
  if (j > 0x3988e) {
    if (j < 0xbb67a) k = 1
    else {
      n += 1
      ix -= 0x00100000
    }
  }
  const a = fromWords(ix, lowWord(x))
  const u = a - BP[k]
  const v = 1 / (a + BP[k])
  const s = u * v
  const sH = clearLow(s)
  const tH = fromWords(((ix >> 1) | 0x20000000) + 0x00080000 + (k << 18), 0)
  const tL = a - (tH - BP[k])
  const sL = v * (u - sH * tH - sH * tL)
  const s2 = s * s
  let r = s2 * s2 * (L1 + s2 * (L2 + s2 * (L3 + s2 * (L4 + s2 * (L5 + s2 * L6)))))
  r += sL * (sH + s)
  const sq = sH * sH
  const t3 = clearLow(3 + sq + r)
  const t3L = r - (t3 - 3 - sq)
  const uu = sH * t3
  const vv = sL * t3 + t3L * s
  const pH = clearLow(uu + vv)
  const pL = vv - (pH - uu)
  const zH = CP_H * pH
  const zL = CP_L * pH + pL * CP + DP_L[k]
  const t1 = clearLow(zH + zL + DP_H[k] + n)
  out[0] = t1
  out[1] = zL - (t1 - n - DP_H[k] - zH)
}

/**
 * x^y, the same bits in every engine (error below 1 ulp). Special cases follow ECMAScript.
 *
 * Source   method and coefficients of fdlibm e_pow.c (Sun Microsystems 1993, freely granted).
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1
  if (x !== x || y !== y) return NaN
  const ax = Math.abs(x)
  if (y === Infinity || y === -Infinity) {
    if (ax === 1) return NaN
    return ax > 1 === y > 0 ? Infinity : 0
  }
  if (y === 1) return x
  if (y === 2) return x * x
  const whole = Math.trunc(y) === y
  const odd = whole && Math.abs(y) < 9007199254740992 && Math.abs(y) % 2 === 1
  if (ax === 0 || ax === Infinity) {
    const magnitude = (ax === 0) === y > 0 ? 0 : Infinity
    return odd && (x < 0 || 1 / x < 0) ? -magnitude : magnitude
  }
  if (x < 0 && !whole) return NaN
  if (y === 0.5) return Math.sqrt(x)
  const sign = x < 0 && odd ? -1 : 1
  if (ax === 1) return sign

  log2Split(ax)
  const y1 = clearLow(y)
  const pL = (y - y1) * out[0] + y * out[1]
  const pH = y1 * out[0]
  const z = pL + pH
  if (z >= 1024) {
    if (z > 1024 || pL + 8.0085662595372944372e-17 > z - pH) return sign * Infinity
  } else if (z <= -1075) {
    if (z < -1075 || pL <= z - pH) return sign * 0
  }

  // 2^(pH + pL)
  const n = Math.abs(z) > 0.5 ? Math.floor(z + 0.5) : 0
  const hi = pH - n
  const t = clearLow(pL + hi)
  const u = t * LG2_H
  const v = (pL - (t - hi)) * LG2 + t * LG2_L
  const w0 = u + v
  const w = v - (w0 - u)
  const q = w0 * w0
  const t1 = w0 - q * (P1 + q * (P2 + q * (P3 + q * (P4 + q * P5))))
  const r = (w0 * t1) / (t1 - 2) - (w + w0 * w)
  return sign * scaleByPowerOfTwo(1 - (r - w0), n)
}
