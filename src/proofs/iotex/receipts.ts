import { sameBytes, toHex } from '../../base/hex.ts'
import type { Hash } from '../crypto.ts'
import { bytesOf, numberOf, readProto } from './protobuf.ts'

// iotextypes.Receipt (proto/types/action.proto): status 1, blkHeight 2, actHash 3, gasConsumed 4, contractAddress 5,
// logs 6, then fields that later versions added; Log: contractAddress 1, topics 2, data 3, blkHeight 4, actHash 5,
// index 6, and later ones. The receipt root of a block is a plain keccak Merkle tree over keccak256 of all its
// receipts: no prefixes, and the last hash of an odd row paired with itself. Such a tree lets an inner node pass for a
// leaf, and a list pass for a longer one, so a root is believed only together with the whole list, every entry of it
// a receipt, and none given twice.

export interface IotexLog {
  readonly contract: string // io1…
  readonly topics: readonly Uint8Array[]
  readonly data: Uint8Array
  readonly height: number
  readonly actHash: Uint8Array
}

export interface IotexReceipt {
  readonly status: number // 1 is success
  readonly height: number
  readonly actHash: Uint8Array
  readonly logs: readonly IotexLog[]
}

const NONE = new Uint8Array(0)
const text = (bytes: Uint8Array | null): string => new TextDecoder().decode(bytes ?? NONE)

/** Reads a receipt strictly in what it knows; fields of later versions are skipped, the hash covers them too. */
export function decodeReceipt(bytes: Uint8Array): IotexReceipt | null {
  const fields = readProto(bytes, [6])
  if (!fields) return null
  const [status, height, gas] = [numberOf(fields, 1), numberOf(fields, 2), numberOf(fields, 4)]
  const actHash = bytesOf(fields, 3)
  if (status === null || !height || gas === null || actHash?.length !== 32) return null
  const logs: IotexLog[] = []
  for (const { field, bytes: content } of fields) {
    if (field !== 6) continue
    const log = content && decodeLog(content)
    if (!log) return null
    logs.push(log)
  }
  return { status, height, actHash, logs }
}

function decodeLog(bytes: Uint8Array): IotexLog | null {
  const fields = readProto(bytes, [2])
  if (!fields) return null
  const topics = fields.filter(({ field }) => field === 2).map((one) => one.bytes)
  const height = numberOf(fields, 4)
  const actHash = bytesOf(fields, 5)
  if (height === null || actHash?.length !== 32 || !topics.every((topic) => topic?.length === 32)) return null
  return {
    contract: text(bytesOf(fields, 1)),
    topics: topics as Uint8Array[],
    data: bytesOf(fields, 3) ?? NONE,
    height,
    actHash,
  }
}

/** The root of a plain keccak Merkle tree over hashes; zero over none. */
export function plainMerkleRoot(keccak256: Hash, leaves: readonly Uint8Array[]): Uint8Array {
  let row = leaves.slice()
  const pair = new Uint8Array(64)
  while (row.length > 1) {
    const above: Uint8Array[] = []
    for (let i = 0; i < row.length; i += 2) {
      pair.set(row[i]!)
      pair.set(row[i + 1] ?? row[i]!, 32)
      above.push(keccak256(pair))
    }
    row = above
  }
  return row[0] ?? new Uint8Array(32)
}

/** All receipts of a block, once they are the ones its receipt root stands for; else one sentence. */
export function readReceipts(
  keccak256: Hash,
  encoded: readonly Uint8Array[],
  receiptRoot: Uint8Array,
): readonly IotexReceipt[] | string {
  const leaves = encoded.map((bytes) => keccak256(bytes))
  if (!sameBytes(plainMerkleRoot(keccak256, leaves), receiptRoot))
    return 'The receipts do not add up to the header’s receipt root.'
  if (new Set(leaves.map(toHex)).size !== leaves.length) return 'A receipt is given twice.'
  const receipts: IotexReceipt[] = []
  for (const bytes of encoded) {
    const receipt = decodeReceipt(bytes)
    if (!receipt) return `Receipt ${receipts.length} is not in its form.`
    receipts.push(receipt)
  }
  return receipts
}
