import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/base/random.ts'
import { LIMBS, P } from '../../../../src/proofs/secp256k1/fieldCode.ts'
import { createInverse, createModulus } from '../../../../src/proofs/secp256k1/inverse.ts'
import { createCurveModule } from '../../../../src/proofs/secp256k1/module.ts'
import { readElement, writeElement } from '../../../../src/proofs/secp256k1/pointTable.ts'
import { signedDigits } from '../../../../src/proofs/secp256k1/signedDigits.ts'

// BigInt is the judge: it knows nothing of limbs.

const module = await createCurveModule()
const [a, b, to] = [0, 1, 2].map(() => module.reserve(4 * LIMBS)) as [number, number, number]
const random = createRandom(7)
const anyNumber = (bits: number): bigint => {
  let value = 0n
  for (let i = 0; i < bits; i += 16) value = (value << 16n) | BigInt(Math.floor(random.next() * 65_536))
  return value
}
const N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const edges = [0n, 1n, 2n, P - 1n, P - 2n, 2n ** 255n, 2n ** 29n - 1n, 2n ** 232n, 2n ** 256n - 1n, 2n ** 261n - 1n]

test('behavior: products and squares are those of BigInt, at the edges too', () => {
  const numbers = [...edges, ...Array.from({ length: 200 }, () => anyNumber(256))]
  for (const [i, x] of numbers.entries()) {
    const y = numbers[(7 * i + 3) % numbers.length]!
    writeElement(module.words(), a, x)
    writeElement(module.words(), b, y)
    module.multiply(to, a, b)
    expect(readElement(module.words(), to)).toBe((x * y) % P)
    module.square(to, a)
    expect(readElement(module.words(), to)).toBe((x * x) % P)
  }
})

test('behavior: limbs as full as they ever get do not overflow', () => {
  const full = Math.floor(1.02 * 2 ** 29)
  const value = Array.from({ length: LIMBS }, (_, i) => BigInt(full) << BigInt(29 * i)).reduce((x, y) => x + y)
  module.words().fill(full, a / 4, a / 4 + LIMBS)
  module.multiply(to, a, a)
  expect(readElement(module.words(), to)).toBe((value * value) % P)
  module.square(a, a) // in place
  expect(readElement(module.words(), a)).toBe((value * value) % P)
  expect(Math.max(...module.words().subarray(a / 4, a / 4 + LIMBS))).toBeLessThanOrEqual(full)
})

test('behavior: inverses times their numbers are one, modulo both primes', () => {
  const inverse = createInverse(module)
  for (const prime of [P, N]) {
    const modulus = createModulus(prime)
    const numbers = [
      1n,
      2n,
      3n,
      prime - 1n,
      prime - 2n,
      2n ** 255n,
      2n ** 30n,
      // need 610 steps each, the first modulo n, the second modulo p
      0xc5426401a9082b44d4839dfcfc6c8026d472ab788e16f02f8ccea08be9fe537n,
      0x1a07cd2977cf12093535fa53641bcf37d59c74fe31a5bba537c2ab77de75a9d9n,
      ...Array.from({ length: 300 }, () => anyNumber(256) % prime),
    ]
    for (const x of numbers) expect((inverse(x, modulus) * x) % prime).toBe(1n)
    expect(inverse(0n, modulus)).toBe(0n)
  }
})

test('behavior: signed digits add up to their scalar, odd, small and apart', () => {
  const digits = new Int16Array(256)
  const scalars = [
    0n,
    1n,
    15n,
    16n,
    17n,
    2n ** 255n - 1n,
    2n ** 254n,
    (N - 1n) / 2n,
    ...Array.from({ length: 200 }, () => anyNumber(256) >> 1n),
  ]
  for (const width of [5, 10]) {
    for (const scalar of scalars) {
      const words = Uint32Array.from({ length: 8 }, (_, i) => Number((scalar >> BigInt(32 * i)) & 0xffffffffn))
      signedDigits(words, width, digits)
      let sum = 0n
      let last = -width
      digits.forEach((digit, bit) => {
        if (digit === 0) return
        expect(Math.abs(digit % 2)).toBe(1)
        expect(Math.abs(digit)).toBeLessThan(2 ** (width - 1))
        expect(bit - last).toBeGreaterThanOrEqual(width)
        last = bit
        sum += BigInt(digit) << BigInt(bit)
      })
      expect(sum).toBe(scalar)
    }
  }
})
