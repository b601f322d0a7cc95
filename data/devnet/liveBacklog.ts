import { randomBytes } from 'node:crypto'
import { type LiveMessage, MAX_LIVE_FRAMES } from '../../src/chain/liveWire.ts'

/** The frames a gateway took in lately, numbered; whoever was away for a while goes on from where it was. */
export interface LiveBacklog {
  readonly stream: number
  /** Number of the oldest frame still kept, and of the next one to come. */
  readonly oldest: number
  readonly next: number
  push(frame: Uint8Array): void
  /** Where somebody who wants to go on from `next` of `stream` begins: there, or at the oldest frame kept. */
  startOf(stream: number, next: number): number
  /** Frames from a number on, as one message; null when there is none. */
  read(from: number): Extract<LiveMessage, { kind: 'frames' }> | null
  /** Calls back at each push until the returned function is called. */
  onPush(callback: () => void): () => void
}

interface Kept {
  readonly frame: Uint8Array
  readonly receivedMs: number
}

const MESSAGE_BYTES = 64 * 1024

/** A backlog bounded by number and by bytes; the oldest frames give way. */
export function createLiveBacklog({
  maxFrames = 65_536,
  maxBytes = 64 * 1024 * 1024,
  nowMs = Date.now,
} = {}): LiveBacklog {
  const ring: (Kept | undefined)[] = new Array(maxFrames)
  const stream = 1 + randomBytes(6).readUIntBE(0, 6) // another one after a restart, so that numbers are not confused
  const listeners = new Set<() => void>()
  let oldest = 0
  let next = 0
  let bytes = 0

  const dropOldest = (): void => {
    bytes -= ring[oldest % maxFrames]!.frame.length
    ring[oldest % maxFrames] = undefined
    oldest++
  }

  return {
    stream,
    get oldest() {
      return oldest
    },
    get next() {
      return next
    },
    push(frame) {
      if (next - oldest === maxFrames) dropOldest()
      ring[next % maxFrames] = { frame, receivedMs: nowMs() }
      next++
      bytes += frame.length
      while (bytes > maxBytes && oldest < next - 1) dropOldest()
      for (const tell of listeners) tell()
    },
    startOf(theirs, wanted) {
      if (theirs === 0) return next
      if (theirs !== stream || wanted > next) return oldest
      return Math.max(wanted, oldest)
    },
    read(from) {
      const first = ring[from % maxFrames]
      if (from < oldest || from >= next || !first) return null
      const frames: Uint8Array[] = []
      let size = 0
      for (let n = from; n < next && frames.length < MAX_LIVE_FRAMES && size < MESSAGE_BYTES; n++) {
        const { frame } = ring[n % maxFrames]!
        frames.push(frame)
        size += frame.length
      }
      return { kind: 'frames', first: from, receivedMs: first.receivedMs, frames }
    },
    onPush(callback) {
      listeners.add(callback)
      return () => listeners.delete(callback)
    },
  }
}
