import { STEP_BITS, STEP_LIMBS, STEPS } from './inverseCode.ts'
import type { CurveModule } from './module.ts'

/** A prime modulus, with what division steps need of it. */
export interface Modulus {
  readonly value: bigint
  readonly limbs: readonly number[]
  readonly inverse: number // modulo 2^30
}

const MASK = (1n << BigInt(STEP_BITS)) - 1n

export function createModulus(value: bigint): Modulus {
  let inverse = 1n
  for (let bits = 1; bits < STEP_BITS; bits *= 2) inverse = (inverse * (2n - value * inverse)) & MASK
  return { value, limbs: limbsOf(value), inverse: Number(inverse) }
}

const limbsOf = (value: bigint): number[] =>
  Array.from({ length: STEP_LIMBS }, (_, i) => Number((value >> BigInt(STEP_BITS * i)) & MASK))

/** Steps that begin at δ = 1 are proven to end after 741 of them for numbers of 256 bits (Bernstein, Yang): 25 rounds of 30. */
const MAX_ROUNDS = 25

/** Inverses modulo a prime, for 0 < value < modulus; 0 for 0. Made once per module: it uses the module's memory. */
export function createInverse(module: CurveModule): (value: bigint, modulus: Modulus) => bigint {
  const { stepValues, stepFactors } = module
  let u = 1
  let v = 0
  let q = 0
  let r = 1

  /** Thirty steps on the lowest bits; leaves the matrix in u, v, q, r and returns the new eta. */
  const thirtySteps = (startEta: number, f0: number, g0: number): number => {
    let eta = startEta
    let f = f0
    let g = g0
    u = 1
    v = 0
    q = 0
    r = 1
    for (let left = STEP_BITS; ; ) {
      const even = g | (1 << left) // at most `left` steps halve an even g
      const zeros = 31 - Math.clz32(even & -even)
      g >>= zeros
      u <<= zeros
      v <<= zeros
      eta -= zeros
      left -= zeros
      if (left === 0) return eta
      if (eta < 0) {
        eta = -eta
        let swap = f
        f = g
        g = -swap
        swap = u
        u = q
        q = -swap
        swap = v
        v = r
        r = -swap
      }
      // f x ≡ 1 mod 2^6, so g + w f loses as many low bits as may be lost before the next exchange
      const bits = Math.min(eta + 1, left, 6)
      const x = Math.imul(f, 2 - Math.imul(f, f))
      const w = Math.imul(-x, g) & ((1 << bits) - 1)
      g = (g + Math.imul(f, w)) | 0
      q = (q + Math.imul(u, w)) | 0
      r = (r + Math.imul(v, w)) | 0
    }
  }

  return (value, modulus) => {
    if (value === 0n) return 0n
    const memory = module.words()
    const [f, g, d, e, m] = [STEPS.f / 4, STEPS.g / 4, STEPS.d / 4, STEPS.e / 4, STEPS.modulus / 4]
    let rest = value
    for (let i = 0; i < STEP_LIMBS; i++) {
      memory[f + i] = modulus.limbs[i]!
      memory[m + i] = modulus.limbs[i]!
      memory[g + i] = Number(rest & MASK)
      memory[d + i] = 0
      memory[e + i] = 0
      rest >>= BigInt(STEP_BITS)
    }
    memory[e] = 1
    let eta = -1
    for (let round = 0; round < MAX_ROUNDS; round++) {
      eta = thirtySteps(eta, memory[f]! | 0, memory[g]! | 0)
      stepFactors(u, v, q, r, modulus.inverse)
      if (stepValues(u, v, q, r) !== 0) continue
      let result = BigInt(memory[d + STEP_LIMBS - 1]! | 0)
      for (let i = STEP_LIMBS - 2; i >= 0; i--) result = (result << BigInt(STEP_BITS)) | BigInt(memory[d + i]!)
      if ((memory[f + STEP_LIMBS - 1]! | 0) < 0) result = -result // f is -1
      result %= modulus.value
      return result < 0n ? result + modulus.value : result
    }
    return 0n
  }
}
