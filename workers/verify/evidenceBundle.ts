import type { Anchor } from '../../src/proofs/anchor.ts'
import type { Bundle, BundleContracts, BundleHeader, BundlePart } from '../../src/proofs/bundle.ts'
import type { ProofCrypto } from '../../src/proofs/crypto.ts'
import { comparePlaces } from '../../src/proofs/deviceChain.ts'
import type { FrameRecord } from '../../src/proofs/frameRecord.ts'
import { createTreeHash, inclusionPath } from '../../src/proofs/merkle.ts'
import { speaksOfOthers } from '../../src/proofs/plausibility/surroundings.ts'

/** What an evidence bundle is cut from. */
export interface EvidenceGround {
  readonly crypto: ProofCrypto
  readonly title: string
  readonly chainId: number
  readonly contracts: BundleContracts
  readonly nowMs: number
  readonly headBlock: number
  /** All frames of the record's batch in order, for its path. */
  framesOf(record: FrameRecord): readonly Uint8Array[]
  /** Other frames of the same device and epoch. */
  relatives(record: FrameRecord): readonly FrameRecord[]
  /** The frames beside which the record was judged. */
  around(record: FrameRecord): Iterable<FrameRecord>
  /** All anchors of the gateway up to this one, from its first; empty when they are not all known. */
  logOf(anchor: Anchor): readonly Anchor[]
  /** Headers and nodes that prove the record's batch, or fail to; empty when there are none. */
  headersOf(record: FrameRecord): readonly BundleHeader[]
}

/** Beyond this many anchors the log is left out and stays "unknown" offline. */
const MAX_LOG = 20_000

/** A bundle with one frame, and what its verdict rests on: the frame it repeats, the one before the gap, those that contradict it. */
export function cutEvidence(ground: EvidenceGround, record: FrameRecord): Bundle {
  const { crypto, chainId, contracts } = ground
  const tree = createTreeHash(crypto.keccak256)
  const contradicting = record.contradicted === null ? [] : [...ground.around(record)].filter(speaksOfOthers)
  const records = [...new Set([record, ...witnessesAmong(ground.relatives(record), record), ...contradicting])]
  const log = ground.logOf(record.batch.anchor)
  const anchors = unique([...records.map(({ batch }) => batch.anchor), ...(log.length <= MAX_LOG ? log : [])])
  const partOf = (one: FrameRecord): BundlePart => {
    const leaves = ground.framesOf(one).map((frame) => tree.leaf(frame))
    const { index } = one.place
    const path = leaves.length > index ? inclusionPath(tree, leaves, index) : []
    return {
      anchor: anchors.findIndex((anchor) => placeKey(anchor) === placeKey(one.batch.anchor)),
      index,
      frame: one.bytes,
      path,
    }
  }
  const devices = [...new Set(records.flatMap(({ device }) => device ?? []))]
  return {
    title: ground.title,
    chainId,
    contracts,
    recordedAtMs: ground.nowMs,
    headBlock: ground.headBlock,
    devices: devices.flatMap(({ registration, document }) => (registration ? { registration, document } : [])),
    statuses: devices.flatMap(({ revocation }) => revocation ?? []),
    anchors,
    parts: records.map(partOf),
    headers: ground.headersOf(record),
  }
}

/** A bundle with the body that was delivered for an anchor, and the gateway's log up to it. */
export function cutBatchEvidence(ground: EvidenceGround, anchor: Anchor, body: Uint8Array): Bundle {
  const log = ground.logOf(anchor)
  const anchors = unique([anchor, ...(log.length <= MAX_LOG ? log : [])])
  return {
    title: ground.title,
    chainId: ground.chainId,
    contracts: ground.contracts,
    recordedAtMs: ground.nowMs,
    headBlock: ground.headBlock,
    devices: [],
    statuses: [],
    anchors,
    parts: [{ anchor: anchors.findIndex((one) => placeKey(one) === placeKey(anchor)), body }],
    headers: [],
  }
}

function witnessesAmong(relatives: readonly FrameRecord[], record: FrameRecord): FrameRecord[] {
  if (record.fault !== null || record.signature !== 'valid') return []
  const end = record.seqFirst + record.count
  const taken = relatives.filter((other) => other !== record && other.standing !== 'duplicate')
  if (record.standing === 'duplicate') {
    return taken.filter((other) => other.seqFirst < end && other.seqFirst + other.count > record.seqFirst)
  }
  const before = taken.filter((other) => other.seqFirst < record.seqFirst)
  return before.length > 0 ? [before.reduce((last, other) => (other.seqFirst > last.seqFirst ? other : last))] : []
}

const placeKey = ({ blockNumber, logIndex }: Anchor): string => `${blockNumber} ${logIndex}`

/** Each anchor once, in the order a bundle wants. */
function unique(anchors: readonly Anchor[]): Anchor[] {
  const place = (a: Anchor) => ({ blockNumber: a.blockNumber, logIndex: a.logIndex, index: 0 })
  return [...new Map(anchors.map((anchor) => [placeKey(anchor), anchor])).values()].sort((a, b) =>
    comparePlaces(place(a), place(b)),
  )
}
