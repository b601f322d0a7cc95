import type { DeviceRow, FrameRow, PipelineStatus, ReadingColumns } from '../../src/model/trust.ts'
import type { Verified } from '../../src/proofs/verified.ts'

/**
 * Readings to take back. For each device: forget everything at or after the time, of every metric.
 * What still stands after that time is sent again right behind.
 */
export interface Retraction {
  readonly device: Uint32Array // [n] index of the DeviceRow
  readonly fromTimeMs: Float64Array // [n]
  readonly reason: 'reorg' | 'contradicted'
}

/** Where verified data arrives. Calls come in order, at most a few a second. */
export interface VerifySink {
  /** All devices; the index in the list is their identity and never changes within a start. */
  onDevices(devices: readonly DeviceRow[]): void
  /** Readings of frames that may be shown. Times may repeat and come in any order. */
  onReadings(readings: Verified<ReadingColumns>): void
  /**
   * Frames that are new or whose verdict changed, by key: every one that is not plainly OK, and of those that are
   * the newest per device. Device -1 with no readings speaks of a whole batch; OK takes such a row back.
   */
  onFrames(frames: readonly FrameRow[]): void
  onRetract(retraction: Retraction): void
  onStatus(status: PipelineStatus): void
}
