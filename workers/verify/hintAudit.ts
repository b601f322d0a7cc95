import type { Hex } from '../../src/base/hex.ts'
import type { Anchor } from '../../src/proofs/anchor.ts'
import type { BatchBook } from './batchBook.ts'

export interface HintAuditParts {
  readonly book: BatchBook
  nowMs(): number
  /** How many batches the contract counts for a gateway. Throws CHAIN_UNREACHABLE. */
  nextSeq(gateway: Hex): Promise<number>
  /** The hint withholds: the chain must be read beside it. */
  onWithholding(): void
  /** The hint has named every anchor that is known: the chain need not be read beside it any more. */
  onComplete(): void
}

/** Holds what a hint (an indexer) names against the contract's own count. */
export interface HintAudit {
  /** Notes what the hint names. */
  named(anchors: readonly Anchor[]): void
  /** The hint says that it has named everything: is that so? */
  count(gateways: Iterable<Hex>): Promise<void>
  /** Whether the hint had its time to name this anchor, and did not. */
  wasWithheld(anchor: Anchor): boolean
}

/** An indexer may be a few seconds behind the chain without lying. */
const PATIENCE_MS = 8_000

export function createHintAudit({ book, nowMs, nextSeq, onWithholding, onComplete }: HintAuditParts): HintAudit {
  const missedSinceMs = new Map<string, number>()
  const namedOnes = new Set<string>()
  let withholds = false
  const nameOf = (anchor: Anchor): string => `${anchor.blockHash} ${anchor.logIndex} ${anchor.dataHash}`
  /** Whether it has named every anchor that the chain is known to have. */
  const namedAll = (): boolean => {
    for (const { state, batch } of book.all())
      if (state !== 'named' && !namedOnes.has(nameOf(batch.anchor))) return false
    return true
  }
  const keyOf = (gateway: Hex, seq: number): string => `${gateway} ${seq}`
  const isOverdue = (key: string): boolean => nowMs() - (missedSinceMs.get(key) ?? Infinity) >= PATIENCE_MS

  return {
    named(anchors) {
      for (const anchor of anchors) namedOnes.add(nameOf(anchor))
    },
    async count(gateways) {
      let missing = 0
      for (const gateway of gateways) {
        const next = await nextSeq(gateway).catch(() => 0) // an endpoint that is away cannot be counted with
        for (const seq of book.missing(gateway, next)) {
          const key = keyOf(gateway, seq)
          missing++
          if (!missedSinceMs.has(key)) missedSinceMs.set(key, nowMs())
          else if (isOverdue(key)) {
            withholds = true
            onWithholding()
          }
        }
      }
      if (!withholds || missing > 0 || !namedAll()) return
      withholds = false
      missedSinceMs.clear()
      onComplete()
    },
    wasWithheld: ({ gateway, seq }) => isOverdue(keyOf(gateway, seq)),
  }
}
