/** A complex number for code that runs once per element, never in a kernel. */
export interface Complex {
  readonly re: number
  readonly im: number
}

export const complex = (re: number, im = 0): Complex => ({ re, im })
export const add = (a: Complex, b: Complex): Complex => ({ re: a.re + b.re, im: a.im + b.im })
export const times = (a: Complex, b: Complex): Complex => ({
  re: a.re * b.re - a.im * b.im,
  im: a.re * b.im + a.im * b.re,
})
export const scaled = (a: Complex, k: number): Complex => ({ re: a.re * k, im: a.im * k })
export const conjugate = (a: Complex): Complex => ({ re: a.re, im: -a.im })
export const squaredSize = (a: Complex): number => a.re * a.re + a.im * a.im
export const inverse = (a: Complex): Complex => scaled(conjugate(a), 1 / squaredSize(a))
