import type { Hex } from '../../src/base/hex.ts'
import type { Anchor } from '../../src/proofs/anchor.ts'
import { type BatchCase, CLOCK_AHEAD_MS, createBatchCase, type FrameRecord } from '../../src/proofs/frameRecord.ts'

/** A batch on its way: named, confirmed, fetched, checked. */
export interface BatchEntry {
  readonly key: string
  readonly batch: BatchCase
  /** named: not confirmed yet; ready: to be fetched and checked; refused: nothing in it can be told apart. */
  state: 'named' | 'ready' | 'busy' | 'checked' | 'refused' | 'gone'
  records: readonly FrameRecord[]
  /** The body that was last delivered, when it is refused whole; for evidence. */
  refusedBody: Uint8Array | null
  tries: number
  notBeforeMs: number
}

export interface BatchBook {
  readonly size: number
  readonly known: number // batches that stand on the chain
  /** Frames of batches since a time that are not checked yet. */
  backlog(fromMs: number): number
  /** Takes an anchor in; null when it was known. A confirmed one lifts what was only named. */
  add(anchor: Anchor, confirmed: boolean): BatchEntry | null
  /** Notes that the chain knows the anchor. */
  confirm(entry: BatchEntry): void
  /** The newest batch that can be worked on now, of blocks up to `toBlock` and times from `fromMs` on. */
  next(nowMs: number, toBlock: number, fromMs: number): BatchEntry | null
  /** Takes out everything from a block on. */
  withdrawFrom(blockNumber: number): BatchEntry[]
  remove(entry: BatchEntry): void
  /** Whether every earlier batch that could hold the same frame has been looked into. */
  isSettled(record: FrameRecord): boolean
  /** Whether every batch since the very first was looked into, and none is missing in between. */
  isComplete(): boolean
  bySeq(gateway: Hex, seq: number): BatchEntry | undefined
  /** The viewer's own endpoint has named all it will ever name: a number that is missing now stays missing. */
  closeHoles(): void
  /** Numbers below `next` that nobody has named for this gateway. */
  missing(gateway: Hex, next: number): number[]
  all(): Iterable<BatchEntry>
}

/** Every field, in one order: two anchors are the same only when nothing differs. */
const keyOf = (a: Anchor): string =>
  [
    ...[a.gateway, a.seq, a.batchRoot, a.logRoot, a.logSize, a.count, a.tMinMs, a.tMaxMs, a.dataHash],
    ...[a.anchoredAtMs, a.blockNumber, a.blockHash, a.txHash, a.logIndex],
  ].join(' ')
const isEarlier = (a: Anchor, b: Anchor): boolean =>
  a.blockNumber < b.blockNumber || (a.blockNumber === b.blockNumber && a.logIndex < b.logIndex)

/** After this many tries in vain nobody waits for a batch any longer. */
export const PASSED_AFTER_TRIES = 2

/** Looked into as far as possible: checked, refused, or tried in vain often enough to go on without it. */
const isPassed = ({ state, tries }: BatchEntry): boolean =>
  state === 'checked' || state === 'refused' || tries >= PASSED_AFTER_TRIES

