import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromHex, toHex } from '../../../../src/base/hex.ts'
import { toIotexAddress } from '../../../../src/proofs/iotex/address.ts'
import { addressOfKey } from '../../../../src/proofs/iotex/endorsements.ts'
import { decodeIotexHeader } from '../../../../src/proofs/iotex/header.ts'
import { readProto } from '../../../../src/proofs/iotex/protobuf.ts'
import { decodeReceipt, plainMerkleRoot, readReceipts } from '../../../../src/proofs/iotex/receipts.ts'
import { concat, headerCore, plainReceipt, proto, varint } from '../../../support/iotexChain.ts'
import { crypto } from '../../../support/signers.ts'

// Inputs and expected values of iotex-core's own unit tests: blockchain/block/header_test.go (commit of the v2 line),
// action/receipt_test.go, crypto/merkle_test.go.
const { keccak256 } = crypto
const KEY = fromHex(
  '0x04755ce6d8903f6b3793bddb4ea5d3589d637de2d209ae0ea930815c82db564ee8cc448886f639e8a0c7e94e99a5c1335b583c0bc76ef30dd6a1038ed9da8daf33',
)!
const NOTHING = keccak256(new Uint8Array(0))
const coreOf = (more: readonly (readonly [number, number | Uint8Array])[] = []): Uint8Array =>
  proto(
    [1, 1],
    [2, 2],
    [3, proto([1, 1_549_152_000])], // 3 February 2019
    [4, NOTHING],
    [5, NOTHING],
    [6, NOTHING],
    [7, NOTHING],
    ...more,
  )
const VANUATU = [[9, 189_000] as const, [10, fromHex('0x0f4240')!] as const]

describe('iotex-core’s own vectors', () => {
  test.each([
    [
      'before gas and fees stood in headers',
      coreOf(),
      '0x13bf151a1a8ac8d45c636308cd3dd516e2811c9a7985a16c13c6a913a6faed7b',
      '0x39f9a57253c8396601394ca504ff0cd648adefbd1d0728e9e77fd211e34c5258',
    ],
    [
      'with gas used and base fee',
      coreOf(VANUATU),
      '0x26e0fa68a06833a42c7e008df9147638da6011e38c8e8437f334c31d62c7ce2f',
      '0xd8e43d580c053c5f26f09a9252725cb0faa911cd7a6954e6ff2e28d336baa379',
    ],
  ])('default: hash of header core and block, %s', (_, core, coreHash, blockHash) => {
    const header = proto([1, core], [2, KEY])
    expect(toHex(keccak256(header))).toBe(blockHash)
    const read = decodeIotexHeader(header)
    expect(read).toMatchObject({ height: 2, timeMs: 1_549_152_000_000, producerKey: KEY })
    if (typeof read !== 'string') expect(toHex(keccak256(read.core))).toBe(coreHash)
  })
  test('default: the address of the producer', () => {
    expect(toIotexAddress(fromHex(addressOfKey(crypto, KEY))!)).toBe('io1mflp9m6hcgm2qcghchsdqj3z3eccrnekx9p0ms')
  })
  test('default: the hash of a receipt', () => {
    const receipt = proto([1, 1], [2, 1], [3, new Uint8Array(32)], [4, 1])
    expect(toHex(keccak256(receipt))).toBe('0x9b1d77d8b8902e8d4e662e7cd07d8a74179e032f030d92441ca7fba1ca68e0f4')
    expect(decodeReceipt(receipt)).toMatchObject({ status: 1, height: 1, logs: [] })
  })
  test('default: the root of five hashes', () => {
    const leaves = [
      'aeedd06eb44f08abbcc72a2293aff580f13662fa59cc1b0aa4a15ee7c118e4eb',
      '9de6306b08158c423330f7a27243a1a5cbe39bfd764f07818437882d21241567',
      '7959228bfdb316949973c08d8bb7bea2a21227a7b4ed85c35d247bf3d6b15a11',
      '7959228bfdb316949973c08d8bb7bea2a21227a7b4ed85c35d247bf3d6b15a11',
      '6368616e676520746869732070617373776f726420746f206120736563726574',
    ].map((hex) => fromHex(`0x${hex}`)!)
    const root = plainMerkleRoot(keccak256, leaves)
    expect(toHex(root)).toBe('0x4de26a6d1d6618f7bfeb3d168e37ef645db94c2d558bf8c3546d1311877ddffa')
  })
})

