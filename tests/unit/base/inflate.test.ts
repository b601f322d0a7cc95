import { deflateRawSync, deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { inflate, inflateRaw } from '../../../src/base/inflate.ts'
import { createRandom } from '../../../src/base/random.ts'

const random = createRandom('inflate')
const noise = (n: number, kinds: number) => Uint8Array.from({ length: n }, () => random.below(kinds))
const samples: [string, Uint8Array][] = [
  ['nothing', new Uint8Array()],
  ['one byte', Uint8Array.of(7)],
  ['a long run', new Uint8Array(100_000)],
  ['words', new TextEncoder().encode('building yes height 12 levels 4 '.repeat(900))],
  ['noise of 256 values', noise(70_000, 256)],
  ['noise of 3 values', noise(40_000, 3)],
]

describe('inflate', () => {
  test.each(samples)('default: what zlib packed comes back, at every level and strategy: %s', (_, plain) => {
    for (const level of [0, 1, 6, 9]) {
      for (const strategy of [0, 1, 2, 3, 4]) {
        expect(Buffer.compare(inflate(deflateSync(plain, { level, strategy }), plain.length), plain)).toBe(0)
      }
    }
  })
  test('default: a raw stream says where it ends', () => {
    const packed = deflateRawSync(samples[3]![1])
    const out = new Uint8Array(samples[3]![1].length)
    expect(inflateRaw(Buffer.concat([packed, Buffer.from('more')]), 0, out)).toBe(packed.length)
    expect(Buffer.compare(out, samples[3]![1])).toBe(0)
  })
  test('error: another size than promised, a wrong sum, a wrong head', () => {
    const plain = samples[3]![1]
    const packed = new Uint8Array(deflateSync(plain))
    expect(() => inflate(packed, plain.length - 1)).toThrow(/more than/)
    expect(() => inflate(packed, plain.length + 1)).toThrow(/promised/)
    const wrongSum = packed.slice()
    wrongSum[wrongSum.length - 1]! ^= 1
    expect(() => inflate(wrongSum, plain.length)).toThrow(/sum/)
    expect(() => inflate(packed.slice(1), plain.length)).toThrow(/no zlib/)
  })
  test('error: cut off anywhere or with any bit turned it throws, and never gives other bytes', () => {
    const plain = noise(600, 20)
    const packed = new Uint8Array(deflateSync(plain))
    for (let cut = 0; cut < packed.length; cut++) expect(() => inflate(packed.slice(0, cut), 600)).toThrow(Error)
    let harmless = 0
    for (let bit = 0; bit < 8 * packed.length; bit++) {
      const bad = packed.slice()
      bad[bit >> 3]! ^= 1 << (bit & 7)
      try {
        if (Buffer.compare(inflate(bad, 600), plain) === 0) harmless++
        else throw new TypeError('other bytes')
      } catch (error) {
        expect(error).not.toBeInstanceOf(TypeError)
      }
    }
    expect(harmless).toBeLessThan(16) // padding before the sum, and the level named in the head
  })
})
