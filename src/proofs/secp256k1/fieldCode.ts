import { add, and, type Code, get, load, mul, number, set, shl, shr, store, type WasmFunction } from './wasmCode.ts'

// Numbers modulo p = 2^256 - 2^32 - 977 in nine limbs of 29 bits, 32 bits apart, least first: a = Σ a_i 2^(29 i).
// What stands in memory is below 2^261·1.1, not below p: one residue has many forms. Limbs are below 1.02·2^29, so nine
// products of two sum to less than 2^62 and 64 bits never overflow. 2^261 ≡ 2^5 (2^32 + 977) = 31264 + 256·2^29.

export const LIMBS = 9
export const LIMB_BITS = 29
export const ELEMENT_BYTES = 4 * LIMBS
export const P = 2n ** 256n - 2n ** 32n - 977n

const MASK = number(2n ** 29n - 1n)
const BITS = number(LIMB_BITS)
const FOLD_0 = number(31264)
const FOLD_1 = number(256)

const low = (value: Code): Code => and(value, MASK)
const high = (value: Code): Code => shr(value, BITS)
const sum = (terms: readonly Code[]): Code => terms.reduce((a, b) => add(a, b))

/** Column k of the product of locals a.. and b..: all a_i b_(k-i). */
function productColumn(a: number, b: number, k: number): Code[] {
  const terms: Code[] = []
  for (let i = Math.max(0, k - LIMBS + 1); i <= Math.min(k, LIMBS - 1); i++) terms.push(mul(get(a + i), get(b + k - i)))
  return terms
}

/** Column k of the square: each pair once, doubled beforehand in locals `twice`.. */
function squareColumn(a: number, twice: number, k: number): Code[] {
  const terms: Code[] = []
  for (let i = Math.max(0, k - LIMBS + 1); 2 * i < k; i++) terms.push(mul(get(twice + i), get(a + k - i)))
  if (k % 2 === 0) terms.push(mul(get(a + k / 2), get(a + k / 2)))
  return terms
}

/** Sums columns 0 to 16, carries, folds what is above 2^261 and stores at the address in local 0. Uses locals from `free`. */
function reduceColumns(column: (k: number) => Code[], free: number): Code {
  const h = free // nine limbs above 2^261
  const carry = free + LIMBS
  const r = carry + 1 // the three lowest limbs of the result
  const code: number[] = []
  const put = (part: Code): void => void code.push(...part)
  for (let k = LIMBS; k < 2 * LIMBS - 1; k++) {
    put(set(carry, sum(k === LIMBS ? column(k) : [get(carry), ...column(k)])))
    put(set(h + k - LIMBS, low(get(carry))))
    put(set(carry, high(get(carry))))
  }
  put(set(h + LIMBS - 1, get(carry)))
  for (let k = 0; k < LIMBS; k++) {
    const terms = [...column(k), mul(get(h + k), FOLD_0)]
    if (k > 0) terms.push(get(carry), mul(get(h + k - 1), FOLD_1))
    put(set(carry, sum(terms)))
    put(k < 3 ? set(r + k, low(get(carry))) : store(get(0), 4 * k, low(get(carry))))
    put(set(carry, high(get(carry))))
  }
  put(set(carry, add(get(carry), mul(get(h + LIMBS - 1), FOLD_1)))) // what belongs to 2^261 again, below 2^40
  put(set(r, add(get(r), mul(get(carry), FOLD_0))))
  put(set(r + 1, sum([get(r + 1), mul(get(carry), FOLD_1), high(get(r))])))
  put(store(get(0), 0, low(get(r))))
  put(store(get(0), 4, low(get(r + 1))))
  put(store(get(0), 8, add(get(r + 2), high(get(r + 1)))))
  return code
}

const loadLimbs = (pointer: Code, into: number): Code =>
  Array.from({ length: LIMBS }, (_, i) => set(into + i, load(pointer, 4 * i))).flat()

/** multiply(to, a, b): any two of the three may be the same. */
export function multiplyFunction(): WasmFunction {
  const a = 3
  const b = a + LIMBS
  const free = b + LIMBS
  return {
    name: 'multiply',
    params: 3,
    locals: free - 3 + LIMBS + 4,
    body: [...loadLimbs(get(1), a), ...loadLimbs(get(2), b), ...reduceColumns((k) => productColumn(a, b, k), free)],
  }
}

/** square(to, a) */
export function squareFunction(): WasmFunction {
  const a = 2
  const twice = a + LIMBS
  const free = twice + LIMBS
  return {
    name: 'square',
    params: 2,
    locals: free - 2 + LIMBS + 4,
    body: [
      ...loadLimbs(get(1), a),
      ...Array.from({ length: LIMBS }, (_, i) => set(twice + i, shl(get(a + i), number(1)))).flat(),
      ...reduceColumns((k) => squareColumn(a, twice, k), free),
    ],
  }
}

/** One summand of a combination: an element and its factor, at most 8 either way. */
export type Term = readonly [element: Code, factor: number]

/** Locals that {@link combine} uses, of i64, from the one it is given on. */
export const COMBINE_LOCALS = 3

/**
 * Stores a sum of small multiples of elements at `to`, which may be one of them.
 * A multiple of 64 p, which is above any element, keeps the sum positive.
 */
export function combine(to: Code, terms: readonly Term[], free: number): Code {
  const below = terms.reduce((total, [, factor]) => total + Math.max(0, -factor), 0)
  const offset = 64n * P * BigInt(below)
  const carry = free
  const code: number[] = []
  const put = (part: Code): void => void code.push(...part)
  for (let i = 0; i < LIMBS; i++) {
    const shifted = offset >> BigInt(LIMB_BITS * i)
    const constant = i === LIMBS - 1 ? shifted : shifted & (2n ** 29n - 1n)
    const parts = terms.map(([element, factor]) =>
      factor === 1 ? load(element, 4 * i) : mul(load(element, 4 * i), number(factor)),
    )
    if (i > 0) parts.push(get(carry))
    if (constant !== 0n) parts.push(number(constant))
    put(set(carry, sum(parts)))
    put(i < 2 ? set(free + 1 + i, low(get(carry))) : store(to, 4 * i, low(get(carry))))
    put(set(carry, high(get(carry))))
  }
  put(store(to, 0, add(get(free + 1), mul(get(carry), FOLD_0))))
  put(store(to, 4, add(get(free + 2), mul(get(carry), FOLD_1))))
  return code
}
