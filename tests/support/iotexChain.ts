import { secp256k1 } from '@bitauth/libauth'
import { blake2b } from '@noble/hashes/blake2.js'
import { fromHex, type Hex, toHex } from '../../src/base/hex.ts'
import type { Anchor } from '../../src/proofs/anchor.ts'
import { anchorWords } from '../../src/proofs/header/anchorSlot.ts'
import { toIotexAddress } from '../../src/proofs/iotex/address.ts'
import type { IotexBlockParts } from '../../src/proofs/iotex/block.ts'
import type { IotexCheckpoint } from '../../src/proofs/iotex/checkpoint.ts'
import { plainMerkleRoot } from '../../src/proofs/iotex/receipts.ts'
import { crypto } from './signers.ts'

// A chain of our own that speaks IoTeX's formats: 24 delegates with seeded keys, blocks, endorsements, receipts.

const { keccak256 } = crypto

export const concat = (...parts: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

export function varint(value: bigint): Uint8Array {
  const digits: number[] = []
  let rest = value
  do {
    digits.push(Number(rest & 127n) | (rest > 127n ? 128 : 0))
    rest >>= 7n
  } while (rest > 0n)
  return Uint8Array.from(digits)
}

/** A message as proto3 writes it: fields in order, what holds its default left out. */
export const proto = (...fields: readonly (readonly [field: number, value: number | Uint8Array])[]): Uint8Array =>
  concat(
    ...fields.flatMap(([field, value]) => {
      if (typeof value === 'number') return value === 0 ? [] : [varint(BigInt(field * 8)), varint(BigInt(value))]
      return [varint(BigInt(field * 8 + 2)), varint(BigInt(value.length)), value]
    }),
  )

export const timestamp = (ms: number): Uint8Array => proto([1, Math.floor(ms / 1000)], [2, (ms % 1000) * 1e6])

export interface Delegate {
  readonly privateKey: Uint8Array
  readonly key: Uint8Array // 65
  readonly address: Hex
}

export function createDelegate(seed: number): Delegate {
  const privateKey = keccak256(Uint8Array.of(0x10, 0x7e, seed))
  const key = secp256k1.derivePublicKeyUncompressed(privateKey) as Uint8Array
  return { privateKey, key, address: toHex(keccak256(key.subarray(1)).slice(12)) }
}

/** r ‖ s ‖ recovery, low s. */
export const sign = ({ privateKey }: Delegate, digest: Uint8Array): Uint8Array =>
  concat(secp256k1.signMessageHashCompact(privateKey, digest) as Uint8Array, Uint8Array.of(0))

export interface HeaderFields {
  readonly height: number
  readonly timeMs: number
  readonly prev?: Uint8Array
  readonly receiptRoot: Uint8Array
  readonly more?: readonly (readonly [number, number | Uint8Array])[] // gas used, base fee …
}

export const headerCore = ({
  height,
  timeMs,
  prev = keccak256(Uint8Array.of(1)),
  receiptRoot,
  more = [],
}: HeaderFields) =>
  proto(
    ...([
      [1, 1],
      [2, height],
      [3, timestamp(timeMs)],
      [4, prev],
      [5, keccak256(Uint8Array.of(2))],
      [6, keccak256(Uint8Array.of(3))],
      [7, receiptRoot],
    ] as const),
    ...more,
  )

export const signHeader = (producer: Delegate, core: Uint8Array): Uint8Array =>
  proto([1, core], [2, producer.key], [3, sign(producer, keccak256(core))])

/** What a delegate signs to endorse a block: topic 0 proposes, 1 locks, 2 commits. */
export function endorsementDigest(blockHash: Uint8Array, timeMs: number, topic = 2): Uint8Array {
  const vote = blake2b(proto([1, blockHash], [2, topic]), { dkLen: 32 })
  const time = new DataView(new ArrayBuffer(12))
  time.setBigUint64(0, BigInt(Math.floor(timeMs / 1000)), true)
  time.setUint32(8, (timeMs % 1000) * 1e6, true)
  return keccak256(concat(vote, new Uint8Array(time.buffer)))
}

export const endorse = (by: Delegate, blockHash: Uint8Array, timeMs: number, topic = 2): Uint8Array =>
  proto([1, timestamp(timeMs)], [2, by.key], [3, sign(by, endorsementDigest(blockHash, timeMs, topic))])

export const footerOf = (endorsements: readonly Uint8Array[], timeMs: number): Uint8Array =>
  proto(...endorsements.map((one) => [1, one] as const), [2, timestamp(timeMs)])

const EVENT = 'BatchAnchored(address,uint64,bytes32,bytes32,uint64,uint32,uint64,uint64,bytes32,uint64)'

/** The receipt of a transaction that anchored a batch. */
export function anchorReceipt(
  anchorLog: Hex,
  anchor: Anchor,
  { status = 1, height = anchor.blockNumber } = {},
): Uint8Array {
  const words = anchorWords(anchor)
  const actHash = fromHex(anchor.txHash)!
  const contract = new TextEncoder().encode(toIotexAddress(fromHex(anchorLog)!))
  const log = proto(
    [1, contract],
    [2, keccak256(new TextEncoder().encode(EVENT))],
    [2, words.slice(0, 32)],
    [2, words.slice(32, 64)],
    [3, words.slice(64)],
    [4, height],
    [5, actHash],
  )
  return proto([1, status], [2, height], [3, actHash], [4, 60_000], [5, contract], [6, log], [8, 1])
}

/** Some other receipt of a block. */
export const plainReceipt = (height: number, n: number): Uint8Array =>
  proto([1, 1], [2, height], [3, keccak256(Uint8Array.of(4, n))], [4, 10_000 + n])

export interface TestBlock extends IotexBlockParts {
  readonly hash: Uint8Array
}

/** 24 delegates, and the blocks they agree on. */
export function createIotexChain(chainId = 4689) {
  const delegates = Array.from({ length: 24 }, (_, n) => createDelegate(n))
  const checkpoint = (takenAtMs: number, change: Partial<IotexCheckpoint> = {}): IotexCheckpoint => ({
    chainId,
    epoch: 70_000,
    fromHeight: 1,
    toHeight: 10_000,
    delegates: delegates.map(({ address }) => address),
    takenAtMs,
    ...change,
  })
  return {
    delegates,
    checkpoint,
    block(
      height: number,
      timeMs: number,
      receipts: readonly Uint8Array[],
      { signers = delegates, topic = 2 }: { signers?: readonly Delegate[]; topic?: number } = {},
    ): TestBlock {
      const receiptRoot = plainMerkleRoot(
        keccak256,
        receipts.map((bytes) => keccak256(bytes)),
      )
      const header = signHeader(delegates[height % 24]!, headerCore({ height, timeMs, receiptRoot }))
      const hash = keccak256(header)
      const footer = footerOf(
        signers.map((by, i) => endorse(by, hash, timeMs + 10 * i, topic)),
        timeMs + 900,
      )
      return { header, footer, receipts, hash }
    },
  }
}