describe('readProto', () => {
  test('default: numbers, bytes, repeated fields', () => {
    const bytes = proto([1, 300], [2, Uint8Array.of(7)], [2, new Uint8Array(0)], [9, 1])
    expect(readProto(bytes, [2])?.map(({ field }) => field)).toEqual([1, 2, 2, 9])
    expect(readProto(bytes, [2])?.[0]?.number).toBe(300n)
  })
  test('behavior: reads back any number that fits 64 bits (seed 5)', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }), (value) => {
        expect(readProto(concat(Uint8Array.of(8), varint(value)))?.[0]?.number).toBe(value)
      }),
      { seed: 5, numRuns: 500 },
    )
  })
  test.each([
    ['a field given twice', proto([1, 1], [1, 1])],
    ['fields out of order', proto([2, 1], [1, 1])],
    ['a number that is its default', Uint8Array.of(8, 0)],
    ['bytes that are their default', Uint8Array.of(10, 0)],
    ['a number longer than needed', Uint8Array.of(8, 0x81, 0)],
    ['a number above 2^64', Uint8Array.of(8, 255, 255, 255, 255, 255, 255, 255, 255, 255, 2)],
    ['a number of eleven bytes', Uint8Array.of(8, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1)],
    ['a number that is cut', Uint8Array.of(8, 0x80)],
    ['bytes that are cut', Uint8Array.of(10, 2, 1)],
    ['a length without bytes', Uint8Array.of(10, 255, 255, 255, 255, 15)],
    ['field number zero', Uint8Array.of(0, 1)],
    ['a fixed number of 64 bits', Uint8Array.of(9, 1, 2, 3, 4, 5, 6, 7, 8)],
    ['a group', Uint8Array.of(11, 12)],
    ['a fixed number of 32 bits', Uint8Array.of(13, 1, 2, 3, 4)],
  ])('error: null for %s', (_, bytes) => {
    expect(readProto(bytes)).toBeNull()
  })
})

describe('decodeIotexHeader', () => {
  const sound = proto([1, coreOf(VANUATU)], [2, KEY], [3, new Uint8Array(65).fill(1)])
  test('default: a header with everything in it', () => {
    expect(decodeIotexHeader(sound)).toMatchObject({ height: 2 })
  })
  test('error: every cut is refused', () => {
    for (let length = 0; length < sound.length; length++)
      expect(decodeIotexHeader(sound.subarray(0, length))).toBeTypeOf(
        // without its signature it is still a header; a block without one is refused elsewhere
        length === sound.length - 67 ? 'object' : 'string',
      )
  })
  const withCore = (core: Uint8Array): Uint8Array => proto([1, core], [2, KEY])
  test.each([
    ['no bytes', new Uint8Array(0), /lacks|canonical/],
    ['a fourth field', concat(sound, proto([4, 1])), /three fields/],
    ['a thirteenth field in the core', withCore(coreOf([...VANUATU, [13, 1]])), /core is not canonical/],
    ['a hash of 31 bytes', withCore(proto([1, 1], [2, 2], [4, NOTHING.subarray(1)])), /no hash/],
    ['a height that is bytes', withCore(proto([1, 1], [2, NOTHING])), /wrong type/],
    ['a hash that is a number', withCore(proto([1, 1], [2, 2], [4, 7])), /wrong type/],
    ['a bloom of another size', withCore(coreOf([[8, new Uint8Array(255).fill(1)]])), /bloom/],
    ['a base fee with a leading zero', withCore(coreOf([[10, Uint8Array.of(0, 1)]])), /base fee/],
    ['no height', withCore(proto([1, 1], [3, proto([1, 5])], [4, NOTHING], [7, NOTHING])), /lacks/],
    ['no time', withCore(proto([2, 2], [4, NOTHING], [7, NOTHING])), /lacks/],
    [
      'a time with a billion nanoseconds',
      withCore(proto([2, 2], [3, proto([1, 5], [2, 1e9])], [4, NOTHING], [7, NOTHING])),
      /lacks/,
    ],
    ['no receipt root', withCore(proto([2, 2], [3, proto([1, 5])], [4, NOTHING])), /lacks/],
    ['a compressed key', proto([1, coreOf()], [2, KEY.subarray(0, 33)]), /no uncompressed/],
    ['a BLS key', proto([1, coreOf()], [2, new Uint8Array(48).fill(1)]), /IIP-52/],
    ['a signature of 64 bytes', proto([1, coreOf()], [2, KEY], [3, new Uint8Array(64).fill(1)]), /65 bytes/],
  ])('error: %s', (_, bytes, sentence) => {
    expect(decodeIotexHeader(bytes)).toMatch(sentence)
  })
})

