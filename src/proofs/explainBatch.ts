import type { FrameExplanation, Verdict } from '../model/trust.ts'
import type { Anchor } from './anchor.ts'
import { batchRow } from './frameRow.ts'

/** What is said of a whole batch whose frames cannot be told apart, in the form of an explained frame. */
export const explainBatch = (
  anchor: Anchor,
  verdict: Verdict,
  sentence: string,
  chainId: number,
  witnesses: string,
): FrameExplanation => ({
  frame: batchRow(anchor, verdict),
  checks: [
    { id: 'batch', title: `Batch ${anchor.seq} of ${anchor.count} messages`, result: 'failed', detail: sentence },
  ],
  chainId,
  witnesses,
  readings: [],
})
