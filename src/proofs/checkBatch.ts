import { toHex } from '../base/hex.ts'
import { type Batch, decodeBatch } from './batch.ts'
import type { ProofCrypto } from './crypto.ts'
import { decodeFrame, decodeReadings, type ReadingSlots } from './decodeFrame.ts'
import { createDigester, frameHash, inDomain } from './digest.ts'
import type { DeviceEntry, Directory } from './directory.ts'
import { createFrameView, type FrameDomain, type FrameView, MAX_READINGS } from './frame.ts'
import type { BatchCase, FrameRecord } from './frameRecord.ts'
import { createTreeHash, rootOf } from './merkle.ts'
import type { P256Verifier } from './p256.ts'
import { implausibility } from './plausibility/implausibility.ts'

export interface CheckerParts {
  readonly crypto: ProofCrypto
  /** Null where the browser withholds WebCrypto (a page that came neither over https nor from localhost). */
  readonly p256: P256Verifier | null
  readonly domain: FrameDomain
  readonly directory: Directory
  /** Whether exactly these bytes were found well signed before, so that the costly part need not be done again. */
  isSigned?(bytes: Uint8Array): boolean
  /** Called between portions of frames, so that whoever shares the thread gets a turn. */
  pause?(): Promise<void>
}

/** Why a whole body is refused. */
export interface BodyFault {
  readonly verdict: 'DATA_MISSING' | 'MALFORMED' | 'BAD_PROOF'
  readonly sentence: string
}

/** Checks what the bytes themselves decide. One per thread: it owns scratch memory. */
export interface BatchChecker {
  /**
   * Checks a batch body against its anchor, and every frame in it.
   *
   * Returns  one record per frame, standing and settled still to be decided; or why the body is no batch of this
   *          anchor at all (then nothing in it can be told apart)
   */
  checkBody(body: Uint8Array, batch: BatchCase): Promise<FrameRecord[] | BodyFault>
  /** Checks frames whose inclusion was judged elsewhere. `index` is each frame's position in its batch. */
  checkFrames(
    frames: readonly { readonly bytes: Uint8Array; readonly index: number; readonly inclusionFault: string | null }[],
    batch: BatchCase,
  ): Promise<FrameRecord[]>
}

type Draft = { -readonly [K in keyof FrameRecord]: FrameRecord[K] }
const NONE = new Uint8Array(0)
const PORTION = 64 // frames; some 15 ms of secp256k1

