import type { Hex } from '../../src/base/hex.ts'
import type { Clock } from '../../src/chain/source.ts'
import type { Witnesses } from '../../src/chain/witnesses.ts'
import type { Anchor } from '../../src/proofs/anchor.ts'
import type { QuorumResult, WitnessAnswer } from '../../src/proofs/quorum.ts'
import { settleQuorum } from '../../src/proofs/quorum.ts'
import type { BatchEntry } from './batchBook.ts'

export interface QuorumWorkParts {
  readonly others: Witnesses // beside the viewer's own endpoint
  readonly needed: number // k; the viewer's own endpoint counts
  readonly own: string // the viewer's own endpoint, for a person
  readonly clock: Clock
  /** The state of a batch changed. */
  onChange(entry: BatchEntry): void
}

/** Puts what the viewer's own endpoint says before the other endpoints. */
export interface QuorumWork {
  /** Settles a batch that the own endpoint knows, at once when it is the only one; else in turn, the newest first. */
  put(entry: BatchEntry): void
  /** What all say of an anchor that was only named, given the own endpoint's answer. */
  settle(own: WitnessAnswer, anchor: Anchor, signal: AbortSignal): Promise<QuorumResult>
  /** Whether enough endpoints, the own one among them, name this hash for the block of that number. */
  agreeOn(number: number, hash: Hex, signal: AbortSignal): Promise<boolean>
  run(signal: AbortSignal): Promise<void>
}

/** While fewer than k agree, the others are asked again after these pauses, the last one for ever. */
const AGAIN_MS = [1_000, 2_000, 5_000, 15_000, 60_000] as const

interface Waiting {
  readonly entry: BatchEntry
  tries: number
  notBeforeMs: number
}

export function createQuorumWork({ others, needed, own, clock, onChange }: QuorumWorkParts): QuorumWork {
  const waiting: Waiting[] = []
  let wake: () => void = () => {}
  const ownKnows: WitnessAnswer = { says: 'knows', who: own, why: '' }

  const apply = ({ batch }: BatchEntry, { state, agreed, asked, note }: QuorumResult): boolean => {
    const changed = batch.anchorState !== state || batch.witnessesAgreed !== agreed || batch.witnessNote !== note
    batch.anchorState = state
    batch.witnessesAgreed = agreed
    batch.witnessesAsked = asked
    batch.witnessNote = note
    return changed
  }
  const next = (): Waiting | null => {
    const nowMs = clock.nowMs()
    for (let i = waiting.length - 1; i >= 0; i--) if (waiting[i]!.notBeforeMs <= nowMs) return waiting.splice(i, 1)[0]!
    return null
  }
  const isGone = ({ entry }: Waiting): boolean => entry.state === 'gone' || entry.batch.anchorState === 'withdrawn'

  return {
    put(entry) {
      const alone = settleQuorum([ownKnows], needed)
      apply(entry, others.size === 0 ? alone : { ...alone, state: 'claimed', asked: 1 + others.size })
      if (others.size === 0) return
      waiting.push({ entry, tries: 0, notBeforeMs: 0 })
      wake()
    },
    async settle(ownAnswer, anchor, signal) {
      return settleQuorum([ownAnswer, ...(await others.ask(anchor, signal))], needed)
    },
    agreeOn: async (number, hash, signal) => 1 + (await others.countHash(number, hash, signal)) >= needed,
    async run(signal) {
      signal.addEventListener('abort', () => wake())
      while (!signal.aborted) {
        const one = next()
        if (!one) {
          const pause = waiting.length > 0 ? clock.sleep(AGAIN_MS[0], signal) : null
          const woken = new Promise<void>((resolve) => {
            wake = resolve
          })
          await (pause ? Promise.race([pause, woken]) : woken)
          continue
        }
        if (isGone(one)) continue
        let result: QuorumResult
        try {
          result = settleQuorum([ownKnows, ...(await others.ask(one.entry.batch.anchor, signal))], needed)
        } catch (error) {
          if (signal.aborted) return
          throw error
        }
        if (isGone(one)) continue
        if (apply(one.entry, result)) onChange(one.entry)
        if (result.state === 'confirmed') continue
        // a contradiction is looked into again as well: endpoints come to their senses, and reorgs pass
        one.notBeforeMs = clock.nowMs() + AGAIN_MS[Math.min(one.tries++, AGAIN_MS.length - 1)]!
        waiting.unshift(one)
      }
    },
  }
}