export function createBatchBook(): BatchBook {
  const entries = new Map<string, BatchEntry>()
  const gateways = new Map<Hex, Map<number, BatchEntry>>() // confirmed ones only
  let sorted: BatchEntry[] = [] // by place, the oldest first
  let holesAreFinal = false

  const seqsOf = (gateway: Hex): Map<number, BatchEntry> => {
    let seqs = gateways.get(gateway)
    if (!seqs) {
      seqs = new Map()
      gateways.set(gateway, seqs)
    }
    return seqs
  }
  const insert = (entry: BatchEntry): void => {
    let at = 0
    let end = sorted.length
    while (at < end) {
      const middle = (at + end) >> 1
      if (isEarlier(sorted[middle]!.batch.anchor, entry.batch.anchor)) at = middle + 1
      else end = middle
    }
    sorted.splice(at, 0, entry)
  }
  const confirm = (entry: BatchEntry): void => {
    if (entry.state === 'named') entry.state = 'ready'
    const { gateway, seq } = entry.batch.anchor
    if (!seqsOf(gateway).has(seq)) seqsOf(gateway).set(seq, entry)
  }
  const remove = (entry: BatchEntry): void => {
    entry.state = 'gone'
    entries.delete(entry.key)
    sorted = sorted.filter((other) => other !== entry)
    const seqs = seqsOf(entry.batch.anchor.gateway)
    if (seqs.get(entry.batch.anchor.seq) === entry) seqs.delete(entry.batch.anchor.seq)
  }
  /** The last batch of a gateway at or before a place; undefined when numbers around it are missing. */
  const lastBefore = (seqs: Map<number, BatchEntry>, anchor: Anchor): number => {
    let seq = -1
    for (const entry of seqs.values()) {
      if (entry.batch.anchor.seq > seq && isEarlier(entry.batch.anchor, anchor)) seq = entry.batch.anchor.seq
    }
    return seq
  }

  return {
    get size() {
      return entries.size
    },
    get known() {
      let n = 0
      for (const seqs of gateways.values()) n += seqs.size
      return n
    },
    backlog(fromMs) {
      let frames = 0
      for (const { state, batch } of sorted) {
        const open = state === 'named' || state === 'ready' || state === 'busy'
        if (open && batch.anchor.anchoredAtMs >= fromMs) frames += batch.anchor.count
      }
      return frames
    },
    add(anchor, confirmed) {
      const key = keyOf(anchor)
      const known = entries.get(key)
      if (known) {
        if (confirmed && known.state === 'named') {
          confirm(known)
          return known
        }
        return null
      }
      const entry: BatchEntry = {
        key,
        batch: createBatchCase(anchor),
        state: 'named',
        records: [],
        refusedBody: null,
        tries: 0,
        notBeforeMs: 0,
      }
      entries.set(key, entry)
      insert(entry)
      if (confirmed) confirm(entry)
      return entry
    },
    confirm,
    next(nowMs, toBlock, fromMs) {
      for (let i = sorted.length - 1; i >= 0; i--) {
        const entry = sorted[i]!
        const { anchor } = entry.batch
        if (anchor.anchoredAtMs < fromMs) return null
        const open = entry.state === 'ready' || entry.state === 'named'
        if (open && entry.notBeforeMs <= nowMs && anchor.blockNumber <= toBlock) return entry
      }
      return null
    },
    withdrawFrom(blockNumber) {
      const gone = sorted.filter(({ batch }) => batch.anchor.blockNumber >= blockNumber)
      for (const entry of gone) remove(entry)
      return gone
    },
    remove,
    isSettled(record) {
      const { anchor } = record.batch
      // the clock rule already refuses a frame that came this much before its time, so older batches cannot hold it rightly
      const sinceMs = record.toMs - CLOCK_AHEAD_MS
      for (const [gateway, seqs] of gateways) {
        const from = gateway === anchor.gateway ? anchor.seq - 1 : lastBefore(seqs, anchor)
        for (let seq = from; seq >= 0; seq--) {
          const earlier = seqs.get(seq)
          if (!earlier && holesAreFinal) continue
          if (!earlier) return false
          if (earlier.batch.anchor.anchoredAtMs < sinceMs) break
          if (!isPassed(earlier)) return false
        }
      }
      return true
    },
    isComplete() {
      if (sorted.length === 0) return false
      for (const seqs of gateways.values()) {
        for (let seq = 0; seq < seqs.size; seq++) {
          const entry = seqs.get(seq)
          if (!entry || !isPassed(entry)) return false
        }
      }
      return true
    },
    bySeq: (gateway, seq) => gateways.get(gateway)?.get(seq),
    closeHoles() {
      holesAreFinal = true
    },
    missing(gateway, next) {
      const seqs = seqsOf(gateway)
      if (seqs.size === next) return []
      return Array.from({ length: next }, (_, seq) => seq).filter((seq) => !seqs.has(seq))
    },
    all: () => sorted,
  }
}
