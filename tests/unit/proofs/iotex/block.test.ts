import { describe, expect, test } from 'vitest'
import { ORDERS } from '../../../../src/proofs/curve.ts'
import { type IotexBlockParts, verifyIotexBlock } from '../../../../src/proofs/iotex/block.ts'
import { type IotexCheckpoint, MAX_CHECKPOINT_AGE_MS, readCheckpoint } from '../../../../src/proofs/iotex/checkpoint.ts'
import {
  createDelegate,
  createIotexChain,
  endorse,
  endorsementDigest,
  footerOf,
  headerCore,
  plainReceipt,
  proto,
  sign,
  signHeader,
  timestamp,
} from '../../../support/iotexChain.ts'
import { crypto } from '../../../support/signers.ts'

const NOW_MS = 1_760_000_000_000
const chain = createIotexChain()
const { delegates } = chain
const receipts = Array.from({ length: 7 }, (_, n) => plainReceipt(500, n))
const block = chain.block(500, NOW_MS - 60_000, receipts)
const fresh = chain.checkpoint(NOW_MS - 3_600_000)
const check = (change: Partial<IotexBlockParts> = {}, checkpoint: IotexCheckpoint = fresh, nowMs = NOW_MS) =>
  verifyIotexBlock(crypto, { ...block, ...change }, checkpoint, 4689, nowMs)
const at = NOW_MS - 59_000
const honest = (count: number): Uint8Array[] => delegates.slice(0, count).map((by) => endorse(by, block.hash, at))
const withLast = (last: Uint8Array): Uint8Array => footerOf([...honest(16), last], at)

/** The other signature of the same message: n - s in place of s. */
function malleate(signature: Uint8Array): Uint8Array {
  const copy = signature.slice()
  let borrow = 0
  for (let i = 31; i >= 0; i--) {
    const digit = ORDERS.secp256k1.n[i]! - signature[32 + i]! - borrow
    borrow = digit < 0 ? 1 : 0
    copy[32 + i] = digit & 255
  }
  return copy
}
const stranger = createDelegate(99)

