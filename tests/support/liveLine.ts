import type { LiveSocketEvents, OpenLiveSocket } from '../../src/chain/liveSocket.ts'
import { decodeLiveRequest, encodeLiveMessage } from '../../src/chain/liveWire.ts'

/** A gateway's live channel in memory: it keeps every frame, and its line can be cut. */
export interface LiveLine {
  readonly open: OpenLiveSocket
  readonly joins: number
  push(...frames: Uint8Array[]): void
  kill(): void
}

export function createLiveLine(nowMs: () => number): LiveLine {
  const kept: Uint8Array[] = []
  const lines = new Map<LiveSocketEvents, number>() // where each connection goes on
  let joins = 0

  const pump = (events: LiveSocketEvents): void => {
    const from = lines.get(events)
    if (from === undefined || from >= kept.length) return
    lines.set(events, kept.length)
    events.message(
      encodeLiveMessage({ kind: 'frames', first: from, receivedMs: nowMs(), frames: kept.slice(from, from + 500) }),
    )
  }
  return {
    get joins() {
      return joins
    },
    open(_url, _protocol, events) {
      let over = false
      const end = (): void => {
        if (over) return
        over = true
        lines.delete(events)
        events.closed()
      }
      queueMicrotask(() => !over && events.opened())
      return {
        send(bytes) {
          const request = decodeLiveRequest(bytes)
          if (over || request.kind !== 'join') return
          joins++
          // stream 0: this gateway tells a newcomer everything it has
          lines.set(events, request.stream === 1 ? request.next : 0)
          events.message(encodeLiveMessage({ kind: 'start', stream: 1, from: lines.get(events)! }))
          pump(events)
        },
        close: end,
      }
    },
    push(...frames) {
      kept.push(...frames)
      for (const events of [...lines.keys()]) pump(events)
    },
    kill() {
      for (const events of [...lines.keys()]) {
        lines.delete(events)
        events.closed()
      }
    },
  }
}
