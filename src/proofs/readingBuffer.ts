import { type ReadingColumns, SHOWN_VERDICTS } from '../model/trust.ts'
import { decodeFrame, decodeReadings } from './decodeFrame.ts'
import { createFrameView } from './frame.ts'
import type { FrameRecord } from './frameRecord.ts'
import { levelOf, verdictOf } from './judge.ts'
import { isKnownMetric } from './plausibility/knownMetrics.ts'
import type { Verified } from './verified.ts'

/** Collects readings until they are handed over. The only way to verified columns. */
export interface ReadingBuffer {
  readonly length: number
  /** Appends a frame's readings; false, and nothing appended, unless its verdict lets them be shown. */
  append(record: FrameRecord): boolean
  /** The oldest readings not taken yet, at most `limit`, in columns of exactly their length, ready to be transferred. */
  take(limit?: number): Verified<ReadingColumns>
}

export function createReadingBuffer(capacity = 4096): ReadingBuffer {
  const view = createFrameView()
  let columns = allocate(capacity)
  let length = 0
  let first = 0 // what stands before it was taken

  const makeRoom = (count: number): void => {
    if (length + count <= columns.metric.length) return
    const grown = allocate(Math.max(2 * columns.metric.length, length + count))
    grown.device.set(columns.device)
    grown.metric.set(columns.metric)
    grown.timeMs.set(columns.timeMs)
    grown.value.set(columns.value)
    grown.level.set(columns.level)
    columns = grown
  }

  return {
    get length() {
      return length - first
    },
    append(record) {
      if (!record.device || !SHOWN_VERDICTS.includes(verdictOf(record))) return false
      if (decodeFrame(record.bytes, view) !== null) return false
      makeRoom(view.count)
      decodeReadings(view, columns, length)
      const { device, metric, timeMs, value, level } = columns
      const proven = levelOf(record)
      const end = length + view.count
      let kept = length
      for (let i = length; i < end; i++) {
        if (!isKnownMetric(metric[i]!)) continue
        metric[kept] = metric[i]!
        timeMs[kept] = timeMs[i]!
        value[kept] = value[i]!
        device[kept] = record.device.index
        level[kept] = proven
        kept++
      }
      length = kept
      return true
    },
    take(limit = Infinity) {
      const end = Math.min(length, first + limit)
      const taken: ReadingColumns = {
        device: columns.device.slice(first, end),
        metric: columns.metric.slice(first, end),
        timeMs: columns.timeMs.slice(first, end),
        value: columns.value.slice(first, end),
        level: columns.level.slice(first, end),
      }
      first = end
      if (first === length) {
        first = 0
        length = 0
      }
      return taken as Verified<ReadingColumns>
    },
  }
}

const allocate = (n: number) => ({
  device: new Uint32Array(n),
  metric: new Uint16Array(n),
  timeMs: new Float64Array(n),
  value: new Float64Array(n),
  level: new Uint8Array(n),
})
