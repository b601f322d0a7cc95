import { scaleByPowerOfTwo } from './words.ts'

const LN2_HI = 6.9314718036912381649e-1
const LN2_LO = 1.90821492927058770002e-10
const INV_LN2 = 1.4426950408889634074
const P1 = 1.66666666666666019037e-1
const P2 = -2.77777777770155933842e-3
const P3 = 6.61375632143793436117e-5
const P4 = -1.6533902205465251539e-6
const P5 = 4.13813679705723846039e-8

/**
 * e^x, the same bits in every engine (error below 1 ulp).
 *
 * Source   method and coefficients of fdlibm e_exp.c (Sun Microsystems 1993, freely granted).
 */
export function exp(x: number): number {
  if (x !== x) return x
  if (x > 709.782712893383973096) return Infinity
  if (x < -745.13321910194110842) return 0
  let k = 0
  let hi = x
  let lo = 0
  if (x > 0.34657359027997264 || x < -0.34657359027997264) {
    k = Math.trunc(INV_LN2 * x + (x < 0 ? -0.5 : 0.5))
    hi = x - k * LN2_HI
    lo = k * LN2_LO
  } else if (x > -3.725290298461914e-9 && x < 3.725290298461914e-9) {
    return 1 + x
  }
  const r = hi - lo
  const t = r * r
  const c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))))
  const y = k === 0 ? 1 - ((r * c) / (c - 2) - r) : 1 - (lo - (r * c) / (2 - c) - hi)
  return k === 0 ? y : scaleByPowerOfTwo(y, k)
}
