import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromBase64url, toBase64url } from '../../../src/base/base64url.ts'
import { ByteReader, ByteWriter } from '../../../src/base/bytes.ts'
import { canonicalJson } from '../../../src/base/canonicalJson.ts'
import { fromHex, sameBytes, toHex } from '../../../src/base/hex.ts'

const bytes = fc.uint8Array({ maxLength: 80 })

describe('text encodings', () => {
  test('behavior: base64url agrees with Node and comes back', () => {
    fc.assert(
      fc.property(bytes, (b) => {
        expect(toBase64url(b)).toBe(Buffer.from(b).toString('base64url'))
        expect(fromBase64url(toBase64url(b))).toEqual(b)
      }),
    )
  })
  test('behavior: hexadecimal agrees with Node and comes back', () => {
    fc.assert(
      fc.property(bytes, (b) => {
        expect(toHex(b)).toBe(`0x${Buffer.from(b).toString('hex')}`)
        expect(fromHex(toHex(b).toUpperCase().replace('0X', '0x'))).toEqual(b)
      }),
    )
  })
  test.each(['12', '0x1', '0xzz', '0x1é', ''])('error: %j is not hexadecimal', (text) =>
    expect(fromHex(text)).toBeNull(),
  )
  test.each(['A', 'a+b/', 'ab=='])('error: %j is not base64url', (text) => expect(fromBase64url(text)).toBeNull())
  test('behavior: equal bytes are equal, and one flipped bit is not', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(), fc.nat(7), (b, at, bit) => {
        const changed = b.slice()
        changed[at % b.length]! ^= 1 << bit
        expect(sameBytes(b, b.slice())).toBe(true)
        expect(sameBytes(b, changed)).toBe(false)
        expect(sameBytes(b, b.slice(1))).toBe(false)
      }),
    )
  })
})

describe('byte fields', () => {
  test('behavior: what was written is read back', () => {
    const writer = new ByteWriter(1)
    writer.u8(255)
    writer.i8(-1)
    writer.u16(65535)
    writer.u32(4294967295)
    writer.u64(2n ** 64n - 1n)
    writer.i64(-(2n ** 63n))
    writer.bytes(Uint8Array.of(1, 2, 3))
    const reader = new ByteReader(writer.done())
    expect([reader.u8(), reader.i8(), reader.u16(), reader.u32(), reader.u64(), reader.i64()]).toEqual([
      255,
      -1,
      65535,
      4294967295,
      2n ** 64n - 1n,
      -(2n ** 63n),
    ])
    expect([...reader.slice(3)]).toEqual([1, 2, 3])
    expect(reader.left).toBe(0)
  })
  test('error: PROOF_MALFORMED past the end, with what was left and what was expected', () => {
    const reader = new ByteReader(Uint8Array.of(1, 2))
    expect(() => reader.u32()).toThrow(
      expect.objectContaining({
        code: 'PROOF_MALFORMED',
        details: { offset: 0, left: 2, expected: 4 },
      }),
    )
    expect(() => reader.slice(-1 + 4)).toThrow(expect.objectContaining({ code: 'PROOF_MALFORMED' }))
  })
})

describe('canonicalJson', () => {
  test('behavior: the order of members does not matter, the order of lists does', () => {
    expect(canonicalJson({ b: [2, 1], a: { d: null, c: 'é"' } })).toBe('{"a":{"c":"é\\"","d":null},"b":[2,1]}')
    expect(canonicalJson({ a: 1, b: 2 })).toBe(canonicalJson({ b: 2, a: 1 }))
    expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]))
  })
  test('behavior: parses back to the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
  test.each([NaN, Infinity])('error: %s is refused', (value) =>
    expect(() => canonicalJson({ value })).toThrow(RangeError),
  )
})