describe('verifyIotexBlock', () => {
  test('default: a block that all 24 delegates endorse, with all its receipts', () => {
    expect(check()).toMatchObject({ height: 500, timeMs: NOW_MS - 60_000, hash: block.hash, endorsements: 24 })
  })
  test('default: 17 of 24 are enough', () => {
    expect(check({ footer: footerOf(honest(17), at) })).toMatchObject({ endorsements: 17 })
  })
  test.each([0, 1, 12, 15, 16])('error: %i of 24 are not', (count) => {
    const found = check({ footer: footerOf(honest(count), at) })
    expect(found).toBe(`${count} of 24 delegates endorse the block, 17 are needed.`)
  })
  test.each([
    ['a delegate who endorses twice', withLast(honest(16)[3]!), /endorses twice/],
    ['the same endorsement at another time', withLast(endorse(delegates[3]!, block.hash, at + 1)), /endorses twice/],
    ['somebody who is no delegate', withLast(endorse(stranger, block.hash, at)), /no delegate of this epoch/],
    ['a proposal instead of a commit', withLast(endorse(delegates[20]!, block.hash, at, 0)), /does not commit/],
    ['a lock instead of a commit', withLast(endorse(delegates[20]!, block.hash, at, 1)), /does not commit/],
    ['a topic nobody knows', withLast(endorse(delegates[20]!, block.hash, at, 3)), /does not commit/],
    [
      'a commit of another block',
      withLast(endorse(delegates[20]!, crypto.keccak256(block.hash), at)),
      /does not commit/,
    ],
    [
      'a time other than the one that was signed',
      withLast(
        proto(
          [1, timestamp(at + 1)],
          [2, delegates[20]!.key],
          [3, sign(delegates[20]!, endorsementDigest(block.hash, at))],
        ),
      ),
      /does not commit/,
    ],
    [
      'a malleable signature',
      withLast(
        proto(
          [1, timestamp(at)],
          [2, delegates[20]!.key],
          [3, malleate(sign(delegates[20]!, endorsementDigest(block.hash, at)))],
        ),
      ),
      /does not commit/,
    ],
    [
      'one delegate’s key and another’s signature',
      withLast(
        proto(
          [1, timestamp(at)],
          [2, delegates[20]!.key],
          [3, sign(delegates[21]!, endorsementDigest(block.hash, at))],
        ),
      ),
      /does not commit/,
    ],
    [
      'a signature of zeros',
      withLast(proto([1, timestamp(at)], [2, delegates[20]!.key], [3, new Uint8Array(65)])),
      /does not commit/,
    ],
    [
      'a signature of 64 bytes',
      withLast(proto([1, timestamp(at)], [2, delegates[20]!.key], [3, new Uint8Array(64).fill(1)])),
      /not in its form/,
    ],
    [
      'a BLS signature',
      withLast(proto([1, timestamp(at)], [2, delegates[20]!.key], [3, new Uint8Array(96).fill(1)])),
      /IIP-52/,
    ],
    [
      'a key of 33 bytes',
      withLast(proto([1, timestamp(at)], [2, delegates[20]!.key.subarray(0, 33)], [3, new Uint8Array(65).fill(1)])),
      /not in its form/,
    ],
    ['no time', withLast(proto([2, delegates[20]!.key], [3, new Uint8Array(65).fill(1)])), /not in its form/],
    [
      'a fourth field',
      withLast(proto([1, timestamp(at)], [2, delegates[20]!.key], [3, new Uint8Array(65).fill(1)], [4, 1])),
      /not in its form/,
    ],
    ['an empty endorsement', withLast(new Uint8Array(0)), /not in its form/],
  ])('error: sixteen honest endorsements and %s', (_, footer, sentence) => {
    expect(check({ footer })).toMatch(sentence)
  })
  test('error: one bad endorsement spoils even 23 honest ones: no node would have taken the block', () => {
    expect(check({ footer: footerOf([...honest(23), endorse(stranger, block.hash, at)], at) })).toMatch(/no delegate/)
  })
  test.each([
    ['empty', new Uint8Array(0), /^0 of 24/],
    ['cut', block.footer.subarray(0, -1), /./],
    ['with a third field', Uint8Array.of(...block.footer, 0x18, 1), /not canonical/],
    ['out of order', Uint8Array.of(...proto([2, timestamp(at)]), ...block.footer), /not canonical/],
  ])('error: a footer that is %s', (_, footer, sentence) => {
    expect(check({ footer })).toMatch(sentence)
  })
  test('error: the footer of another block', () => {
    expect(check({ footer: chain.block(501, NOW_MS, receipts).footer })).toMatch(/does not commit/)
  })
  test.each([
    ['a missing receipt', receipts.slice(1)],
    ['an altered receipt', receipts.map((bytes, i) => (i === 2 ? plainReceipt(500, 77) : bytes))],
    ['a receipt too many', [...receipts, plainReceipt(500, 7)]],
    ['no receipts', []],
  ])('error: %s', (_, list) => {
    expect(check({ receipts: list })).toMatch(/do not add up/)
  })

  const core = headerCore({ height: 500, timeMs: NOW_MS - 60_000, receiptRoot: new Uint8Array(32) })
  test.each([
    ['of a producer who is no delegate', signHeader(stranger, core), /producer is no delegate/],
    [
      'signed by another delegate',
      proto([1, core], [2, delegates[1]!.key], [3, sign(delegates[2]!, crypto.keccak256(core))]),
      /producer’s signature/,
    ],
    ['without a signature', proto([1, core], [2, delegates[1]!.key]), /bears no signature/],
    [
      'signed over another core',
      proto([1, core], [2, delegates[1]!.key], [3, sign(delegates[1]!, crypto.keccak256(block.header))]),
      /producer’s signature/,
    ],
  ])('error: a header %s', (_, header, sentence) => {
    expect(check({ header })).toMatch(sentence)
  })
  test('error: not one flipped bit of the header is accepted', () => {
    let refused = 0
    for (let bit = 0; bit < 8 * block.header.length; bit++) {
      const header = block.header.slice()
      header[bit >> 3]! ^= 1 << (bit & 7)
      if (typeof check({ header }) === 'string') refused++
    }
    expect(refused).toBe(8 * block.header.length)
  })
  test('error: of 1,500 flipped bits of a footer with exactly 17 endorsements none is accepted but in what nobody signs', () => {
    const footer = footerOf(honest(17), at)
    const bits = 8 * footer.length
    const unsigned: number[] = []
    for (let n = 0; n < 1_500; n++) {
      const bit = Math.floor((n * bits) / 1_500)
      const copy = footer.slice()
      copy[bit >> 3]! ^= 1 << (bit & 7)
      if (typeof check({ footer: copy }) !== 'string') unsigned.push(bit >> 3)
    }
    // the recovery byte behind each signature, and the node's own commit time at the end, are signed by nobody
    const one = honest(1)[0]!.length + 3
    const recovery = Array.from({ length: 17 }, (_, i) => (i + 1) * one - 1)
    expect(unsigned.filter((byte) => !recovery.includes(byte) && byte < 17 * one)).toEqual([])
  })
})

