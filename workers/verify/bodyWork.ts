import { TwinError } from '../../src/base/errors.ts'
import { createBackoff } from '../../src/chain/clock.ts'
import type { GatewayClient, WithheldBody } from '../../src/chain/gatewayClient.ts'
import type { Clock } from '../../src/chain/source.ts'
import type { Anchor } from '../../src/proofs/anchor.ts'
import type { BatchChecker } from '../../src/proofs/checkBatch.ts'
import { nextTask } from '../lib/drive.ts'
import { type BatchBook, type BatchEntry, PASSED_AFTER_TRIES } from './batchBook.ts'
import type { Notices } from './notices.ts'

export interface BodyWorkParts {
  readonly book: BatchBook
  readonly gateway: GatewayClient
  readonly checker: BatchChecker
  readonly notices: Notices
  readonly clock: Clock
  /** Blocks up to here have their directory and revocations known; later batches wait. */
  readyTo(): number
  /** Batches anchored before this are not fetched. */
  fromMs(): number
  /** What the chain endpoints say of an anchor that was only named; throws CHAIN_UNREACHABLE. */
  confirm(
    anchor: Anchor,
  ): Promise<'known' | { readonly verdict: 'NOT_ON_CHAIN' | 'RPCS_DISAGREE'; readonly sentence: string }>
  /** Whether the owners of these devices have put it in the directory that bodies may be kept back that long. */
  mayWithhold(anchor: Anchor, withheld: WithheldBody): boolean
  onConfirmed(entry: BatchEntry): void
  onChecked(entry: BatchEntry): void
  onGateway(state: 'ok' | 'unreachable'): void
}

/** Fetches and checks batches, the newest first, several on their way at once, one checked at a time. */
export interface BodyWork {
  /** There may be something new to do. */
  wake(): void
  run(signal: AbortSignal): Promise<void>
}

const IN_FLIGHT = 6
const RETRY_MS = [2_000, 10_000, 60_000, 300_000] as const

export function createBodyWork(parts: BodyWorkParts): BodyWork {
  const { book, gateway, checker, notices, clock } = parts
  const backoff = createBackoff(1_000)
  let gatewayNotBeforeMs = 0
  let inFlight = 0
  let wake: () => void = () => {}
  let checking: Promise<void> = Promise.resolve()

  const missing = (entry: BatchEntry, sentence: string): void => {
    entry.state = 'ready'
    entry.notBeforeMs = clock.nowMs() + RETRY_MS[Math.min(entry.tries, RETRY_MS.length - 1)]!
    entry.tries++
    notices.ofBatch(entry.batch.anchor, 'DATA_MISSING', sentence)
    parts.onChecked(entry)
  }

  /** The owners' own wish: no accusation, and nobody waits for it. */
  const withhold = (entry: BatchEntry, { withheldUntilMs }: WithheldBody): void => {
    entry.state = 'ready'
    entry.tries = PASSED_AFTER_TRIES
    entry.notBeforeMs = Math.max(withheldUntilMs, clock.nowMs() + 1_000)
    const until = new Date(withheldUntilMs).toISOString()
    notices.ofBatch(entry.batch.anchor, 'DATA_MISSING', `Withheld by its owner until ${until}.`, withheldUntilMs)
    parts.onChecked(entry)
  }

  const check = async (entry: BatchEntry, body: Uint8Array): Promise<void> => {
    const result = await checker.checkBody(body, entry.batch)
    if (entry.state === 'gone') return
    entry.refusedBody = 'verdict' in result ? body : null
    if ('verdict' in result) {
      if (result.verdict === 'DATA_MISSING') return missing(entry, result.sentence)
      entry.state = 'refused'
      notices.ofBatch(entry.batch.anchor, result.verdict, result.sentence)
    } else {
      entry.records = result
      entry.state = 'checked'
      notices.clearBatch(entry.batch.anchor)
    }
    parts.onChecked(entry)
    await nextTask() // questions of the page are answered between two batches
  }

  /** Confirms what was only named; false when that ends the matter. */
  const settleAnchor = async (entry: BatchEntry): Promise<boolean> => {
    const { anchor } = entry.batch
    const found = await parts.confirm(anchor)
    if (entry.state === 'gone') return false
    if (found === 'known') {
      entry.state = 'ready'
      parts.onConfirmed(entry)
      return true
    }
    const again = book.bySeq(anchor.gateway, anchor.seq)?.batch.anchor.dataHash === anchor.dataHash
    book.remove(entry)
    // a stale hint of a batch that a reorg moved to another block is no lie
    if (!again) notices.ofBatch(anchor, found.verdict, found.sentence)
    return false
  }

  const work = async (entry: BatchEntry, signal: AbortSignal): Promise<void> => {
    const wasNamed = entry.state === 'named'
    entry.state = 'busy'
    try {
      if (wasNamed && !(await settleAnchor(entry))) return
      entry.state = 'busy'
      const body = await gateway.body(entry.batch.anchor.dataHash, signal)
      parts.onGateway('ok')
      backoff.reset()
      entry.refusedBody = null
      if (!body) return missing(entry, 'The gateway answers that it has no such body.')
      if (!(body instanceof Uint8Array)) {
        if (parts.mayWithhold(entry.batch.anchor, body)) return withhold(entry, body)
        return missing(entry, 'The gateway says that its owner withholds it, but the directory holds no such wish.')
      }
      checking = checking.then(() => check(entry, body))
      await checking
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof TwinError)) throw error
      const isGateway = error.code === 'GATEWAY_UNREACHABLE'
      entry.state = wasNamed && !isGateway ? 'named' : 'ready'
      entry.notBeforeMs = clock.nowMs() + 1_000
      if (!isGateway) return
      entry.tries++
      parts.onGateway('unreachable')
      if (clock.nowMs() >= gatewayNotBeforeMs) gatewayNotBeforeMs = clock.nowMs() + backoff.nextMs()
      notices.ofBatch(entry.batch.anchor, 'UNREACHABLE', error.message)
    }
  }

  return {
    wake: () => wake(),
    async run(signal) {
      signal.addEventListener('abort', () => wake())
      while (!signal.aborted) {
        const nowMs = clock.nowMs()
        const mayFetch = inFlight < IN_FLIGHT && nowMs >= gatewayNotBeforeMs
        const entry = mayFetch ? book.next(nowMs, parts.readyTo(), parts.fromMs()) : null
        if (!entry) {
          await new Promise<void>((resolve) => {
            wake = resolve
          })
          continue
        }
        inFlight++
        void work(entry, signal).finally(() => {
          inFlight--
          wake()
        })
      }
    },
  }
}
