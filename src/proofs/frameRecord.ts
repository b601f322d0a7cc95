import type { Anchor } from './anchor.ts'
import type { Curve } from './curve.ts'
import type { ChainLink } from './deviceChain.ts'
import type { DeviceEntry } from './directory.ts'
import type { HeaderProof } from './header/headerProof.ts'

/** Facts that all frames of a batch share. Changes as the chain and the other batches become known. */
export interface BatchCase {
  readonly anchor: Anchor
  /** awaited: the frame came ahead of its anchor, over the live channel; claimed: somebody says so; confirmed: the witnesses asked all know it; absent: they do not; split: they contradict each other; withdrawn: a reorg took the block. */
  anchorState: 'awaited' | 'claimed' | 'confirmed' | 'absent' | 'split' | 'withdrawn'
  witnessesAgreed: number
  witnessesAsked: number
  witnessNote: string | null // who does not agree, and why
  /** Whether the gateway's log root is the one its batch roots add up to. */
  log: 'extends' | 'forked' | 'unknown'
  /** What a block header proves of the anchor; null when nobody gave or asked for a proof. */
  headerProof: HeaderProof | null
}

/** A batch of which nothing is known but that somebody named its anchor. */
export const createBatchCase = (anchor: Anchor): BatchCase => ({
  anchor,
  anchorState: 'claimed',
  witnessesAgreed: 0,
  witnessesAsked: 0,
  witnessNote: null,
  log: 'unknown',
  headerProof: null,
})

/** What is known of one frame. Everything but standing and settled is decided by its own bytes, its batch and the directory. */
export interface FrameRecord extends ChainLink {
  readonly bytes: Uint8Array // header, readings, signature
  readonly batch: BatchCase
  readonly fault: string | null // why it is malformed; then the fields below hold nothing
  readonly inDomain: boolean
  readonly device: DeviceEntry | null // as the directory knows it now; registration is judged at the anchor
  readonly claimedDevice: Uint8Array // 20
  readonly curve: Curve
  readonly epoch: number
  readonly signature: 'valid' | 'invalid' | 'unavailable' | 'not-asked'
  readonly inclusionFault: string | null // why it does not stand under the anchored root
  readonly implausible: string | null
  readonly fromMs: number
  readonly toMs: number
  readonly simulated: boolean
  /** Why what others say contradicts its values; null when it does not. Changes as others become known. */
  contradicted: string | null
  /** False while an earlier batch that could hold the same frame is not checked yet. */
  settled: boolean
}

/** How far a device clock may be from the block time that anchors its last reading. */
export const CLOCK_AHEAD_MS = 2 * 60_000
export const CLOCK_BEHIND_MS = 10 * 60_000

/** Block time minus last reading: positive when the message is older than its anchor. */
export const clockOffsetMs = (record: FrameRecord): number => record.batch.anchor.anchoredAtMs - record.toMs

export function isClockOff(record: FrameRecord): boolean {
  const offset = clockOffsetMs(record)
  return offset < -CLOCK_AHEAD_MS || offset > CLOCK_BEHIND_MS
}
