import type { FrameRow } from './trust.ts'

/** How a device's clock stands to the chain's, learnt from its anchored messages. Shown, never used to correct a time. */
export interface ClockOffset {
  readonly messages: number // that it is learnt from
  /** Block time minus last reading, median: positive when messages are older than the block that anchors them. */
  readonly medianMs: number
  readonly spreadMs: number // between the least and the greatest
}

/** Fewer messages than this say nothing of a clock. */
const ENOUGH = 3

/**
 * The clock offset of one device.
 *
 * Shapes   frames of one device, in any order; those whose bytes nobody signed for it are left out
 * Returns  null when there are too few to learn from
 */
export function learnClockOffset(frames: readonly FrameRow[]): ClockOffset | null {
  const offsets = frames
    .filter(({ level, clockOffsetMs }) => level >= 3 && Number.isFinite(clockOffsetMs))
    .map(({ clockOffsetMs }) => clockOffsetMs)
    .sort((a, b) => a - b)
  const n = offsets.length
  if (n < ENOUGH) return null
  const medianMs = n % 2 === 1 ? offsets[(n - 1) / 2]! : (offsets[n / 2 - 1]! + offsets[n / 2]!) / 2
  return { messages: n, medianMs, spreadMs: offsets[n - 1]! - offsets[0]! }
}
