import { TwinError } from '../base/errors.ts'
import type { Hex } from '../base/hex.ts'
import { createBackoff } from './clock.ts'
import { createHeadBell, type HeadLine } from './headBell.ts'
import type { Rpc } from './rpc.ts'
import type { Clock } from './source.ts'

/** A block header as far as following the chain needs it. */
export interface Head {
  readonly number: number
  readonly hash: Hex
  readonly parentHash: Hex
  readonly timeMs: number
}

/** The chain grew, or replaced its newest blocks. */
export interface HeadEvent {
  readonly head: Head
  /** The first block that was withdrawn since the last event; null when the chain only grew. */
  readonly withdrawnFrom: number | null
}

/** Follows the newest block of one endpoint. */
export interface Heads {
  readonly head: Head | null
  readonly state: 'starting' | 'ok' | 'unreachable' | 'wrong-chain'
  /** The hash the endpoint gave for a recent block, or null when it is not among the kept ones. */
  hashAt(number: number): Hex | null
  /** Events from now on, the present head first; what a slow reader misses is merged, never lost. */
  follow(signal: AbortSignal): AsyncGenerator<HeadEvent>
  /** Polls until the signal aborts, sooner when the endpoint's socket rings. Call once. */
  run(signal: AbortSignal): Promise<void>
}

export interface HeadsOptions {
  readonly rpc: Rpc
  readonly chainId: number
  readonly clock: Clock
  readonly pollMs?: number
  readonly keep?: number
  /** The endpoint's socket; null or absent: polling alone. */
  readonly line?: HeadLine | null
  readonly onState?: (state: Heads['state']) => void
}

const LOOK_BACK_AT_ONCE = 16

interface Follower {
  pending: HeadEvent | null
  wake: () => void
}

export function createHeads({
  rpc,
  chainId,
  clock,
  pollMs = 1_000,
  keep = 64,
  line = null,
  onState = () => {},
}: HeadsOptions): Heads {
  const recent = new Map<number, Head>()
  const followers = new Set<Follower>()
  const bell = line && createHeadBell(line, clock, pollMs)
  let head: Head | null = null
  let state: Heads['state'] = 'starting'

  const setState = (next: Heads['state']): void => {
    if (next !== state) {
      state = next
      onState(next)
    }
  }
  const tell = (event: HeadEvent): void => {
    for (const follower of followers) {
      const { pending } = follower
      const from = Math.min(pending?.withdrawnFrom ?? Infinity, event.withdrawnFrom ?? Infinity)
      follower.pending = { head: event.head, withdrawnFrom: from === Infinity ? null : from }
      follower.wake()
    }
  }
  const remember = (block: Head): void => {
    recent.set(block.number, block)
    for (const number of recent.keys())
      if (number <= block.number - keep || number > block.number) recent.delete(number)
  }

  /** The first block of ours that the endpoint no longer has; null when all that is kept still stands. */
  const withdrawnFrom = async (last: Head, signal: AbortSignal): Promise<number | null> => {
    let from: number | null = null
    for (let number = last.number; recent.has(number); number--) {
      const now = await readHeader(rpc, number, signal)
      if (now?.hash === recent.get(number)?.hash) return from
      from = number
    }
    return 0 // deeper than anything kept: nothing that was read can be trusted any more
  }

  /** After the first head: the headers below it, a few at a time, so that an early reorg is known to its depth. */
  const lookBack = async (signal: AbortSignal): Promise<void> => {
    let lowest = head?.number ?? 0
    while (recent.has(lowest - 1)) lowest--
    for (let n = 0; n < LOOK_BACK_AT_ONCE && head && lowest > 0 && lowest > head.number - keep + 1; n++) {
      const block = await readHeader(rpc, lowest - 1, signal)
      if (block?.hash !== recent.get(lowest)?.parentHash) return // the chain moved meanwhile; the next poll will see
      if (block) recent.set(block.number, block)
      lowest--
    }
  }

  const poll = async (signal: AbortSignal): Promise<void> => {
    const latest = await readHeader(rpc, 'latest', signal)
    if (!latest) throw new TwinError('CHAIN_UNREACHABLE', 'The chain endpoint has no newest block.', { url: rpc.url })
    bell?.found(latest.hash, latest.hash !== head?.hash)
    if (latest.hash === head?.hash) return
    let from: number | null = null
    if (head && latest.parentHash !== head.hash) from = await withdrawnFrom(head, signal)
    if (from !== null) for (const number of recent.keys()) if (number >= from) recent.delete(number)
    const first = Math.max(latest.number - keep + 1, from ?? (head ? head.number + 1 : latest.number), 0)
    for (let number = first; number < latest.number; number++) {
      const block = await readHeader(rpc, number, signal)
      if (block) remember(block)
    }
    remember(latest)
    head = latest
    tell({ head: latest, withdrawnFrom: from })
  }

  return {
    get head() {
      return head
    },
    get state() {
      return state
    },
    hashAt: (number) => recent.get(number)?.hash ?? null,
    async *follow(signal) {
      const follower: Follower = { pending: head ? { head, withdrawnFrom: null } : null, wake: () => {} }
      const wakeUp = (): void => follower.wake()
      followers.add(follower)
      signal.addEventListener('abort', wakeUp)
      try {
        while (!signal.aborted) {
          const event = follower.pending
          if (event) {
            follower.pending = null
            yield event
            continue
          }
          await new Promise<void>((resolve) => {
            follower.wake = resolve
            if (signal.aborted || follower.pending) resolve()
          })
        }
      } finally {
        followers.delete(follower)
        signal.removeEventListener('abort', wakeUp)
      }
    },
    async run(signal) {
      const backoff = createBackoff(pollMs)
      void bell?.run(signal)
      while (!signal.aborted) {
        try {
          if (state !== 'ok') await checkChainId(rpc, chainId, signal)
          await poll(signal)
          setState('ok')
          await lookBack(signal)
          backoff.reset()
          await (bell ? bell.wait(signal) : clock.sleep(pollMs, signal))
        } catch (error) {
          if (signal.aborted) return
          setState(error instanceof TwinError && error.code === 'CHAIN_WRONG_ID' ? 'wrong-chain' : 'unreachable')
          await clock.sleep(backoff.nextMs(), signal)
        }
      }
    },
  }
}

async function checkChainId(rpc: Rpc, expected: number, signal: AbortSignal): Promise<void> {
  const got = Number(await rpc.request('eth_chainId', [], signal))
  if (got !== expected) {
    throw new TwinError('CHAIN_WRONG_ID', `The endpoint serves chain ${got}, expected ${expected}.`, { got, expected })
  }
}

async function readHeader(rpc: Rpc, which: number | 'latest', signal: AbortSignal): Promise<Head | null> {
  const tag = which === 'latest' ? which : `0x${which.toString(16)}`
  const block = (await rpc.request('eth_getBlockByNumber', [tag, false], signal)) as Record<string, string> | null
  if (!block) return null
  const { number, hash, parentHash, timestamp } = block
  if (!number || !hash || !parentHash || !timestamp) {
    throw new TwinError('CHAIN_UNREACHABLE', 'The chain endpoint gave a block without number, hash or time.', {
      url: rpc.url,
    })
  }
  return { number: Number(number), hash: hash as Hex, parentHash: parentHash as Hex, timeMs: Number(timestamp) * 1000 }
}

/** A head older than this is not the present: the endpoint is stale, or cut off from its chain. */
export const STALE_AFTER_MS = 60_000

export const isHeadStale = (headTimeMs: number, nowMs: number): boolean => nowMs - headTimeMs > STALE_AFTER_MS