describe('the checkpoint', () => {
  test.each([
    ['too old', { takenAtMs: NOW_MS - MAX_CHECKPOINT_AGE_MS - 1 }, /3\.0 days old; after 3 days/],
    ['dated in the future', { takenAtMs: NOW_MS + 2 * 3_600_000 }, /future/],
    ['of an earlier epoch', { toHeight: 499 }, /Block 500 is not of epoch 70000/],
    ['of a later epoch', { fromHeight: 501 }, /Block 500 is not of epoch 70000/],
    ['of another chain', { chainId: 4690 }, /chain 4690, not 4689/],
    [
      'with other delegates',
      { delegates: Array.from({ length: 24 }, (_, n) => createDelegate(100 + n).address) },
      /producer is no delegate/,
    ],
  ])('error: one that is %s', (_, change, sentence) => {
    expect(check({}, { ...fresh, ...change })).toMatch(sentence)
  })
  test('error: eight delegates replaced: sixteen endorsements are left, and the first stranger is named', () => {
    const others = Array.from({ length: 8 }, (_, n) => createDelegate(100 + n).address)
    const changed = { ...fresh, delegates: [...delegates.slice(0, 16).map(({ address }) => address), ...others] }
    const low = chain.block(480, NOW_MS - 60_000, receipts) // produced by delegate 0
    expect(verifyIotexBlock(crypto, low, changed, 4689, NOW_MS)).toMatch(/no delegate of this epoch/)
  })
  test('behavior: at exactly its greatest age it is still believed', () => {
    expect(check({}, { ...fresh, takenAtMs: NOW_MS - MAX_CHECKPOINT_AGE_MS })).toMatchObject({ height: 500 })
  })

  const file = {
    format: 'veracity-iotex-checkpoint',
    version: 1,
    chainId: 4689,
    epoch: 70_000,
    fromHeight: 1,
    toHeight: 10_000,
    delegates: delegates.map(({ address }) => address),
    takenAt: '2026-11-25T10:00:00Z',
  }
  test('default: a file is read', () => {
    expect(readCheckpoint(file)).toMatchObject({ epoch: 70_000, takenAtMs: Date.UTC(2026, 10, 25, 10) })
  })
  test.each([
    ['nothing', null],
    ['another format', { ...file, format: 'x' }],
    ['a later version', { ...file, version: 2 }],
    ['another chain', { ...file, chainId: 1 }],
    ['23 delegates', { ...file, delegates: file.delegates.slice(1) }],
    ['a delegate twice', { ...file, delegates: [...file.delegates.slice(1), file.delegates[1]!] }],
    ['an address that is none', { ...file, delegates: [...file.delegates.slice(1), 'io1'] }],
    ['an epoch that ends before it begins', { ...file, fromHeight: 10_001 }],
    ['a time that is none', { ...file, takenAt: 'yesterday' }],
  ])('error: FORMAT_BROKEN %s', (_, value) => {
    expect(() => readCheckpoint(value)).toThrow(expect.objectContaining({ code: 'FORMAT_BROKEN' }))
  })
})
