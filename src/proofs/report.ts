import type { DeviceRow, FrameExplanation, ProofLevel, Verdict } from '../model/trust.ts'
import { SHOWN_VERDICTS } from '../model/trust.ts'
import type { ProofCrypto } from './crypto.ts'
import { explainFrame } from './explain.ts'
import { levelOf, verdictOf } from './judge.ts'
import type { CheckedBundle } from './verifyBundle.ts'

/** What a check of a file found, counted. */
export interface BundleReport {
  readonly title: string
  readonly chainId: number
  readonly recordedAtMs: number
  readonly frames: number
  readonly readings: number // of frames that may be shown
  readonly verdicts: Readonly<Partial<Record<Verdict, number>>>
  readonly ladder: Readonly<Partial<Record<ProofLevel, number>>>
  readonly rejected: number // frames, and batches refused whole
  readonly refusedBatches: readonly {
    readonly gateway: string
    readonly batch: number
    readonly verdict: Verdict
    readonly sentence: string
  }[]
  readonly devices: readonly DeviceRow[]
}

export function reportOf(checked: CheckedBundle): BundleReport {
  const { bundle, records, faults, directory, directoryProven } = checked
  const verdicts: Partial<Record<Verdict, number>> = {}
  const ladder: Partial<Record<ProofLevel, number>> = {}
  let readings = 0
  let rejected = faults.length
  for (const record of records) {
    const verdict = verdictOf(record)
    const level = levelOf(record)
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1
    ladder[level] = (ladder[level] ?? 0) + 1
    if (SHOWN_VERDICTS.includes(verdict)) readings += record.count
    else rejected++
  }
  return {
    title: bundle.title,
    chainId: bundle.chainId,
    recordedAtMs: bundle.recordedAtMs,
    frames: records.length,
    readings,
    verdicts,
    ladder,
    rejected,
    refusedBatches: faults.map(({ anchor, fault }) => ({
      gateway: anchor.gateway,
      batch: anchor.seq,
      verdict: fault.verdict,
      sentence: fault.sentence,
    })),
    devices: directory.rows(bundle.chainId, directoryProven),
  }
}

/** Explanations of frames that may not be shown, at most `limit`. */
export const explainRejected = (crypto: ProofCrypto, checked: CheckedBundle, limit: number): FrameExplanation[] =>
  checked.records
    .filter((record) => !SHOWN_VERDICTS.includes(verdictOf(record)))
    .slice(0, limit)
    .map((record) => explainFrame(crypto, checked.domain, record))
