import type { Hex } from '../base/hex.ts'
import type { Origin } from '../base/honesty.ts'
import type { DeviceKind, DevicePrivacy } from './device.ts'
import type { TrustClass } from './trustClass.ts'

/**
 * How far a reading is proven, in the viewer's own worker. Origin is a separate statement.
 * 0 nothing checked · 1 claimed · 2 signed · 3 included in an anchored batch · 4 anchor confirmed by k of n RPCs · 5 anchor proven to a block header
 */
export type ProofLevel = 0 | 1 | 2 | 3 | 4 | 5

export const PROOF_LEVELS = [
  'not checked',
  'claimed',
  'signed',
  'included in a batch',
  'anchor confirmed',
  'proven to a header',
] as const

/** What became of a frame. A closed set; index into this list is the stored value, append only. */
export const VERDICTS = [
  'OK',
  'PENDING',
  'UNREACHABLE',
  'BAD_SIGNATURE',
  'UNKNOWN_DEVICE',
  'REVOKED',
  'DUPLICATE',
  'WRONG_DOMAIN',
  'GAP',
  'INDEXER_INCOMPLETE',
  'NOT_ON_CHAIN',
  'LOG_FORK',
  'DATA_MISSING',
  'RPCS_DISAGREE',
  'PROOF_FAILED',
  'HEAD_STALE',
  'REORGED',
  'CLOCK_SKEW',
  'IMPLAUSIBLE',
  'MALFORMED',
  'BAD_PROOF',
] as const
export type Verdict = (typeof VERDICTS)[number]

/** What a person reads first: one sentence and what was done about it. The code stands in the details. */
export const VERDICT_WORDS: Readonly<Record<Verdict, { readonly title: string; readonly sentence: string }>> = {
  OK: { title: 'Proven', sentence: 'Every check this page can make has passed.' },
  PENDING: { title: 'Being checked', sentence: 'Its checks are still running.' },
  UNREACHABLE: {
    title: 'Out of reach',
    sentence: 'The source that could prove it does not answer. The last proven value stays, with its age.',
  },
  BAD_SIGNATURE: {
    title: 'Changed on the way',
    sentence: 'The bytes do not match the device’s signature: somebody altered them after signing. Ignored.',
  },
  UNKNOWN_DEVICE: { title: 'Unknown device', sentence: 'No such device is registered. Ignored.' },
  REVOKED: {
    title: 'Key withdrawn',
    sentence: 'The project withdrew this device’s key before this message was anchored. Ignored.',
  },
  DUPLICATE: { title: 'Old message repeated', sentence: 'This device already sent this sequence number. Ignored.' },
  WRONG_DOMAIN: { title: 'Meant for elsewhere', sentence: 'It was signed for another chain or registry. Ignored.' },
  GAP: {
    title: 'Messages missing',
    sentence:
      'Earlier messages of this device were never delivered. The values are shown; the missing span is drawn as missing.',
  },
  INDEXER_INCOMPLETE: {
    title: 'Indexer withholds',
    sentence: 'The indexer lists fewer anchors than the chain. The chain was read instead.',
  },
  NOT_ON_CHAIN: { title: 'Not on chain', sentence: 'The anchor that was claimed for it does not exist. Ignored.' },
  LOG_FORK: {
    title: 'Gateway rewrote its log',
    sentence: 'Two records of this gateway contradict each other. Its readings are not shown.',
  },
  DATA_MISSING: {
    title: 'Anchored, data missing',
    sentence: 'The anchor exists, but nobody delivers the readings behind it.',
  },
  RPCS_DISAGREE: {
    title: 'Witnesses disagree',
    sentence: 'The chain endpoints give different answers. Nothing is averaged.',
  },
  PROOF_FAILED: { title: 'Proof failed', sentence: 'The proof does not lead to the block header. Ignored.' },
  HEAD_STALE: { title: 'Chain is stale', sentence: 'The endpoint’s newest block is too old to trust as the present.' },
  REORGED: {
    title: 'Block withdrawn',
    sentence: 'The chain replaced the block it was anchored in. Removed until it is anchored again.',
  },
  CLOCK_SKEW: {
    title: 'Clock is off',
    sentence: 'The device’s time does not fit the block that anchors it. Shown with its offset, not corrected.',
  },
  IMPLAUSIBLE: {
    title: 'Signed, but not believable',
    sentence: 'The signature holds, but physics does not allow this value. Not drawn.',
  },
  MALFORMED: { title: 'Not a message', sentence: 'The bytes do not follow the format. Ignored.' },
  BAD_PROOF: { title: 'Not in the batch', sentence: 'Its path does not lead to the anchored root. Ignored.' },
}

