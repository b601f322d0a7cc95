const HI = [4.63647609000806093515e-1, 7.85398163397448278999e-1, 9.82793723247329054082e-1, 1.570796326794896558]
const LO = [
  2.26987774529616870924e-17, 3.06161699786838301793e-17, 1.39033110312309984516e-17, 6.12323399573676603587e-17,
]
const T0 = 3.33333333333329318027e-1
const T1 = -1.99999999998764832476e-1
const T2 = 1.42857142725034663711e-1
const T3 = -1.1111110405462355788e-1
const T4 = 9.09088713343650656196e-2
const T5 = -7.69187620504482999495e-2
const T6 = 6.66107313738753120669e-2
const T7 = -5.83357013379057348645e-2
const T8 = 4.97687799461593236017e-2
const T9 = -3.6531572744216915527e-2
const T10 = 1.62858201153657823623e-2

/**
 * Arc tangent in radians, the same bits in every engine (error below 1 ulp).
 *
 * Source   method and coefficients of fdlibm s_atan.c (Sun Microsystems 1993, freely granted).
 */
export function atan(input: number): number {
  if (input !== input) return NaN
  const ax = Math.abs(input)
  if (ax >= 7.378697629483821e19) return input > 0 ? HI[3] + LO[3] : -HI[3] - LO[3]
  let x = ax
  let id = -1
  if (ax >= 0.4375) {
    if (ax < 0.6875) {
      id = 0
      x = (2 * ax - 1) / (2 + ax)
    } else if (ax < 1.1875) {
      id = 1
      x = (ax - 1) / (ax + 1)
    } else if (ax < 2.4375) {
      id = 2
      x = (ax - 1.5) / (1 + 1.5 * ax)
    } else {
      id = 3
      x = -1 / ax
    }
  }
  const z = x * x
  const w = z * z
  const s1 = z * (T0 + w * (T2 + w * (T4 + w * (T6 + w * (T8 + w * T10)))))
  const s2 = w * (T1 + w * (T3 + w * (T5 + w * (T7 + w * T9))))
  const y = id < 0 ? x - x * (s1 + s2) : HI[id] - (x * (s1 + s2) - LO[id] - x)
  return input < 0 || 1 / input < 0 ? -y : y
}

/** The angle of the point (x, y) in radians, in (-pi, pi]; signed zeros as in ECMAScript. */
export function atan2(y: number, x: number): number {
  if (x !== x || y !== y) return NaN
  if (y === 0) return x > 0 || 1 / x > 0 ? y : 1 / y > 0 ? Math.PI : -Math.PI
  if (x === 0) return y > 0 ? Math.PI / 2 : -Math.PI / 2
  if (!Number.isFinite(x) || !Number.isFinite(y)) {
    const wide = Number.isFinite(y) ? 0 : Number.isFinite(x) ? Math.PI / 2 : Math.PI / 4
    const angle = x < 0 && x === -Infinity ? Math.PI - wide : wide
    return y < 0 ? -angle : angle
  }
  const base = atan(Math.abs(y / x))
  const angle = x < 0 ? Math.PI - (base - 1.2246467991473531772e-16) : base
  return y < 0 ? -angle : angle
}

/** Arc sine in radians; NaN outside [-1, 1]. */
export const asin = (x: number): number => atan2(x, Math.sqrt((1 - x) * (1 + x)))

/** Arc cosine in radians; NaN outside [-1, 1]. */
export const acos = (x: number): number => 2 * atan2(Math.sqrt(1 - x), Math.sqrt(1 + x))

/** Length of (x, y) without Math.hypot, whose last bits differ between engines. */
export const hypot = (x: number, y: number): number => Math.sqrt(x * x + y * y)
