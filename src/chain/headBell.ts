import type { Hex } from '../base/hex.ts'
import { createBackoff } from './clock.ts'
import type { Clock } from './source.ts'
import type { OpenTextSocket } from './textSocket.ts'

/** Where an endpoint's socket is, and how to open it. */
export interface HeadLine {
  readonly url: string // ws:// or wss://
  readonly open: OpenTextSocket
}

/**
 * The `newHeads` subscription of an endpoint (eth_subscribe over WebSocket). It only rings: what the head is, is read over
 * HTTP each time, so a socket that lies can at most be early, late or tiresome. While what it named is what was found,
 * polling is slow; when it is cut, falls silent or names what nobody finds, polling is as quick as without it.
 */
export interface HeadBell {
  readonly state: 'closed' | 'listening' | 'trusted' | 'distrusted'
  /** Keeps the socket open until the signal aborts. Call once. */
  run(signal: AbortSignal): Promise<void>
  /** Says which head was found; `isNew`: another than before. */
  found(hash: Hex, isNew: boolean): void
  /** Resolves when it is time to look again. */
  wait(signal: AbortSignal): Promise<void>
}

const SUBSCRIBE = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_subscribe', params: ['newHeads'] })
const SLOW_POLL_MS = 10_000
const MIN_GAP_MS = 50 // a bell that never stops does not turn into a flood of requests
const KEEP_NAMES = 64
const MAX_FALSE_RINGS = 8 // heads named in a row that nobody finds
const DISTRUST_MS = 60_000
const MAX_MESSAGE_CHARS = 65_536
const FIRST_PAUSE_MS = 1_000

export function createHeadBell({ url, open }: HeadLine, clock: Clock, pollMs: number): HeadBell {
  const backoff = createBackoff(FIRST_PAUSE_MS)
  let state: HeadBell['state'] = 'closed'
  let named: Hex[] = [] // the newest last
  let rung = false // since the last look began
  let rangBefore = false // the last look was for a ring
  let caughtUp = false // the last look found what was named last
  let falseRings = 0
  let wake = (): void => {}
  let hangUp = (): void => {}

  const ring = (hash: Hex): void => {
    named = [...named.slice(1 - KEEP_NAMES), hash]
    rung = true
    wake()
  }

  /** One connection, from its opening to its end. */
  const connect = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      let subscription: string | null = null
      const socket = open(url, {
        opened: () => socket.send(SUBSCRIBE),
        message(text) {
          if (text.length > MAX_MESSAGE_CHARS) return socket.close()
          const message = readMessage(text)
          if (message === null) return socket.close()
          if (message.kind === 'subscribed' && subscription === null) {
            subscription = message.id
            state = 'listening'
            backoff.reset()
          } else if (message.kind === 'head' && message.id === subscription) ring(message.hash)
        },
        closed() {
          signal.removeEventListener('abort', close)
          if (state !== 'distrusted') state = 'closed'
          wake() // whoever counted on a ring looks for itself
          resolve()
        },
      })
      const close = (): void => socket.close()
      hangUp = close
      signal.addEventListener('abort', close)
      if (signal.aborted) close()
    })

  return {
    get state() {
      return state
    },
    async run(signal) {
      while (!signal.aborted) {
        await connect(signal)
        if (signal.aborted) return
        if (state === 'distrusted') {
          await clock.sleep(DISTRUST_MS, signal)
          state = 'closed'
          falseRings = 0
          named = []
        } else await clock.sleep(backoff.nextMs(), signal)
      }
    },
    found(hash, isNew) {
      if (state !== 'listening' && state !== 'trusted') return
      caughtUp = hash === named.at(-1)
      if (named.includes(hash)) state = 'trusted'
      else if (isNew) state = 'listening' // a head that it did not name: silent, or late
      if (caughtUp || isNew) falseRings = 0
      else if (rangBefore && ++falseRings >= MAX_FALSE_RINGS) {
        state = 'distrusted'
        hangUp()
      }
    },
    async wait(signal) {
      await clock.sleep(Math.min(MIN_GAP_MS, pollMs), signal)
      if (!rung && !signal.aborted) {
        const stop = new AbortController()
        const end = (): void => stop.abort()
        signal.addEventListener('abort', end)
        wake = end
        await clock.sleep(state === 'trusted' && caughtUp ? SLOW_POLL_MS : pollMs, stop.signal)
        wake = () => {}
        signal.removeEventListener('abort', end)
      }
      rangBefore = rung
      rung = false
    },
  }
}

type Message =
  | { readonly kind: 'subscribed'; readonly id: string }
  | { readonly kind: 'head'; readonly id: string; readonly hash: Hex }
  | { readonly kind: 'other' }

/** What a message says; null when it is no JSON-RPC or a refusal, after which nothing is to be expected. */
function readMessage(text: string): Message | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null || 'error' in value) return null
  const { id, result, method, params } = value as Record<string, unknown>
  if (id === 1 && typeof result === 'string') return { kind: 'subscribed', id: result }
  if (method !== 'eth_subscription' || typeof params !== 'object' || params === null) return { kind: 'other' }
  const { subscription, result: head } = params as Record<string, unknown>
  const hash = (head as { hash?: unknown } | null)?.hash
  return typeof subscription === 'string' && typeof hash === 'string' && /^0x[0-9a-f]{64}$/i.test(hash)
    ? { kind: 'head', id: subscription, hash: hash.toLowerCase() as Hex }
    : { kind: 'other' }
}
