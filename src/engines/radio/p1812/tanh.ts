import { exp } from '../../../base/math/exp.ts'

/** Hyperbolic tangent. */
export const tanh = (x: number): number => 1 - 2 / (exp(2 * x) + 1)
