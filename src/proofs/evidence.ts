import { z } from 'zod'
import { fromBase64url, toBase64url } from '../base/base64url.ts'
import { canonicalJson } from '../base/canonicalJson.ts'
import { TwinError } from '../base/errors.ts'
import { type Origin, settleOrigin, type Tag, tagOfOrigin } from '../base/honesty.ts'
import { metricById } from '../model/device.ts'
import { type FrameExplanation, SHOWN_VERDICTS, VERDICT_WORDS, VERDICTS, type Verdict } from '../model/trust.ts'
import type { Bundle } from './bundle.ts'
import type { ProofCrypto } from './crypto.ts'
import { decodeBundle } from './decodeBundle.ts'
import { type DeviceEntry, ORIGIN_CODES } from './directory.ts'
import { encodeBundle } from './encodeBundle.ts'
import { explainFrame } from './explain.ts'
import { explainBatch } from './explainBatch.ts'
import { frameKey } from './frameRow.ts'
import { type FeederModel, feederModelSchema } from './plausibility/feederModel.ts'
import { type BundleOptions, type CheckedBundle, type ProofTools, verifyBundle } from './verifyBundle.ts'

z.config({ jitless: true })

const FORMAT = 'veracity-evidence'
/** What is exported where a verdict rests on no bytes. */
export const NOTICE_FORMAT = 'veracity-notice'
const VERSION = 1

/**
 * Verdicts that the bytes, the batch and the directory decide: an offline re-check reaches the same one. DATA_MISSING
 * is among them where something was delivered that is not what was anchored; of nothing there is no evidence.
 */
export const OFFLINE_VERDICTS: readonly Verdict[] = [
  'OK',
  'BAD_SIGNATURE',
  'UNKNOWN_DEVICE',
  'REVOKED',
  'DUPLICATE',
  'WRONG_DOMAIN',
  'GAP',
  'LOG_FORK',
  'PROOF_FAILED',
  'DATA_MISSING',
  'CLOCK_SKEW',
  'IMPLAUSIBLE',
  'MALFORMED',
  'BAD_PROOF',
]

/** The origin that goes with a device's readings, and whether it may be called measured. */
function originOf(device: DeviceEntry | null, chainId: number, directoryProven: boolean): { origin: Origin; tag: Tag } {
  const claimed = ORIGIN_CODES[device?.registration?.origin ?? 2] ?? 'simulated'
  const origin = settleOrigin(claimed, chainId, device?.sawSimulated ?? true, directoryProven && device !== null)
  return { origin, tag: tagOfOrigin(origin) }
}

export interface EvidenceParts {
  readonly explanation: FrameExplanation
  readonly device: DeviceEntry | null
  readonly directoryProven: boolean
  readonly bundle: Bundle // with the frame, and whatever frames and anchors its verdict rests on
  readonly model?: FeederModel | null // of the feeder, when the verdict rests on it too
}

/**
 * A frame's verdict as a self-contained file: what was found, in words and numbers, and the bytes to find it again.
 *
 * Returns  canonical JSON; `bundle` in it is a whole bundle in base64url
 */
export function buildEvidence(tools: Pick<ProofTools, 'crypto'>, parts: EvidenceParts): string {
  const { explanation, device, directoryProven, bundle, model } = parts
  const { frame } = explanation
  const { origin, tag } = originOf(device, explanation.chainId, directoryProven)
  const shown = SHOWN_VERDICTS.includes(frame.verdict)
  const numberOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null)
  return canonicalJson({
    format: FORMAT,
    version: VERSION,
    statement: `${VERDICT_WORDS[frame.verdict].title}. ${VERDICT_WORDS[frame.verdict].sentence}`,
    recheck: OFFLINE_VERDICTS.includes(frame.verdict)
      ? 'npx veracity verify FILE'
      : 'npx veracity verify FILE --rpc URL',
    chainId: explanation.chainId,
    witnesses: explanation.witnesses,
    frame: {
      ...frame,
      fromMs: numberOrNull(frame.fromMs),
      toMs: numberOrNull(frame.toMs),
      clockOffsetMs: numberOrNull(frame.clockOffsetMs),
    },
    device: device && { address: device.address, title: device.document?.title ?? null, origin },
    checks: explanation.checks,
    readings: explanation.readings.map(({ metric, timeMs, value }) => ({
      metric,
      key: metricById.get(metric)?.key ?? null,
      unit: metricById.get(metric)?.unit ?? null,
      timeMs,
      value,
      source: frame.claimedDevice,
      origin,
      tag: shown ? tag : 'assumed', // refused: somebody's claim, and no more
    })),
    ...(model ? { model } : {}), // modelled, as its name says: a premise of the verdict, not a proof
    bundle: toBase64url(encodeBundle(tools.crypto, bundle)),
  })
}

