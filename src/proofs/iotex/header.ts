import { bytesOf, numberOf, readProto } from './protobuf.ts'
import { readTime } from './time.ts'

// iotextypes.BlockHeader of iotex-proto (proto/types/blockchain.proto): core = 1, producerPubkey = 2, signature = 3.
// BlockHeaderCore: version 1, height 2, timestamp 3, prevBlockHash 4, txRoot 5, deltaStateDigest 6, receiptRoot 7,
// logsBloom 8, gasUsed 9, baseFee 10, blobGasUsed 11, excessBlobGas 12.
// Block hash = keccak256 of the header's bytes; what the producer signs = keccak256 of the core's bytes.

/** What of an IoTeX block header a proof needs. Hashes, key and signature are views into its bytes. */
export interface IotexHeader {
  readonly height: number
  readonly timeMs: number
  readonly prevBlockHash: Uint8Array
  readonly receiptRoot: Uint8Array
  readonly core: Uint8Array
  readonly producerKey: Uint8Array // 65, uncompressed
  readonly signature: Uint8Array // 65: r ‖ s ‖ recovery; empty when the header has none
}

const LAST_FIELD = 12
const NUMBERS: readonly number[] = [1, 2, 9, 11, 12]
const HASHES: readonly number[] = [4, 5, 6, 7]
const BLOOM_BYTES = 256

/** Reads a header strictly; the one sentence that says what is wrong when it is none. */
export function decodeIotexHeader(bytes: Uint8Array): IotexHeader | string {
  const outer = readProto(bytes)
  if (!outer || outer.some(({ field }) => field > 3)) return 'The header is not canonical protobuf of three fields.'
  const core = bytesOf(outer, 1)
  const fields = core && readProto(core)
  if (!core || !fields || fields.some(({ field }) => field > LAST_FIELD)) return 'The header’s core is not canonical.'
  for (const { field, number, bytes: content } of fields) {
    if (NUMBERS.includes(field) !== (number !== null)) return `Field ${field} of the header’s core has the wrong type.`
    if (HASHES.includes(field) && content?.length !== 32) return `Field ${field} of the header’s core is no hash.`
    if (field === 8 && content?.length !== BLOOM_BYTES) return 'The header’s bloom filter has another size.'
    if (field === 10 && (content!.length > 32 || content![0] === 0)) return 'The header’s base fee is no number.'
  }
  const height = numberOf(fields, 2)
  const time = readTime(bytesOf(fields, 3))
  const [prevBlockHash, receiptRoot] = [bytesOf(fields, 4), bytesOf(fields, 7)]
  if (!height || !time || !prevBlockHash || !receiptRoot) return 'The header lacks height, time, or a hash.'
  const producerKey = bytesOf(outer, 2)
  if (producerKey?.length === 48)
    return 'The header is signed with BLS12-381 (IIP-52), which this version cannot check.'
  if (producerKey?.length !== 65 || producerKey[0] !== 4) return 'The producer’s key is no uncompressed secp256k1 key.'
  const signature = bytesOf(outer, 3) ?? new Uint8Array(0)
  if (signature.length !== 0 && signature.length !== 65)
    return 'The producer’s signature has another size than 65 bytes.'
  const timeMs = time.seconds * 1000 + Math.floor(time.nanos / 1e6)
  return { height, timeMs, prevBlockHash, receiptRoot, core, producerKey, signature }
}