describe('readReceipts', () => {
  const receipts = Array.from({ length: 5 }, (_, n) => plainReceipt(9, n))
  const rootOf = (list: readonly Uint8Array[]): Uint8Array =>
    plainMerkleRoot(
      keccak256,
      list.map((bytes) => keccak256(bytes)),
    )
  const root = rootOf(receipts)
  test('default: a list of any length under its root', () => {
    for (let n = 1; n <= 5; n++)
      expect(readReceipts(keccak256, receipts.slice(0, n), rootOf(receipts.slice(0, n)))).toHaveLength(n)
    expect(readReceipts(keccak256, [], new Uint8Array(32))).toEqual([])
  })
  test.each([
    ['one is missing', receipts.slice(1)],
    ['the last is missing', receipts.slice(0, 4)],
    ['two are exchanged', [receipts[1]!, receipts[0]!, ...receipts.slice(2)]],
    ['one is altered', receipts.map((bytes, i) => (i === 3 ? plainReceipt(9, 99) : bytes))],
    ['one is added', [...receipts, plainReceipt(9, 5)]],
    ['there are none', []],
  ])('error: %s', (_, list) => {
    expect(readReceipts(keccak256, list, root)).toMatch(/do not add up/)
  })
  test('error: the last one given twice has the same root, and is refused all the same', () => {
    const six = [...receipts, receipts[4]!]
    expect(rootOf(six)).toEqual(root)
    expect(readReceipts(keccak256, six, root)).toBe('A receipt is given twice.')
  })
  test('error: an inner node in place of two receipts has the same root, and is refused all the same', () => {
    const four = receipts.slice(0, 4)
    const inner = (a: number, b: number): Uint8Array => concat(keccak256(four[a]!), keccak256(four[b]!))
    const two = [inner(0, 1), inner(2, 3)]
    expect(rootOf(two)).toEqual(rootOf(four))
    expect(readReceipts(keccak256, two, rootOf(four))).toMatch(/not in its form/)
  })
  test.each([
    ['no height', proto([1, 1], [3, NOTHING])],
    ['no transaction', proto([1, 1], [2, 9])],
    ['a log without its transaction', proto([1, 1], [2, 9], [3, NOTHING], [6, proto([3, NOTHING])])],
    ['a topic of 31 bytes', proto([1, 1], [2, 9], [3, NOTHING], [6, proto([2, NOTHING.subarray(1)], [5, NOTHING])])],
    ['a log that is a number', proto([1, 1], [2, 9], [3, NOTHING], [6, 5])],
    ['a status that is bytes', proto([1, NOTHING], [2, 9], [3, NOTHING])],
  ])('error: decodeReceipt is null for %s', (_, bytes) => {
    expect(decodeReceipt(bytes)).toBeNull()
  })
  test('behavior: fields that later versions add are skipped', () => {
    expect(decodeReceipt(concat(receipts[0]!, proto([7, NOTHING], [12, 5])))).toMatchObject({ height: 9 })
  })
  test('default: headerCore of the test chain is one that can be read', () => {
    const core = headerCore({ height: 3, timeMs: 1_700_000_000_500, receiptRoot: root })
    expect(decodeIotexHeader(proto([1, core], [2, KEY]))).toMatchObject({ height: 3, timeMs: 1_700_000_000_500 })
  })
})