const evidenceFile = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  chainId: z.number().int().positive(),
  frame: z.object({ key: z.string().regex(/^0x[0-9a-f]{64}$/), verdict: z.enum(VERDICTS) }),
  readings: z.array(
    z.object({
      metric: z.number(),
      timeMs: z.number(),
      value: z.number(),
      origin: z.enum(['real-device', 'replayed', 'simulated']),
      tag: z.enum(['measured', 'modelled', 'assumed']),
    }),
  ),
  model: feederModelSchema.optional(),
  bundle: z.string(),
})

/** What a re-check of an evidence file found. */
export interface CheckedEvidence {
  readonly checked: CheckedBundle
  readonly explanation: FrameExplanation
  readonly stated: Verdict
  /** Sentences that say where the file and its own bytes contradict each other; empty when they agree. */
  readonly contradictions: readonly string[]
}

/** Reads an evidence file without judging it. Throws FORMAT_BROKEN, BUNDLE_BROKEN. */
export function readEvidence(json: string, crypto: ProofCrypto) {
  const value = parse(json)
  if (isNotice(value)) {
    throw new TwinError(
      'FORMAT_BROKEN',
      'The file is a notice, not evidence: it has words, and no bytes to check again.',
    )
  }
  const file = evidenceFile.safeParse(value)
  if (!file.success) throw new TwinError('FORMAT_BROKEN', 'The file is no evidence of this program, or was cut.')
  const bytes = fromBase64url(file.data.bundle)
  if (!bytes) throw new TwinError('BUNDLE_BROKEN', 'The bundle inside the evidence is not base64url.')
  return { ...file.data, bundle: decodeBundle(crypto, bytes) }
}

/**
 * Reads an evidence file and judges its frame again from the bytes in it, believing none of its words.
 *
 * Throws   FORMAT_BROKEN when it is no evidence file, BUNDLE_BROKEN when its bundle is not readable
 */
export async function verifyEvidence(
  json: string,
  tools: ProofTools,
  options: BundleOptions = {},
): Promise<CheckedEvidence> {
  const { frame, readings, chainId, bundle, model = null } = readEvidence(json, tools.crypto)
  const checked = await verifyBundle(bundle, tools, { model, ...options })
  const record = checked.records.find((one) => frameKey(tools.crypto, one) === frame.key)
  const refused = record ? undefined : checked.faults.find(({ anchor }) => anchor.dataHash === frame.key)
  const explanation = record
    ? explainFrame(tools.crypto, checked.domain, record)
    : refused && explainRefused(refused, chainId)
  if (!explanation) throw new TwinError('BUNDLE_BROKEN', 'The evidence does not hold the message it speaks of.')
  const contradictions: string[] = []
  const found = explanation.frame.verdict
  const decidable = OFFLINE_VERDICTS.includes(frame.verdict) || options.witness !== undefined
  if (decidable && found !== frame.verdict) contradictions.push(`It states ${frame.verdict}; its bytes say ${found}.`)
  if (chainId !== checked.domain.chainId)
    contradictions.push(`It states chain ${chainId}; its bytes say ${checked.domain.chainId}.`)
  // the most that could be believed if the directory were proven; a file may state less, never more
  const believable = originOf(record?.device ?? null, checked.domain.chainId, true)
  const best = SHOWN_VERDICTS.includes(found) ? believable.tag : 'assumed'
  if (readings.some(({ origin }) => origin !== 'simulated' && origin !== believable.origin)) {
    contradictions.push('It gives readings another origin than their device has.')
  }
  if (best !== 'measured' && readings.some(({ tag }) => tag === 'measured')) {
    contradictions.push('It calls readings measured that are not.')
  }
  const sameReadings =
    readings.length === explanation.readings.length &&
    explanation.readings.every((r, i) => {
      const stated = readings[i]!
      return stated.metric === r.metric && stated.timeMs === r.timeMs && stated.value === r.value
    })
  if (!sameReadings) contradictions.push('It lists other readings than the message holds.')
  return { checked, explanation, stated: frame.verdict, contradictions }
}

const explainRefused = ({ anchor, fault }: CheckedBundle['faults'][number], chainId: number): FrameExplanation =>
  explainBatch(anchor, fault.verdict, fault.sentence, chainId, 'no chain endpoint asked')

const isNotice = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'format' in value && value.format === NOTICE_FORMAT

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}
