import { TwinError } from '../base/errors.ts'
import { createBackoff } from './clock.ts'
import { createLiveCursor, type LiveCursor, type LiveStep } from './liveCursor.ts'
import type { OpenLiveSocket } from './liveSocket.ts'
import {
  decodeLiveMessage,
  encodeLiveRequest,
  LIVE_PROTOCOL,
  type LiveMessage,
  unpackLiveMessages,
} from './liveWire.ts'
import type { Clock, Fetch } from './source.ts'

export type LiveWay = 'connecting' | 'socket' | 'polling'

export interface LiveSink {
  /** Takes frames in, in order. The gateway sends more only as fast as these promises resolve. */
  frames(frames: readonly Uint8Array[], receivedMs: number): Promise<void>
  /** The way, or a count of the cursor, changed. */
  changed(): void
}

export interface LiveChannelParts {
  readonly url: string // of the gateway's `live`, over http
  readonly fetch: Fetch
  /** Null where there are no sockets at all. */
  readonly openSocket: OpenLiveSocket | null
  readonly clock: Clock
  readonly sink: LiveSink
}

/** Frames as they reach the gateway, over a socket, or by polling where sockets are blocked. */
export interface LiveChannel {
  readonly way: LiveWay
  readonly cursor: LiveCursor
  run(signal: AbortSignal): Promise<void>
}

const OPEN_MS = 4_000 // a socket that takes longer is blocked somewhere
const SILENT_MS = 7_000 // the gateway says every 2 s that it is alive; longer silence is a dead line
const SOCKET_TRIES = 2 // before polling
const MISSES = 3 // in a row, before a line is given up that skips numbers again and again
const POLL_FOR_MS = 60_000 // before sockets are tried again
const POLL_TIMEOUT_MS = 12_000
const MAX_ANSWER_BYTES = 8 * 1024 * 1024

export function createLiveChannel(parts: LiveChannelParts): LiveChannel {
  const { url, fetch, openSocket, clock, sink } = parts
  const cursor = createLiveCursor()
  let way: LiveWay = 'connecting'
  const setWay = (next: LiveWay): void => {
    if (way === next) return
    way = next
    sink.changed()
  }
  const hand = async (step: LiveStep): Promise<void> => {
    if (step.kind === 'frames') await sink.frames(step.frames, step.receivedMs)
  }

  /** One connection, from its opening to its end. Resolves with whether it ever carried anything. */
  const overSocket = (open: OpenLiveSocket, signal: AbortSignal): Promise<boolean> =>
    new Promise((resolve) => {
      let carried = false
      let misses = 0
      let over = false
      let handing: Promise<void> = Promise.resolve()
      let silence: ReturnType<typeof setTimeout> | undefined
      const waitFor = (ms: number): void => {
        clearTimeout(silence)
        silence = setTimeout(() => socket.close(), ms)
      }
      const join = (): void =>
        socket.send(encodeLiveRequest({ kind: 'join', stream: cursor.stream, next: cursor.next }))
      const socket = open(url.replace(/^http/, 'ws'), LIVE_PROTOCOL, {
        opened: join,
        message(bytes) {
          waitFor(SILENT_MS)
          let step: LiveStep
          try {
            step = cursor.take(decodeLiveMessage(bytes))
          } catch (error) {
            if (!(error instanceof TwinError)) throw error
            socket.close() // whoever writes like this is not our gateway
            return
          }
          if (!carried) setWay('socket')
          carried = true
          if (step.kind === 'resume') {
            if (++misses > MISSES) return socket.close()
            join()
          }
          if (step.kind !== 'frames') return sink.changed()
          misses = 0
          const { next } = cursor
          handing = handing
            .then(() => hand(step))
            .then(() => {
              if (!over) socket.send(encodeLiveRequest({ kind: 'taken', next }))
            })
        },
        closed() {
          over = true
          clearTimeout(silence)
          signal.removeEventListener('abort', close)
          // what was received is handed on before another connection brings more
          void handing.then(() => resolve(carried))
        },
      })
      const close = (): void => socket.close()
      signal.addEventListener('abort', close)
      waitFor(OPEN_MS)
    })

  /** The next messages by one question; null when the gateway does not answer, or with something else. */
  const ask = async (signal: AbortSignal): Promise<LiveMessage[] | null> => {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(POLL_TIMEOUT_MS)])
    try {
      const response = await fetch(`${url}/${cursor.stream}/${cursor.next}`, { signal: limit })
      if (!response.ok || Number(response.headers.get('content-length') ?? 0) > MAX_ANSWER_BYTES) return null
      return unpackLiveMessages(new Uint8Array(await response.arrayBuffer()))
    } catch {
      return null // the anchored batches bring the same frames a little later
    }
  }

  /** Asks again and again until the signal aborts or there is no answer. Resolves with whether there was any. */
  const byPolling = async (signal: AbortSignal): Promise<boolean> => {
    for (let answered = false; ; answered = true) {
      const messages = signal.aborted ? null : await ask(signal)
      if (!messages) return answered
      setWay('polling')
      for (const message of messages) await hand(cursor.take(message))
      sink.changed()
    }
  }

  return {
    get way() {
      return way
    },
    cursor,
    async run(signal) {
      const backoff = createBackoff(250, 30_000)
      let failures = openSocket ? 0 : SOCKET_TRIES
      while (!signal.aborted) {
        let worked: boolean
        if (openSocket && failures < SOCKET_TRIES) {
          worked = await overSocket(openSocket, signal)
          failures = worked ? 0 : failures + 1
        } else {
          const turn = new AbortController()
          if (openSocket) void clock.sleep(POLL_FOR_MS, signal).then(() => turn.abort())
          worked = await byPolling(AbortSignal.any([signal, turn.signal]))
          if (openSocket) failures = 0
        }
        if (signal.aborted) return
        setWay('connecting')
        if (worked) backoff.reset()
        await clock.sleep(backoff.nextMs(), signal)
      }
    },
  }
}
