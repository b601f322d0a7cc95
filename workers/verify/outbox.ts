import type { Hex } from '../../src/base/hex.ts'
import type { DeviceRow, FrameRow, PipelineStatus, ReadingColumns } from '../../src/model/trust.ts'
import type { FrameRecord } from '../../src/proofs/frameRecord.ts'
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

/** Gathers what is to be told and tells it at most every `everyMs`, in order, waiting for each answer. */
export interface Outbox {
  devices(rows: readonly DeviceRow[]): void
  /** Takes a frame's readings along; false when its verdict forbids it. */
  readings(record: FrameRecord): boolean
  frame(row: FrameRow): void
  retract(retraction: Retraction): void
  status(status: PipelineStatus): void
  /** Sends what waits, without waiting for the pause to end. */
  flush(): Promise<void>
  close(): void
}

type Step = { readonly readings: Verified<ReadingColumns> } | { readonly retraction: Retraction }

export function createOutbox(port: OutboxPort, everyMs = 200): Outbox {
  const buffer = createReadingBuffer()
  let steps: Step[] = []
  let rows = new Map<Hex, FrameRow>()
  let deviceRows: readonly DeviceRow[] | null = null
  let lastStatus: PipelineStatus | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  let lastMs = -Infinity
  let sending: Promise<void> = Promise.resolve()
  let closed = false

  const closeBuffer = (): void => {
    if (buffer.length > 0) steps.push({ readings: buffer.take() })
  }
  const send = async (): Promise<void> => {
    closeBuffer()
    const [devices, list, frames, status] = [deviceRows, steps, rows, lastStatus]
    deviceRows = null
    lastStatus = null
    steps = []
    rows = new Map()
    // devices first: readings and frames name them by index
    if (devices) await port.devices(devices)
    for (const step of list) await ('readings' in step ? port.readings(step.readings) : port.retract(step.retraction))
    if (frames.size > 0) await port.frames([...frames.values()])
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
