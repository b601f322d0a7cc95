/**
 * Points that fill the unit cube evenly: the Sobol sequence, scrambled by a seed so that every point is uniform by chance.
 *
 * Source   direction numbers of S. Joe, F. Kuo, SIAM J. Sci. Comput. 30 (2008), new-joe-kuo-6, first 21 dimensions;
 *          nested scrambling by hash: S. Laine, T. Karras, EGSR 2011; B. Burley, JCGT 9(4), 2020
 */

// degree, polynomial, first direction numbers, dimension by dimension from the second
const PRIMITIVES: readonly (readonly [degree: number, polynomial: number, first: readonly number[]])[] = [
  [1, 0, [1]],
  [2, 1, [1, 3]],
  [3, 1, [1, 3, 1]],
  [3, 2, [1, 1, 1]],
  [4, 1, [1, 1, 3, 3]],
  [4, 4, [1, 3, 5, 13]],
  [5, 2, [1, 1, 5, 5, 17]],
  [5, 4, [1, 1, 5, 5, 5]],
  [5, 7, [1, 1, 7, 11, 19]],
  [5, 11, [1, 1, 5, 1, 1]],
  [5, 13, [1, 1, 1, 3, 11]],
  [5, 14, [1, 3, 5, 5, 31]],
  [6, 1, [1, 3, 3, 9, 7, 49]],
  [6, 13, [1, 1, 1, 15, 21, 21]],
  [6, 16, [1, 3, 1, 13, 27, 49]],
  [6, 19, [1, 1, 1, 15, 7, 5]],
  [6, 22, [1, 3, 1, 15, 13, 25]],
  [6, 25, [1, 1, 5, 5, 19, 61]],
  [7, 1, [1, 3, 7, 11, 23, 15, 103]],
  [7, 4, [1, 3, 7, 13, 13, 15, 69]],
]

export const SOBOL_DIMENSIONS = PRIMITIVES.length + 1
const BITS = 32

/** The 32 direction numbers of a dimension, the first bit in the highest place. */
function directions(dimension: number): Uint32Array {
  const v = new Uint32Array(BITS)
  const primitive = PRIMITIVES[dimension - 1]
  if (!primitive) return v.map((_, i) => (1 << (31 - i)) >>> 0)
  const [degree, polynomial, first] = primitive
  for (let i = 0; i < BITS; i++) {
    if (i < degree) {
      v[i] = (first[i] << (31 - i)) >>> 0
      continue
    }
    let value = v[i - degree] ^ (v[i - degree] >>> degree)
    for (let k = 1; k < degree; k++) if ((polynomial >>> (degree - 1 - k)) & 1) value ^= v[i - k]
    v[i] = value >>> 0
  }
  return v
}
const table = Array.from({ length: SOBOL_DIMENSIONS }, (_, dimension) => directions(dimension))

function reverseBits(word: number): number {
  let x = word
  x = ((x >>> 1) & 0x55555555) | ((x & 0x55555555) << 1)
  x = ((x >>> 2) & 0x33333333) | ((x & 0x33333333) << 2)
  x = ((x >>> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4)
  x = ((x >>> 8) & 0x00ff00ff) | ((x & 0x00ff00ff) << 8)
  return ((x >>> 16) | (x << 16)) >>> 0
}

/** A seed of its own for each dimension. */
function mix(seed: number, dimension: number): number {
  let h = (seed ^ Math.imul(dimension + 1, 0x9e3779b9)) >>> 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** Flips bits of a word depending on those above them only, so that every dyadic interval keeps its share of points. */
function scramble(word: number, seed: number): number {
  let x = reverseBits(word)
  x ^= Math.imul(x, 0x3d20adea)
  x = (x + seed) | 0
  x = Math.imul(x, (seed >>> 16) | 1)
  x ^= Math.imul(x, 0x05526c56)
  x ^= Math.imul(x, 0x53a22864)
  return reverseBits(x >>> 0)
}

/** The unscrambled word of a point. Dimension 0 is van der Corput's sequence. */
export function sobolWord(index: number, dimension: number): number {
  const v = table[dimension]
  let word = 0
  for (let i = index >>> 0, bit = 0; i !== 0; i >>>= 1, bit++) if (i & 1) word ^= v[bit]
  return word >>> 0
}

/** A 32-bit word of point `index` (0 …) in one of SOBOL_DIMENSIONS dimensions, scrambled by a seed. */
export const scrambledSobol = (index: number, dimension: number, seed: number): number =>
  scramble(sobolWord(index, dimension), mix(seed, dimension))
