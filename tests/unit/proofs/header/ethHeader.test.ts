import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toHex } from '../../../../src/base/hex.ts'
import { decodeEthHeader, encodeBlockHeader } from '../../../../src/proofs/header/ethHeader.ts'
import { crypto } from '../../../support/signers.ts'
import blocks from '../../../vectors/headers/blocks.json' with { type: 'json' }

type Block = Record<string, unknown>
const osaka: Block = blocks[2]!.block
const bytes = encodeBlockHeader(osaka)!
const hashOf = (header: Uint8Array | null): string | null => header && toHex(crypto.keccak256(header))

describe('encodeBlockHeader', () => {
  test.each(blocks)('default: hashes to what the chain calls it: $name', ({ block }) => {
    const header = encodeBlockHeader(block)
    expect(hashOf(header)).toBe(block.hash)
    const read = decodeEthHeader(header!)
    expect(read).toMatchObject({ number: Number(block.number), timeMs: 1000 * Number(block.timestamp) })
    if (typeof read !== 'string') expect(toHex(read.stateRoot)).toBe(block.stateRoot)
  })
  test('behavior: leading zeros of a number are left out, and fields that are no part of a header are ignored', () => {
    expect(hashOf(encodeBlockHeader({ ...osaka, number: '0x000177396d', size: '0x1', totalDifficulty: '0x5' }))).toBe(
      osaka.hash,
    )
  })
  test.each(Object.keys(osaka).filter((field) => field !== 'hash'))(
    'error: without %s it is none, or another',
    (field) => {
      const { [field]: _, ...rest } = osaka
      expect(hashOf(encodeBlockHeader(rest))).not.toBe(osaka.hash)
    },
  )
  test.each([
    ['nothing', null],
    ['a text', '0x00'],
    ['a list', []],
    ['an empty block', {}],
    ['a hash of 31 bytes', { ...osaka, stateRoot: `0x${'11'.repeat(31)}` }],
    ['a bloom of 255 bytes', { ...osaka, logsBloom: `0x${'11'.repeat(255)}` }],
    ['a number that is none', { ...osaka, number: '12' }],
    ['a number as a number', { ...osaka, number: 12 }],
    ['text that is no hexadecimal', { ...osaka, extraData: '0xzz' }],
    ['half a byte of text', { ...osaka, extraData: '0x123' }],
    ['a later fork’s field without an earlier one’s', { ...osaka, withdrawalsRoot: undefined }],
    ['half of Cancun', { ...osaka, requestsHash: undefined, parentBeaconBlockRoot: undefined }],
  ])('error: null for %s', (_, block) => {
    expect(encodeBlockHeader(block)).toBeNull()
  })
})

describe('decodeEthHeader', () => {
  test('error: every cut is refused', () => {
    for (let length = 0; length < bytes.length; length++)
      expect(decodeEthHeader(bytes.subarray(0, length))).toBeTypeOf('string')
  })
  test('error: a byte too many', () => {
    expect(decodeEthHeader(Uint8Array.of(...bytes, 0))).toBe('The header is not canonical RLP.')
  })
  test('behavior: every flipped bit is refused, or gives bytes of another hash', () => {
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const flipped = bytes.slice()
      flipped[bit >> 3]! ^= 1 << (bit & 7)
      const read = decodeEthHeader(flipped)
      if (typeof read !== 'string') expect(hashOf(flipped)).not.toBe(osaka.hash)
    }
  })
  test('behavior: one value has one encoding: what can be read encodes to the same bytes (seed 7)', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }), (at, value) => {
        const changed = bytes.slice()
        changed[at] = value
        const read = decodeEthHeader(changed)
        if (typeof read === 'string') expect(read).toMatch(/\.$/)
        else expect(changed.length).toBe(bytes.length)
      }),
      { seed: 7, numRuns: 2_000 },
    )
  })
})
