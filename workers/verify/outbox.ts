import type { Hex } from '../../src/base/hex.ts'
import {
  type DeviceRow,
  type FrameRow,
  type PipelineStatus,
  type ReadingColumns,
  SHOWN_VERDICTS,
} from '../../src/model/trust.ts'
import type { FrameRecord } from '../../src/proofs/frameRecord.ts'
import { verdictOf } from '../../src/proofs/judge.ts'
import { createReadingBuffer } from '../../src/proofs/readingBuffer.ts'
import type { Verified } from '../../src/proofs/verified.ts'
import type { Retraction } from './sink.ts'

/** A sink that may be on another thread: each call is answered when it was taken. */
export interface OutboxPort {
  devices(rows: readonly DeviceRow[]): Promise<void>
  readings(columns: Verified<ReadingColumns>): Promise<void>
  frames(rows: readonly FrameRow[]): Promise<void>
  retract(retraction: Retraction): Promise<void>
  status(status: PipelineStatus): Promise<void>
}

/** Gathers what is to be told and tells it at most every `everyMs`, waiting for each answer; readings before rows. */
export interface Outbox {
  devices(rows: readonly DeviceRow[]): void
  /** Takes a frame's readings along; false when its verdict forbids it. */
  readings(record: FrameRecord): boolean
  /**
   * Takes the readings of a frame along that came ahead of its anchor; false when its verdict forbids it. While the
   * other side is behind only the newest frame of each device goes; `onFolded` hears when it was left out.
   */
  ahead(record: FrameRecord, onFolded: () => void): boolean
  /** Readings left out so far because the other side was behind. */
  readonly folded: number
  frame(row: FrameRow): void
  retract(retraction: Retraction): void
  status(status: PipelineStatus): void
  /** Sends what waits, without waiting for the pause to end. */
  flush(): Promise<void>
  close(): void
}

/**
 * What one message may carry, so that the other side can draw between two: about 2 ms of its work. While that is cold,
 * its code not yet compiled and its memory not yet touched, a reading costs it ten times as much and more.
 */
const READINGS_PER_MESSAGE = 4_096
const READINGS_PER_COLD_MESSAGE = 1_024
const COLD_READINGS = 40_000 // about a recorded day
const ROWS_PER_MESSAGE = 250
const FOLD_ABOVE_READINGS = 8_192

type Step = { readonly readings: Verified<ReadingColumns> } | { readonly retraction: Retraction }

export function createOutbox(port: OutboxPort, everyMs = 200): Outbox {
  const buffer = createReadingBuffer()
  let steps: Step[] = []
  const rows = new Map<Hex, FrameRow>()
  let deviceRows: readonly DeviceRow[] | null = null
  let lastStatus: PipelineStatus | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  let lastMs = -Infinity
  let sending: Promise<void> = Promise.resolve()
  let closed = false

  let ahead: { readonly record: FrameRecord; readonly onFolded: () => void }[] = []
  let aheadReadings = 0
  let folded = 0
  let told = 0 // readings so far

  /** Keeps the newest frame of each device; what is left out comes again with its anchor. */
  const fold = (): void => {
    const newest = new Map<number, (typeof ahead)[number]>()
    for (const one of ahead) {
      const device = one.record.device?.index ?? -1
      const held = newest.get(device)
      if (!held || one.record.toMs >= held.record.toMs) newest.set(device, one)
    }
    for (const one of ahead) {
      if (newest.get(one.record.device?.index ?? -1) === one) continue
      folded += one.record.count
      one.onFolded()
    }
    ahead = [...newest.values()]
  }
  const closeBuffer = (): void => {
    if (aheadReadings > FOLD_ABOVE_READINGS) fold()
    for (const { record } of ahead) buffer.append(record)
    ahead = []
    aheadReadings = 0
    while (buffer.length > 0) {
      const readings = buffer.take(told < COLD_READINGS ? READINGS_PER_COLD_MESSAGE : READINGS_PER_MESSAGE)
      told += readings.device.length
      steps.push({ readings })
    }
  }
  const sendReadings = async (): Promise<void> => {
    closeBuffer()
    const [devices, moves] = [deviceRows, steps]
    deviceRows = null
    steps = []
    // devices first: readings and frames name them by index
    if (devices) await port.devices(devices)
    for (const step of moves) await ('readings' in step ? port.readings(step.readings) : port.retract(step.retraction))
  }
  /** The rows that waited longest, as many as one message carries. */
  const takeRows = (most: number): FrameRow[] => {
    const taken: FrameRow[] = []
    for (const [key, row] of rows) {
      if (taken.length === most) break
      taken.push(row)
      rows.delete(key)
    }
    return taken
  }
  const send = async (): Promise<void> => {
    await sendReadings()
    // a batch raises thousands of rows at once: readings that come meanwhile need not wait for all of them
    for (let left = rows.size; left > 0 && rows.size > 0; left -= ROWS_PER_MESSAGE) {
      await port.frames(takeRows(Math.min(left, ROWS_PER_MESSAGE)))
      await sendReadings()
    }
    const status = lastStatus
    lastStatus = null
    if (status) await port.status(status)
  }
  const flush = (): Promise<void> => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    lastMs = performance.now()
    // a sink that is gone ends the telling, not the checking
    sending = sending
      .then(() => (closed ? undefined : send()))
      .catch(() => {
        closed = true
      })
    return sending
  }
  const schedule = (): void => {
    if (closed || timer !== null) return
    timer = setTimeout(flush, Math.max(0, lastMs + everyMs - performance.now()))
  }

  return {
    devices(list) {
      deviceRows = list
      schedule()
    },
    readings(record) {
      const taken = buffer.append(record)
      if (taken) schedule()
      return taken
    },
    ahead(record, onFolded) {
      if (!record.device || !SHOWN_VERDICTS.includes(verdictOf(record))) return false
      ahead.push({ record, onFolded })
      aheadReadings += record.count
      schedule()
      return true
    },
    get folded() {
      return folded
    },
    frame(row) {
      rows.delete(row.key) // so that the last word on a frame is also the last in the list
      rows.set(row.key, row)
      schedule()
    },
    retract(retraction) {
      closeBuffer()
      steps.push({ retraction })
      schedule()
    },
    status(status) {
      lastStatus = status
      schedule()
    },
    flush,
    close() {
      closed = true
      if (timer !== null) clearTimeout(timer)
    },
  }
}
