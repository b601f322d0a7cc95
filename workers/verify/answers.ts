import { canonicalJson } from '../../src/base/canonicalJson.ts'
import type { Hex } from '../../src/base/hex.ts'
import type { FrameExplanation } from '../../src/model/trust.ts'
import type { Anchor } from '../../src/proofs/anchor.ts'
import { NO_BATCH } from '../../src/proofs/awaited.ts'
import type { BundleContracts, BundleHeader } from '../../src/proofs/bundle.ts'
import type { BatchChecker } from '../../src/proofs/checkBatch.ts'
import type { ProofCrypto } from '../../src/proofs/crypto.ts'
import { buildEvidence, NOTICE_FORMAT } from '../../src/proofs/evidence.ts'
import { explainFrame } from '../../src/proofs/explain.ts'
import type { FrameDomain } from '../../src/proofs/frame.ts'
import type { FrameRecord } from '../../src/proofs/frameRecord.ts'
import { cutBatchEvidence, cutEvidence } from './evidenceBundle.ts'
import type { FrameBook } from './frameBook.ts'
import type { Notices } from './notices.ts'
import type { Pipeline } from './pipeline.ts'

export interface AnswersGround {
  readonly crypto: ProofCrypto
  readonly domain: FrameDomain
  readonly title: string
  readonly contracts: BundleContracts
  readonly frames: FrameBook
  readonly notices: Notices
  readonly directoryProven: boolean
  readonly checker: BatchChecker
  nowMs(): number
  headBlock(): number
  /** All frames of a record's batch, in order. */
  batchOf(record: FrameRecord): readonly FrameRecord[]
  anchorAt(gateway: Hex, seq: number): Anchor | undefined
  headersOf(record: FrameRecord): readonly BundleHeader[]
  /** A batch by the hash of its body, with the body that was refused whole in its place; null when there is none. */
  refused(dataHash: Hex): { readonly anchor: Anchor; readonly body: Uint8Array } | null
}

/** Answers to what a person asks about single frames. */
export function createAnswers(
  ground: AnswersGround,
): Pick<Pipeline, 'explain' | 'evidence' | 'framesOf' | 'bytesOf' | 'judge'> {
  const { crypto, domain, frames, notices } = ground

  const explain = (key: Hex): FrameExplanation | null => {
    const record = frames.find(key)
    return record ? explainFrame(crypto, domain, record) : notices.explain(key)
  }
  /** The gateway's anchors from its first to this one, or none when some are not known here. */
  const logOf = (anchor: Anchor): Anchor[] => {
    const log: Anchor[] = []
    for (let seq = 0; seq < anchor.seq; seq++) {
      const known = ground.anchorAt(anchor.gateway, seq)
      if (!known) return []
      log.push(known)
    }
    return [...log, anchor]
  }

  return {
    explain,
    framesOf: frames.framesOf,
    bytesOf: (key) => frames.find(key)?.bytes.slice() ?? null,
    async judge(key, bytes) {
      const record = frames.find(key)
      if (!record) return null
      const [altered] = await ground.checker.checkFrames(
        [{ bytes, index: record.place.index, inclusionFault: null }],
        record.batch,
      )
      if (!altered) return null
      // as if its gateway had anchored it in place of the original, with nothing else changed
      const { standing, missingBefore } = record
      return explainFrame(crypto, domain, { ...altered, standing, missingBefore, settled: true })
    },
    evidence(key) {
      const explanation = explain(key)
      if (!explanation) return null
      const record = frames.find(key)
      const { contracts } = ground
      const evidenceGround = {
        crypto,
        title: ground.title,
        chainId: domain.chainId,
        contracts: { directory: contracts.directory, status: contracts.status, anchorLog: contracts.anchorLog },
        nowMs: Math.floor(ground.nowMs()),
        headBlock: ground.headBlock(),
        framesOf: (one: FrameRecord) => ground.batchOf(one).map(({ bytes }) => bytes),
        relatives: (one: FrameRecord) => frames.relatives(one),
        around: (one: FrameRecord) => frames.around(one),
        logOf,
        headersOf: (one: FrameRecord) => ground.headersOf(one),
      }
      // a frame ahead of its anchor proves nothing to others
      if (!record || record.batch.anchor.seq === NO_BATCH) {
        const refused = ground.refused(key)
        if (refused) {
          const bundle = cutBatchEvidence(evidenceGround, refused.anchor, refused.body)
          return buildEvidence({ crypto }, { explanation, device: null, directoryProven: false, bundle })
        }
        // of a head, or of a batch that nobody delivers, there are no bytes; the words are all there is,
        // and no reading goes out without the proof that says whose it is
        return canonicalJson({
          format: NOTICE_FORMAT,
          version: 1,
          ...explanation,
          readings: [],
          frame: namedNumbers(explanation),
        })
      }
      const bundle = cutEvidence(evidenceGround, record)
      return buildEvidence(
        { crypto },
        {
          explanation,
          device: record.device,
          directoryProven: ground.directoryProven,
          bundle,
          model: record.contradicted === null ? null : frames.modelFor(record),
        },
      )
    },
  }
}

/** JSON knows no NaN; a number that is not known is null there. */
const namedNumbers = ({ frame }: FrameExplanation): Record<string, unknown> =>
  Object.fromEntries(Object.entries(frame).map(([name, value]) => [name, Number.isNaN(value) ? null : value]))
