import { ByteWriter } from '../base/bytes.ts'
import { fromHex, type Hex, toHex } from '../base/hex.ts'
import type { FrameRow, Verdict } from '../model/trust.ts'
import type { Anchor } from './anchor.ts'
import type { ProofCrypto } from './crypto.ts'
import { clockOffsetMs, type FrameRecord } from './frameRecord.ts'
import { levelOf, verdictOf } from './judge.ts'

/**
 * Identity of one delivery: keccak256 of frame, signature, gateway, batch number and position in the batch.
 * A replayed frame has the bytes of the first one, so the bytes alone would not tell the two apart;
 * the block is left out, so that a batch anchored again after a reorg is the same delivery.
 */
export function frameKey({ keccak256 }: ProofCrypto, record: FrameRecord): Hex {
  const writer = new ByteWriter(record.bytes.length + 32)
  writer.bytes(record.bytes)
  writer.bytes(fromHex(record.batch.anchor.gateway)!)
  writer.u64(BigInt(record.batch.anchor.seq))
  writer.u32(record.place.index)
  return toHex(keccak256(writer.done()))
}

/** A frame and its verdict, as lists and the status line show it. */
export function frameRow(crypto: ProofCrypto, record: FrameRecord): FrameRow {
  const { anchor } = record.batch
  const known = record.fault === null
  return {
    key: frameKey(crypto, record),
    device: record.device?.index ?? -1,
    claimedDevice: toHex(record.claimedDevice),
    verdict: verdictOf(record),
    level: levelOf(record),
    seqFirst: record.seqFirst,
    readings: record.count,
    fromMs: record.fromMs,
    toMs: record.toMs,
    missingBefore: record.missingBefore,
    clockOffsetMs: known ? clockOffsetMs(record) : NaN,
    gateway: anchor.gateway,
    batch: anchor.seq,
    blockNumber: anchor.blockNumber,
    blockHash: anchor.blockHash,
    txHash: anchor.txHash,
  }
}

const NOBODY: Hex = `0x${'00'.repeat(20)}`

/**
 * A row that speaks of a whole batch whose frames cannot be told apart (data missing, not on chain, out of reach …).
 * Its device is -1 and it has no readings; its key is the batch's data hash. With verdict OK it takes an earlier one back.
 */
export const batchRow = (anchor: Anchor, verdict: Verdict): FrameRow => ({
  key: anchor.dataHash,
  device: -1,
  claimedDevice: NOBODY,
  verdict,
  level: 1,
  seqFirst: 0,
  readings: 0,
  fromMs: anchor.tMinMs,
  toMs: anchor.tMaxMs,
  missingBefore: 0,
  clockOffsetMs: NaN,
  gateway: anchor.gateway,
  batch: anchor.seq,
  blockNumber: anchor.blockNumber,
  blockHash: anchor.blockHash,
  txHash: anchor.txHash,
})
