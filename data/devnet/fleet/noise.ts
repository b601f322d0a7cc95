/**
 * Chance without state: the same whole numbers give the same value on every machine, in any order of calls.
 * A fleet that is asked for any moment of any day cannot carry a running generator.
 *
 * Source   murmur3's 32-bit mixing and finaliser (A. Appleby, public domain).
 */
export function hashUnit(seed: number, a: number, b = 0, c = 0): number {
  let h = seed | 0
  h = mix(h, a)
  h = mix(h, b)
  h = mix(h, c)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296
}

function mix(h: number, word: number): number {
  let k = Math.imul(word | 0, 0xcc9e2d51)
  k = (k << 15) | (k >>> 17)
  const m = h ^ Math.imul(k, 0x1b873593)
  return (Math.imul((m << 13) | (m >>> 19), 5) + 0xe6546b64) | 0
}

/** Like {@link hashUnit}, in [-1, 1). */
export const hashSigned = (seed: number, a: number, b = 0, c = 0): number => 2 * hashUnit(seed, a, b, c) - 1

/** Near normal with unit variance, from four uniforms (Irwin-Hall); within ±3.5. */
export const hashNormal = (seed: number, a: number, b = 0): number =>
  (hashUnit(seed, a, b, 1) + hashUnit(seed, a, b, 2) + hashUnit(seed, a, b, 3) + hashUnit(seed, a, b, 4) - 2) *
  1.7320508075688772

const ease = (f: number): number => f * f * (3 - 2 * f)

/** Smooth value noise in [-1, 1] along one axis, a knot at every whole x. */
export function waveAt(seed: number, stream: number, x: number): number {
  const knot = Math.floor(x)
  const from = hashSigned(seed, stream, knot)
  return from + (hashSigned(seed, stream, knot + 1) - from) * ease(x - knot)
}

/** Smooth value noise in [-1, 1] over a plane, a knot at every whole (x, y). */
export function fieldAt(seed: number, stream: number, x: number, y: number): number {
  const kx = Math.floor(x)
  const ky = Math.floor(y)
  const fx = ease(x - kx)
  const fy = ease(y - ky)
  const low = hashSigned(seed, stream, kx, ky) * (1 - fx) + hashSigned(seed, stream, kx + 1, ky) * fx
  const high = hashSigned(seed, stream, kx, ky + 1) * (1 - fx) + hashSigned(seed, stream, kx + 1, ky + 1) * fx
  return low * (1 - fy) + high * fy
}
