import type { ProofLevel, Verdict } from '../model/trust.ts'
import { isRegisteredAt, isRevokedAt } from './directory.ts'
import { type BatchCase, type FrameRecord, isClockOff } from './frameRecord.ts'
import { isPinned } from './header/headerProof.ts'

/**
 * The one verdict of a frame: the first check that fails, in this order. What makes a later check meaningless
 * comes first; what only warns comes last.
 */
export function verdictOf(record: FrameRecord): Verdict {
  const { batch, device } = record
  if (record.fault !== null) return 'MALFORMED'
  if (!record.inDomain) return 'WRONG_DOMAIN'
  if (!device || !isRegisteredAt(device, batch.anchor)) return 'UNKNOWN_DEVICE'
  if (record.signature === 'unavailable') return 'UNREACHABLE'
  if (record.signature !== 'valid') return 'BAD_SIGNATURE'
  if (record.inclusionFault !== null) return 'BAD_PROOF'
  const pinned = isPinned(batch.headerProof)
  if (batch.anchorState === 'absent' && !pinned) return 'NOT_ON_CHAIN'
  if (batch.anchorState === 'split' && !pinned) return 'RPCS_DISAGREE'
  if (batch.anchorState === 'withdrawn') return 'REORGED'
  if (batch.headerProof?.state === 'failed') return 'PROOF_FAILED'
  if (batch.log === 'forked') return 'LOG_FORK'
  if (isRevokedAt(device, batch.anchor)) return 'REVOKED'
  if (record.standing === 'duplicate') return 'DUPLICATE'
  if (!record.settled) return 'PENDING'
  if (record.implausible !== null || record.contradicted !== null) return 'IMPLAUSIBLE'
  if (isClockOff(record)) return 'CLOCK_SKEW'
  if (record.standing === 'gap') return 'GAP'
  return 'OK'
}

/** How far the frame is proven, whatever its verdict: each level needs the one below. */
export function levelOf(record: FrameRecord): ProofLevel {
  const { batch, device } = record
  if (record.fault !== null) return 0
  if (!record.inDomain || !device || !isRegisteredAt(device, batch.anchor) || record.signature !== 'valid') return 1
  if (record.inclusionFault !== null || batch.log === 'forked') return 2
  if (batch.anchorState === 'withdrawn' || batch.headerProof?.state === 'failed') return 2
  if (batch.headerProof?.state === 'proven') return 5
  if (batch.anchorState === 'confirmed') return 4
  return batch.anchorState === 'claimed' ? 3 : 2
}

/** Whether nothing says that the anchor is not on the chain. */
function stands({ anchorState, headerProof }: BatchCase): boolean {
  if (anchorState === 'withdrawn' || headerProof?.state === 'failed') return false
  return anchorState === 'confirmed' || anchorState === 'claimed' || isPinned(headerProof)
}

/** Whether the frame belongs into its device's chain: signed by a device that might sign, in a batch that stands. */
export function isChained(record: FrameRecord): boolean {
  const { batch, device } = record
  return (
    record.fault === null &&
    record.inDomain &&
    device !== null &&
    isRegisteredAt(device, batch.anchor) &&
    record.signature === 'valid' &&
    record.inclusionFault === null &&
    stands(batch) &&
    batch.log !== 'forked' &&
    !isRevokedAt(device, batch.anchor)
  )
}
