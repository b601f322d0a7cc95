import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Origin } from '../base/honesty.ts'
import type { FrameExplanation, Verdict } from '../model/trust.ts'

/** An evidence file that somebody opened, as it was judged here. */
export interface OpenedEvidence {
  readonly name: string // of the file
  readonly explanation: FrameExplanation
  readonly stated: Verdict
  /** Sentences that say where the file contradicts its own bytes; empty when it does not. */
  readonly contradictions: readonly string[]
  readonly device: { readonly title: string; readonly origin: Origin } | null
  readonly witnessed: boolean // the page's own chain endpoint was asked
}

export interface EvidenceState {
  readonly opened: OpenedEvidence | null
  open(evidence: OpenedEvidence): void
  close(): void
}

export function createEvidenceStore(): StoreApi<EvidenceState> {
  return createStore<EvidenceState>()((set) => ({
    opened: null,
    open: (opened) => set({ opened }),
    close: () => set({ opened: null }),
  }))
}