export function createBatchChecker(parts: CheckerParts): BatchChecker {
  const { crypto, p256, domain, directory } = parts
  const digester = createDigester(crypto)
  const tree = createTreeHash(crypto.keccak256)
  const view = createFrameView()
  const slots: ReadingSlots = {
    metric: new Uint16Array(MAX_READINGS),
    timeMs: new Float64Array(MAX_READINGS),
    value: new Float64Array(MAX_READINGS),
  }

  /** Whether a device known by its address alone signed this: the recovered key must hash to it, and is kept then. */
  const learnSigner = (device: DeviceEntry, { signature }: FrameView, digest: Uint8Array): boolean =>
    ([0, 1] as const).some((id) => {
      const key = crypto.recoverSecp256k1(signature, id, digest)
      return key !== null && directory.learnKey(device, key)
    })

  /** Asks for the signature: an answer at once for secp256k1, a promise for P-256. */
  const signatureOf = (device: DeviceEntry, frame: FrameView): FrameRecord['signature'] | Promise<boolean> => {
    const registration = device.registration
    if (!registration || registration.curve !== frame.curve) return 'invalid'
    // the key follows from the address, and the address stands in the bytes
    if (parts.isSigned?.(frame.bytes)) return 'valid'
    if (frame.curve === 'secp256k1') {
      const digest = digester.digest(frame)
      if (registration.publicKey.length === 0) return learnSigner(device, frame, digest) ? 'valid' : 'invalid'
      return crypto.verifySecp256k1(frame.signature, registration.publicKey, digest) ? 'valid' : 'invalid'
    }
    return p256 ? p256.verify(frame.signature, registration.publicKey, digester.preimage(frame)) : 'unavailable'
  }

  const draftOf = (bytes: Uint8Array, index: number, batch: BatchCase, inclusionFault: string | null): Draft => {
    const fault = decodeFrame(bytes, view)
    const { blockNumber, logIndex } = batch.anchor
    if (fault !== null)
      return { ...EMPTY, bytes, batch, fault, inclusionFault, place: { blockNumber, logIndex, index } }
    decodeReadings(view, slots, 0)
    const device = directory.find(view.device)
    return {
      bytes,
      batch,
      fault: null,
      inDomain: inDomain(view, domain),
      device,
      claimedDevice: view.device,
      curve: view.curve,
      epoch: view.epoch,
      seqFirst: view.seqFirst,
      count: view.count,
      prev: view.prev,
      signedHash: frameHash(crypto, view),
      signature: 'not-asked',
      inclusionFault,
      implausible: implausibility(slots, 0, view.count),
      fromMs: view.t0Ms,
      toMs: view.toMs,
      simulated: view.simulated,
      place: { blockNumber, logIndex, index },
      standing: 'open',
      missingBefore: 0,
      contradicted: null,
      settled: false,
    }
  }

  const checkFrames: BatchChecker['checkFrames'] = async (frames, batch) => {
    const waiting: Promise<void>[] = []
    const records: Draft[] = []
    for (const { bytes, index, inclusionFault } of frames) {
      if (parts.pause && records.length > 0 && records.length % PORTION === 0) await parts.pause()
      const draft = draftOf(bytes, index, batch, inclusionFault)
      records.push(draft)
      if (draft.fault !== null || !draft.inDomain || !draft.device) continue
      const answer = signatureOf(draft.device, view)
      if (typeof answer === 'string') draft.signature = answer
      else {
        waiting.push(
          answer.then((valid) => {
            draft.signature = valid ? 'valid' : 'invalid'
          }),
        )
      }
    }
    if (waiting.length > 0) await Promise.all(waiting)
    // only a device itself can say that it is simulated: a forged bit says nothing about it
    for (const { device, simulated, signature } of records) {
      if (device && simulated && signature === 'valid') directory.markSimulated(device)
    }
    return records
  }

  return {
    checkFrames,
    async checkBody(body, batch) {
      const { anchor } = batch
      if (toHex(crypto.keccak256(body)) !== anchor.dataHash) {
        return { verdict: 'DATA_MISSING', sentence: 'What was delivered does not hash to what was anchored.' }
      }
      const decoded = decodeBatch(body)
      if (typeof decoded === 'string') return { verdict: 'MALFORMED', sentence: decoded }
      const fault = mismatch(decoded, batch)
      if (fault) return { verdict: 'BAD_PROOF', sentence: fault }
      const root = rootOf(
        tree,
        decoded.frames.map((frame) => tree.leaf(frame)),
      )
      const rootFault =
        toHex(root) === anchor.batchRoot ? null : 'The frames of the batch do not add up to the anchored root.'
      const records = await checkFrames(
        decoded.frames.map((bytes, index) => ({ bytes, index, inclusionFault: rootFault })),
        batch,
      )
      const spanFault = spanMismatch(records, batch)
      return spanFault ? { verdict: 'BAD_PROOF', sentence: spanFault } : records
    },
  }
}

/** Why the anchored time span is not that of the frames; null when it is. Frames that are malformed have no time. */
function spanMismatch(records: readonly FrameRecord[], { anchor }: BatchCase): string | null {
  let fromMs = Infinity
  let toMs = -Infinity
  for (const record of records) {
    if (record.fault !== null) continue
    fromMs = Math.min(fromMs, record.fromMs)
    toMs = Math.max(toMs, record.toMs)
  }
  if (fromMs > toMs || (fromMs === anchor.tMinMs && toMs === anchor.tMaxMs)) return null
  return `The frames span ${fromMs} to ${toMs} ms, anchored were ${anchor.tMinMs} to ${anchor.tMaxMs} ms.`
}

/** Why the body and its anchor speak of different batches; null when they do not. */
function mismatch({ gateway, seq, frames }: Batch, { anchor }: BatchCase): string | null {
  if (toHex(gateway) !== anchor.gateway) return `The batch names gateway ${toHex(gateway)}, expected ${anchor.gateway}.`
  if (seq !== anchor.seq) return `The batch has number ${seq}, expected ${anchor.seq}.`
  if (frames.length !== anchor.count) return `The batch has ${frames.length} frames, ${anchor.count} were anchored.`
  return null
}

const EMPTY = {
  inDomain: false,
  device: null,
  claimedDevice: new Uint8Array(20),
  curve: 'secp256k1',
  epoch: 0,
  seqFirst: 0,
  count: 0,
  prev: NONE,
  signedHash: NONE,
  signature: 'not-asked',
  implausible: null,
  fromMs: NaN,
  toMs: NaN,
  simulated: false,
  standing: 'open',
  missingBefore: 0,
  contradicted: null,
  settled: true,
} as const
