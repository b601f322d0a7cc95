import { ELEMENT_BYTES, LIMB_BITS, LIMBS, P } from './fieldCode.ts'
import { createInverse, createModulus } from './inverse.ts'
import type { CurveModule } from './module.ts'
import { ACCUMULATOR } from './pointCode.ts'

// A scalar of 256 bits is eight pieces of 32 bits. A table holds, for each piece i, the odd multiples 1, 3, 5 … of
// 2^(32 i) times a point, so that 31 doublings serve all pieces at once.

export const PIECES = 8
export const PIECE_BITS = 32
export const POINT_BYTES = 2 * ELEMENT_BYTES

/** Makes tables of multiples. The scratch memory is shared by all of them. */
export interface TableMaker {
  /** Bytes of a table with `half` odd multiples for each piece. */
  bytesOf(half: number): number
  /** Fills the table at `table` for the point of the curve with these coordinates, below p. */
  fill(table: number, half: number, x: bigint, y: bigint): void
}

const MASK = (1n << BigInt(LIMB_BITS)) - 1n
const FIELD = createModulus(P)

/** Reads and writes elements as numbers below p. */
export function readElement(words: Uint32Array, at: number): bigint {
  let value = 0n
  for (let i = LIMBS - 1; i >= 0; i--) value = (value << BigInt(LIMB_BITS)) + BigInt(words[at / 4 + i]!)
  return value % P
}
export function writeElement(words: Uint32Array, at: number, value: bigint): void {
  let rest = value
  for (let i = 0; i < LIMBS; i++, rest >>= BigInt(LIMB_BITS)) words[at / 4 + i] = Number(rest & MASK)
}

/** `mostMultiples` is the largest `half` that will be asked for. */
export function createTableMaker(module: CurveModule, mostMultiples: number): TableMaker {
  const { multiply, square, begin, double, add } = module
  const inverse = createInverse(module)
  const most = Math.max(mostMultiples, 2 * PIECES)
  const twice = module.reserve(PIECES * POINT_BYTES)
  const zs = module.reserve(most * ELEMENT_BYTES)
  const products = module.reserve(most * ELEMENT_BYTES)
  const [rest, one, power] = [0, 1, 2].map(() => module.reserve(ELEMENT_BYTES)) as [number, number, number]

  /** Keeps the accumulator: x and y at `point`, z as number `n` of those to be divided out. */
  const keep = (point: number, n: number): void => {
    const words = module.words()
    words.copyWithin(point / 4, ACCUMULATOR.x / 4, ACCUMULATOR.x / 4 + 2 * LIMBS)
    words.copyWithin(zs / 4 + n * LIMBS, ACCUMULATOR.z / 4, ACCUMULATOR.z / 4 + LIMBS)
  }

  /** Divides out the z of all points kept, with one inversion (Montgomery's trick). */
  const divideOut = (points: readonly number[]): void => {
    const words = module.words()
    const z = (n: number): number => zs + n * ELEMENT_BYTES
    const product = (n: number): number => products + n * ELEMENT_BYTES
    words.copyWithin(products / 4, zs / 4, zs / 4 + LIMBS)
    for (let n = 1; n < points.length; n++) multiply(product(n), product(n - 1), z(n))
    writeElement(words, rest, inverse(readElement(words, product(points.length - 1)), FIELD))
    for (let n = points.length - 1; n >= 0; n--) {
      if (n > 0) {
        multiply(one, rest, product(n - 1))
        multiply(rest, rest, z(n))
      } else words.copyWithin(one / 4, rest / 4, rest / 4 + LIMBS)
      const point = points[n]!
      square(power, one)
      multiply(point, point, power)
      multiply(power, power, one)
      multiply(point + ELEMENT_BYTES, point + ELEMENT_BYTES, power)
    }
  }

  return {
    bytesOf: (half) => PIECES * half * POINT_BYTES,
    fill(table, half, x, y) {
      const words = module.words()
      const piece = (i: number): number => table + i * half * POINT_BYTES
      writeElement(words, table, x)
      writeElement(words, table + ELEMENT_BYTES, y)
      begin(table)
      const bases: number[] = []
      for (let i = 0; i < PIECES; i++) {
        keep(piece(i), 2 * i)
        double()
        keep(twice + i * POINT_BYTES, 2 * i + 1)
        bases.push(piece(i), twice + i * POINT_BYTES)
        for (let bit = 1; bit < PIECE_BITS; bit++) double()
      }
      divideOut(bases)
      for (let i = 0; i < PIECES; i++) {
        const multiples: number[] = []
        begin(piece(i))
        for (let n = 1; n < half; n++) {
          add(twice + i * POINT_BYTES)
          keep(piece(i) + n * POINT_BYTES, n - 1)
          multiples.push(piece(i) + n * POINT_BYTES)
        }
        divideOut(multiples)
      }
    },
  }
}
