import {
  add,
  address,
  and,
  type Code,
  get,
  loadSigned,
  mul,
  number,
  or,
  set,
  shr,
  signExtended,
  store,
  sub,
  toI32,
  type WasmFunction,
} from './wasmCode.ts'

// Division steps on numbers of nine signed limbs of 30 bits (Bernstein and Yang, “Fast constant-time gcd computation and
// modular inversion”, 2019). Thirty steps at once are a matrix ((u, v), (q, r)) / 2^30, found from the lowest bits alone.

export const STEP_LIMBS = 9
export const STEP_BITS = 30
const BYTES = 4 * STEP_LIMBS

/** Where the four numbers and the modulus stand. */
export const STEPS = {
  f: 512,
  g: 512 + BYTES,
  d: 512 + 2 * BYTES,
  e: 512 + 3 * BYTES,
  modulus: 512 + 4 * BYTES,
} as const

const MASK = number(2n ** 30n - 1n)
const low = (value: Code): Code => and(value, MASK)
const high = (value: Code): Code => shr(value, number(STEP_BITS))
const limb = (at: number, i: number): Code => loadSigned(address(at), 4 * i)
const put = (at: number, i: number, value: Code): Code => store(address(at), 4 * i, value)
const [U, V, Q, R] = [0, 1, 2, 3]
const dot = (a: number, x: Code, b: number, y: Code): Code =>
  add(mul(signExtended(get(a)), x), mul(signExtended(get(b)), y))

/** stepValues(u, v, q, r): (f, g) becomes the matrix times (f, g), over 2^30, exactly. Returns 0 when g is 0. */
export function stepValuesFunction(): WasmFunction {
  const [cf, cg, f, g, seen] = [4, 5, 6, 7, 8]
  const code: number[] = []
  const emit = (part: Code): void => void code.push(...part)
  emit(set(seen, number(0)))
  for (let i = 0; i < STEP_LIMBS; i++) {
    emit(set(f, limb(STEPS.f, i)))
    emit(set(g, limb(STEPS.g, i)))
    const next = (carry: number, a: number, b: number): Code =>
      i === 0 ? dot(a, get(f), b, get(g)) : add(get(carry), dot(a, get(f), b, get(g)))
    emit(set(cf, next(cf, U, V)))
    emit(set(cg, next(cg, Q, R)))
    if (i > 0) {
      emit(put(STEPS.f, i - 1, low(get(cf))))
      emit(put(STEPS.g, i - 1, low(get(cg))))
      emit(set(seen, or(get(seen), low(get(cg)))))
    }
    emit(set(cf, high(get(cf))))
    emit(set(cg, high(get(cg))))
  }
  emit(put(STEPS.f, STEP_LIMBS - 1, get(cf)))
  emit(put(STEPS.g, STEP_LIMBS - 1, get(cg)))
  emit(toI32(or(get(seen), and(get(cg), number(0xffffffffn)))))
  return { name: 'stepValues', params: 4, returnsI32: true, locals: 5, body: code }
}

/**
 * stepFactors(u, v, q, r, i): the same for (d, e) modulo the modulus: as much of it is added as makes the lowest 30 bits
 * zero. `i` is the inverse of the modulus modulo 2^30. d and e stay between -2 and 1 moduli.
 */
export function stepFactorsFunction(): WasmFunction {
  const [I, cd, ce, md, me, d, e] = [4, 5, 6, 7, 8, 9, 10]
  const code: number[] = []
  const emit = (part: Code): void => void code.push(...part)
  const sign = (at: number): Code => shr(limb(at, STEP_LIMBS - 1), number(63))
  const inverse = signExtended(get(I))
  emit(set(d, sign(STEPS.d)))
  emit(set(e, sign(STEPS.e)))
  // a negative d or e counts as d + modulus, e + modulus
  emit(set(md, add(and(signExtended(get(U)), get(d)), and(signExtended(get(V)), get(e)))))
  emit(set(me, add(and(signExtended(get(Q)), get(d)), and(signExtended(get(R)), get(e)))))
  for (let i = 0; i < STEP_LIMBS; i++) {
    emit(set(d, limb(STEPS.d, i)))
    emit(set(e, limb(STEPS.e, i)))
    const first = i === 0
    emit(set(cd, first ? dot(U, get(d), V, get(e)) : add(get(cd), dot(U, get(d), V, get(e)))))
    emit(set(ce, first ? dot(Q, get(d), R, get(e)) : add(get(ce), dot(Q, get(d), R, get(e)))))
    if (first) {
      emit(set(md, sub(get(md), low(add(mul(inverse, low(get(cd))), get(md))))))
      emit(set(me, sub(get(me), low(add(mul(inverse, low(get(ce))), get(me))))))
    }
    emit(set(cd, add(get(cd), mul(limb(STEPS.modulus, i), get(md)))))
    emit(set(ce, add(get(ce), mul(limb(STEPS.modulus, i), get(me)))))
    if (!first) {
      emit(put(STEPS.d, i - 1, low(get(cd))))
      emit(put(STEPS.e, i - 1, low(get(ce))))
    }
    emit(set(cd, high(get(cd))))
    emit(set(ce, high(get(ce))))
  }
  emit(put(STEPS.d, STEP_LIMBS - 1, get(cd)))
  emit(put(STEPS.e, STEP_LIMBS - 1, get(ce)))
  return { name: 'stepFactors', params: 5, locals: 6, body: code }
}
