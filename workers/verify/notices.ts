import type { Hex } from '../../src/base/hex.ts'
import type { Head } from '../../src/chain/heads.ts'
import type { FrameExplanation, FrameRow, Verdict } from '../../src/model/trust.ts'
import type { Anchor } from '../../src/proofs/anchor.ts'
import { explainBatch } from '../../src/proofs/explainBatch.ts'
import { batchRow } from '../../src/proofs/frameRow.ts'
import type { Outbox } from './outbox.ts'

/** Rows that speak of no single frame: a batch nobody delivers, an anchor that is not on the chain, a stale head. */
export interface Notices {
  /** Says something of a batch; nothing when it was said before. */
  ofBatch(anchor: Anchor, verdict: Verdict, sentence: string, withheldUntilMs?: number): void
  /** Takes back what was said of a batch, because it is well now. */
  clearBatch(anchor: Anchor): void
  ofHead(head: Head, sentence: string): void
  clearHead(): void
  explain(key: Hex): FrameExplanation | null
}

type Notice = FrameExplanation

const NOBODY: Hex = `0x${'00'.repeat(20)}`

const headRow = (head: Head, verdict: Verdict): FrameRow => ({
  key: head.hash,
  device: -1,
  claimedDevice: NOBODY,
  verdict,
  level: 1,
  seqFirst: 0,
  readings: 0,
  fromMs: head.timeMs,
  toMs: head.timeMs,
  missingBefore: 0,
  clockOffsetMs: NaN,
  gateway: NOBODY,
  batch: -1,
  blockNumber: head.number,
  blockHash: head.hash,
  txHash: `0x${'00'.repeat(32)}`,
})

export function createNotices(outbox: Outbox, chainId: number, witnesses: string): Notices {
  const notices = new Map<Hex, Notice>()
  let staleHead: Head | null = null

  const say = (notice: Notice): void => {
    const { frame } = notice
    const said = notices.get(frame.key)?.frame
    if (said?.verdict === frame.verdict && said.withheldUntilMs === frame.withheldUntilMs) return
    notices.set(frame.key, notice)
    outbox.frame(frame)
  }
  const clear = (row: FrameRow): void => {
    if (notices.delete(row.key)) outbox.frame(row)
  }

  return {
    ofBatch(anchor, verdict, sentence, withheldUntilMs) {
      const notice = explainBatch(anchor, verdict, sentence, chainId, witnesses)
      if (withheldUntilMs === undefined) return say(notice)
      const checks = notice.checks.map((check) => ({ ...check, result: 'skipped' as const }))
      say({ ...notice, checks, frame: { ...notice.frame, withheldUntilMs } })
    },
    clearBatch(anchor) {
      const said = notices.get(anchor.dataHash)
      // that the indexer withheld it stays true, however well the batch is
      if (said && said.frame.verdict !== 'INDEXER_INCOMPLETE') clear(batchRow(anchor, 'OK'))
    },
    ofHead(head, sentence) {
      if (staleHead && staleHead.hash !== head.hash) clear(headRow(staleHead, 'OK'))
      staleHead = head
      const title = 'Is the chain’s newest block of now?'
      const check = { id: 'head', title, result: 'failed', detail: sentence } as const
      say({ frame: headRow(head, 'HEAD_STALE'), checks: [check], chainId, witnesses, readings: [] })
    },
    clearHead() {
      if (staleHead) clear(headRow(staleHead, 'OK'))
      staleHead = null
    },
    explain: (key) => notices.get(key) ?? null,
  }
}
