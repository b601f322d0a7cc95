import type { Hex } from '../base/hex.ts'
import type { BatchCase } from './frameRecord.ts'

const NO_HASH: Hex = `0x${'00'.repeat(32)}`

/** Number of the batch in rows of frames that have none yet. */
export const NO_BATCH = -1

/**
 * The case of frames that came ahead of their batch, over the live channel: they are judged as if the next block
 * anchored them now.
 */
export const awaitedCase = (nextBlock: number, nowMs: number): BatchCase => ({
  anchor: {
    gateway: `0x${'00'.repeat(20)}`,
    seq: NO_BATCH,
    batchRoot: NO_HASH,
    logRoot: NO_HASH,
    logSize: 0,
    count: 0,
    tMinMs: nowMs,
    tMaxMs: nowMs,
    dataHash: NO_HASH,
    anchoredAtMs: nowMs,
    blockNumber: nextBlock,
    blockHash: NO_HASH,
    txHash: NO_HASH,
    logIndex: 0,
  },
  anchorState: 'awaited',
  witnessesAgreed: 0,
  witnessesAsked: 0,
  witnessNote: null,
  headerProof: null,
  log: 'unknown',
})
