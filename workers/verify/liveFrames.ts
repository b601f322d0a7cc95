import { createLiveChannel } from '../../src/chain/liveChannel.ts'
import type { OpenLiveSocket } from '../../src/chain/liveSocket.ts'
import type { Clock, Fetch } from '../../src/chain/source.ts'
import type { LiveStatus } from '../../src/model/trust.ts'
import { awaitedCase } from '../../src/proofs/awaited.ts'
import type { BatchChecker } from '../../src/proofs/checkBatch.ts'
import { nextTask } from '../lib/drive.ts'
import type { AwaitedFrames } from './awaitedFrames.ts'
import type { FrameBook } from './frameBook.ts'
import type { Outbox } from './outbox.ts'

export interface LiveFramesParts {
  readonly url: string // of the gateway's live channel
  readonly fetch: Fetch
  readonly openSocket: OpenLiveSocket | null
  readonly clock: Clock
  readonly checker: BatchChecker
  readonly frames: FrameBook
  readonly awaited: AwaitedFrames
  readonly outbox: Outbox
  /** Directory and revocations are known up to here; -1 while they are not known at all. */
  readyTo(): number
  /** Whether the chain and the gateway answer, so that an anchor that does not come is withheld. */
  isChainWell(): boolean
  changed(): void
}

/** Frames as the gateway takes them in, checked and shown as signed until their anchor raises them. */
export interface LiveFrames {
  status(): LiveStatus
  tick(): void
  run(signal: AbortSignal): Promise<void>
}

const LOOK_EVERY_MS = 100

export function createLiveFrames(parts: LiveFramesParts): LiveFrames {
  const { clock, checker, frames, awaited, outbox } = parts
  let delayMs = 0
  let signal: AbortSignal | null = null

  const channel = createLiveChannel({
    url: parts.url,
    fetch: parts.fetch,
    openSocket: parts.openSocket,
    clock,
    sink: {
      async frames(list, receivedMs) {
        // nobody can be judged before the directory is known; the gateway keeps what it cannot send meanwhile
        while (parts.readyTo() < 0 && signal && !signal.aborted) await clock.sleep(LOOK_EVERY_MS, signal)
        if (signal?.aborted) return
        const nowMs = clock.nowMs()
        const batch = awaitedCase(parts.readyTo() + 1, nowMs)
        const first = channel.cursor.next - list.length
        const records = await checker.checkFrames(
          list.map((bytes, i) => ({ bytes, index: (first + i) % 2 ** 32, inclusionFault: null })),
          batch,
        )
        frames.acceptAwaited(records, nowMs)
        delayMs = nowMs - receivedMs
        parts.changed()
        await nextTask() // questions of the page are answered in between
      },
      changed: parts.changed,
    },
  })

  return {
    status: () => ({
      way: channel.way,
      frames: channel.cursor.frames,
      awaiting: awaited.size,
      folded: outbox.folded,
      resumed: channel.cursor.resumed,
      lost: channel.cursor.lost,
      delayMs,
    }),
    tick() {
      if (parts.isChainWell()) frames.overdue(clock.nowMs())
    },
    run(until) {
      signal = until
      return channel.run(until)
    },
  }
}
