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
}

/** Holds what a hint (an indexer) names against the contract's own count. */
export interface HintAudit {
  /** The hint says that it has named everything: is that so? */
  count(gateways: Iterable<Hex>): Promise<void>
  /** Whether the hint had its time to name this anchor, and did not. */
  wasWithheld(anchor: Anchor): boolean
}

/** An indexer may be a few seconds behind the chain without lying. */
const PATIENCE_MS = 8_000

export function createHintAudit({ book, nowMs, nextSeq, onWithholding }: HintAuditParts): HintAudit {
  const missedSinceMs = new Map<string, number>()
  const keyOf = (gateway: Hex, seq: number): string => `${gateway} ${seq}`
  const isOverdue = (key: string): boolean => nowMs() - (missedSinceMs.get(key) ?? Infinity) >= PATIENCE_MS

  return {
    async count(gateways) {
      for (const gateway of gateways) {
        const next = await nextSeq(gateway).catch(() => 0) // an endpoint that is away cannot be counted with
        for (const seq of book.missing(gateway, next)) {
          const key = keyOf(gateway, seq)
          if (!missedSinceMs.has(key)) missedSinceMs.set(key, nowMs())
          else if (isOverdue(key)) onWithholding()
        }
      }
    },
    wasWithheld: ({ gateway, seq }) => isOverdue(keyOf(gateway, seq)),
  }
}
