/**
 * Chance by address: the number at (key, counter) is computed, not drawn in order, so any split of the draws over any
 * number of workers gives the same numbers.
 *
 * Source   Philox4x32-10: J. Salmon et al., Parallel random numbers: as easy as 1, 2, 3, SC 2011
 */
const M0 = 0xd2511f53
const M1 = 0xcd9e8d57
const W0 = 0x9e3779b9
const W1 = 0xbb67ae85

/** High 32 bits of the product of a 32-bit word and a constant, by two exact 48-bit products. */
function highProduct(a: number, b: number): number {
  const low = (a & 0xffff) * b
  const high = (a >>> 16) * b + Math.floor(low / 65536)
  return Math.floor(high / 65536) >>> 0
}

/** Four 32-bit words of a counter under a key. Writes them into `out`. */
export function philox(
  key0: number,
  key1: number,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  out: Uint32Array,
): void {
  let [k0, k1] = [key0, key1]
  let [x0, x1, x2, x3] = [c0 >>> 0, c1 >>> 0, c2 >>> 0, c3 >>> 0]
  for (let round = 0; round < 10; round++) {
    const high0 = highProduct(x0, M0)
    const low0 = Math.imul(x0, M0) >>> 0
    const high1 = highProduct(x2, M1)
    const low1 = Math.imul(x2, M1) >>> 0
    x0 = (high1 ^ x1 ^ k0) >>> 0
    x1 = low1
    x2 = (high0 ^ x3 ^ k1) >>> 0
    x3 = low0
    k0 = (k0 + W0) | 0
    k1 = (k1 + W1) | 0
  }
  out[0] = x0
  out[1] = x1
  out[2] = x2
  out[3] = x3
}