/** Verdicts whose readings may colour the scene. All others never do. */
export const SHOWN_VERDICTS: readonly Verdict[] = ['OK', 'GAP', 'CLOCK_SKEW']

/** A device as the directory and its own document describe it. Index in the table is its identity on the page. */
export interface DeviceRow {
  readonly address: Hex
  readonly kind: DeviceKind
  readonly title: string
  readonly curve: 'secp256k1' | 'p256'
  readonly origin: Origin // settled, never just claimed
  readonly latDeg: number
  readonly lonDeg: number
  readonly heightM: number // above ground
  readonly buildingOsmId: string | null // 'way/230401645'
  readonly registeredBlock: number
  readonly revokedBlock: number | null
  readonly documentProven: boolean // its document hashes to what the directory holds
  readonly privacy?: DevicePrivacy // what its owner wants published, as the proven document says
  readonly trust: TrustClass // who vouches for it
}

/** One frame and what became of it. */
export interface FrameRow {
  readonly key: Hex // identity of this delivery, also in evidence files: hash of the bytes and their place in a batch
  readonly device: number // index of its DeviceRow, -1 when unknown
  readonly claimedDevice: Hex
  readonly verdict: Verdict
  readonly level: ProofLevel
  readonly seqFirst: number
  readonly readings: number
  readonly fromMs: number
  readonly toMs: number
  readonly missingBefore: number // readings that were skipped before this frame
  readonly clockOffsetMs: number // anchor block time minus last reading
  readonly gateway: Hex
  readonly batch: number
  readonly blockNumber: number
  readonly blockHash: Hex
  readonly txHash: Hex
  /** Of a batch whose bodies the owners of its devices withhold, by their own wish in the directory: no accusation. */
  readonly withheldUntilMs?: number
}

/** Readings in columns, all of frames that may be shown. */
export interface ReadingColumns {
  readonly device: Uint32Array // [n] index of the DeviceRow
  readonly metric: Uint16Array // [n] metric id
  readonly timeMs: Float64Array // [n] device clock, Unix
  readonly value: Float64Array // [n] in the metric's unit
  readonly level: Uint8Array // [n] ProofLevel
}

export type CheckResult = 'passed' | 'failed' | 'warned' | 'skipped' | 'pending'

/** One step of the proof, as it is explained to a person and written into evidence. */
export interface Check {
  readonly id: string // 'decode', 'signature' …
  readonly title: string
  readonly result: CheckResult
  readonly detail: string // one sentence
  readonly got?: string
  readonly expected?: string
}

export interface FrameExplanation {
  readonly frame: FrameRow
  readonly checks: readonly Check[]
  readonly chainId: number
  readonly witnesses: string // '1 of 1 RPC'
  readonly readings: readonly { readonly metric: number; readonly timeMs: number; readonly value: number }[]
}

/** The way frames take before they are anchored. */
export interface LiveStatus {
  readonly way: 'connecting' | 'socket' | 'polling'
  readonly frames: number // taken off the channel
  readonly awaiting: number // shown as signed, their anchor still to come
  readonly folded: number // readings left out while the page was behind, until their anchor brings them again
  readonly resumed: number // times a number was missing and asked for again
  readonly lost: number // frames the gateway no longer kept: they come with their batches, by hash
  readonly delayMs: number // from the gateway's hands to the page, newest message; two clocks
}

/** How each part of the pipeline is doing, for the status line. */
export interface PipelineStatus {
  readonly source: 'chain-logs' | 'ponder' | 'recorded'
  readonly sourceWords: string // 'Reading the chain itself: the indexer is still starting.'
  readonly chainId: number
  readonly headBlock: number
  readonly headTimeMs: number
  readonly rpc: 'ok' | 'stale' | 'unreachable' | 'wrong-chain' | 'none'
  readonly gateway: 'ok' | 'unreachable' | 'none'
  readonly indexer: 'ok' | 'starting' | 'unreachable' | 'incomplete' | 'off'
  readonly anchors: number
  readonly frames: number
  readonly readings: number
  readonly rejected: number
  readonly backlogFrames: number // known, not yet checked
  readonly recordedAt: string | null // ISO time, for a recorded bundle
  readonly live?: LiveStatus // absent where frames come anchored only
}
