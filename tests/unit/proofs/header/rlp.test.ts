import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromHex, toHex } from '../../../../src/base/hex.ts'
import {
  createRlpList,
  encodeRlpList,
  encodeRlpString,
  readRlpList,
  readRlpString,
} from '../../../../src/proofs/header/rlp.ts'

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)
const list = createRlpList(17)
const read = (hex: string): boolean => {
  const bytes = fromHex(hex)!
  return readRlpList(bytes, 0, bytes.length, list)
}

describe('encodeRlpString and encodeRlpList', () => {
  // the examples of the Yellow Paper's companion page on RLP, ethereum.org
  test.each([
    ['dog', ascii('dog'), '0x83646f67'],
    ['nothing', new Uint8Array(0), '0x80'],
    ['a zero byte', Uint8Array.of(0), '0x00'],
    ['15', Uint8Array.of(15), '0x0f'],
    ['1024', Uint8Array.of(4, 0), '0x820400'],
    [
      'a sentence of 56 bytes',
      ascii('Lorem ipsum dolor sit amet, consectetur adipisicing elit'),
      `0xb838${toHex(ascii('Lorem ipsum dolor sit amet, consectetur adipisicing elit')).slice(2)}`,
    ],
  ])('default: %s', (_, payload, expected) => {
    expect(toHex(encodeRlpString(payload))).toBe(expected)
    expect(readRlpString(fromHex(expected)!)).toEqual(payload)
  })
  test('default: cat and dog, the empty list', () => {
    expect(toHex(encodeRlpList(['cat', 'dog'].map((word) => encodeRlpString(ascii(word)))))).toBe(
      '0xc88363617483646f67',
    )
    expect(toHex(encodeRlpList([]))).toBe('0xc0')
  })
  test('behavior: whatever is written is read back, at every size (seed 1)', () => {
    const payloads = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 17 })
    fc.assert(
      fc.property(payloads, (items) => {
        const bytes = encodeRlpList(items.map(encodeRlpString))
        expect(readRlpList(bytes, 0, bytes.length, list)).toBe(true)
        expect(list.count).toBe(items.length)
        expect(items.map((_, i) => bytes.slice(list.from[i], list.to[i]))).toEqual(items)
      }),
      { seed: 1, numRuns: 300 },
    )
  })
})

describe('readRlpList', () => {
  test.each([
    ['no bytes', '0x'],
    ['a string', '0x83646f67'],
    ['a list cut short', '0xc88363617483646f'],
    ['a byte after the list', '0xc000'],
    ['a small byte with a prefix', '0xc2817f'],
    ['a short string in the long form', '0xc5b8036162630000'.slice(0, 12)],
    ['a length with a leading zero', `0xf90039b80037${'61'.repeat(55)}`],
    ['a list of 55 bytes in the long form', `0xf837${'61'.repeat(55)}`],
    ['a length of four bytes', '0xfb00000001c0'],
    ['an item that runs over the end', '0xc28361'],
    ['an inner list that runs over the end', '0xc1c1'],
    ['eighteen items where seventeen fit', `0xd2${'80'.repeat(18)}`],
  ])('error: refuses %s', (_, hex) => {
    expect(read(hex)).toBe(false)
  })
  test('behavior: says which items are lists', () => {
    expect(read('0xc4c1808161'.replace('8161', '61c0'))).toBe(true)
    expect([...list.isList.subarray(0, list.count)]).toEqual([1, 0, 1])
  })
})

describe('readRlpString', () => {
  test.each([
    ['no bytes', '0x'],
    ['a list', '0xc0'],
    ['a byte too many', '0x8000'],
    ['a byte too few', '0x82ff'],
    ['a small byte with a prefix', '0x8100'],
  ])('error: null for %s', (_, hex) => {
    expect(readRlpString(fromHex(hex)!)).toBeNull()
  })
})
