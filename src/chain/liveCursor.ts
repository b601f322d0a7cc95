import type { LiveMessage } from './liveWire.ts'

/** What a page makes of one message. */
export type LiveStep =
  | { readonly kind: 'frames'; readonly frames: readonly Uint8Array[]; readonly receivedMs: number }
  /** Numbers are missing: the gateway must be asked to go on from `next`. */
  | { readonly kind: 'resume' }
  | { readonly kind: 'nothing' }

export interface LiveCursor {
  /** The stream that is followed; 0 before the first message. */
  readonly stream: number
  /** Number of the next frame wanted. */
  readonly next: number
  readonly frames: number // taken so far
  readonly resumed: number // how often a number was missing and asked for again
  readonly lost: number // frames that the gateway no longer keeps: their bodies come by hash
  readonly restarts: number // how often the gateway began a new stream
  take(message: LiveMessage): LiveStep
}

/**
 * Follows the numbers of one stream over any number of connections: every frame once, in order, none missing unless
 * the gateway itself says from where it goes on.
 */
export function createLiveCursor(): LiveCursor {
  let stream = 0
  let next = 0
  let frames = 0
  let resumed = 0
  let lost = 0
  let restarts = 0
  let resuming = false

  const start = (theirs: number, from: number): void => {
    if (stream === theirs) lost += Math.max(0, from - next)
    else if (stream !== 0) restarts++
    // a start further back repeats what is known; the numbers already taken stay taken
    next = stream === theirs ? Math.max(next, from) : from
    stream = theirs
    resuming = false
  }
  const miss = (): LiveStep => {
    if (resuming) return { kind: 'nothing' } // asked already; what was under way comes to nothing
    resuming = true
    resumed++
    return { kind: 'resume' }
  }

  return {
    get stream() {
      return stream
    },
    get next() {
      return next
    },
    get frames() {
      return frames
    },
    get resumed() {
      return resumed
    },
    get lost() {
      return lost
    },
    get restarts() {
      return restarts
    },
    take(message) {
      if (message.kind === 'start') {
        start(message.stream, message.from)
        return { kind: 'nothing' }
      }
      if (stream === 0) return { kind: 'nothing' } // numbers of nothing
      if (message.kind === 'alive') return message.next > next ? miss() : { kind: 'nothing' }
      if (message.first > next) return miss()
      const fresh = message.frames.slice(next - message.first)
      if (fresh.length === 0) return { kind: 'nothing' }
      next += fresh.length
      frames += fresh.length
      return { kind: 'frames', frames: fresh, receivedMs: message.receivedMs }
    },
  }
}
