import { fromHex, type Hex } from '../base/hex.ts'
import type { Anchor } from './anchor.ts'
import { type Bundle, type BundlePart, isWhole } from './bundle.ts'
import { type BodyFault, type CheckerParts, createBatchChecker } from './checkBatch.ts'
import { decodeFrame } from './decodeFrame.ts'
import { createDeviceChains } from './deviceChains.ts'
import { createDirectory, type Directory, type Registration, type StatusEvent } from './directory.ts'
import { createFrameView, type FrameDomain } from './frame.ts'
import { type BatchCase, createBatchCase, type FrameRecord } from './frameRecord.ts'
import type { HeaderProof } from './header/headerProof.ts'
import { createHeaderJudge } from './header/judgeHeaders.ts'
import { createIotexJudge, IOTEX_CHAINS, type IotexTrust } from './iotex/judgeIotex.ts'
import { createLogCheck } from './logCheck.ts'
import { createTreeHash, verifyInclusion } from './merkle.ts'
import type { FeederModel } from './plausibility/feederModel.ts'
import { createSurroundings, type Surroundings } from './plausibility/surroundings.ts'
import { settleQuorum, type WitnessAnswer } from './quorum.ts'

export type ProofTools = Pick<CheckerParts, 'crypto' | 'p256'>

/** What chain endpoints say about a bundle, when there are any. */
export interface BundleWitness {
  /** What each endpoint says of this very anchor. */
  ask(anchor: Anchor): Promise<readonly WitnessAnswer[]>
  /** How many of them must agree. */
  readonly needed: number
  /** The directory and the revocations as the chain has them; they replace the bundle's own. */
  readonly registrations: readonly Registration[]
  readonly statuses: readonly StatusEvent[]
}

/** A bundle with every frame judged. */
export interface CheckedBundle {
  readonly bundle: Bundle
  readonly domain: FrameDomain
  readonly directory: Directory
  readonly directoryProven: boolean
  readonly batches: readonly BatchCase[] // by anchor
  readonly records: readonly FrameRecord[] // in the order of the parts
  readonly faults: readonly { readonly anchor: Anchor; readonly fault: BodyFault }[]
  readonly surroundings: Surroundings
}

export interface BundleOptions {
  readonly witness?: BundleWitness
  /** Block hashes the viewer knows to be right: enclosed headers that lead to one prove their anchors. */
  readonly pins?: readonly Hex[]
  /** Who the viewer knows to have been the delegates of IoTeX epochs, and the present time, by which they may be too old. */
  readonly iotex?: Omit<IotexTrust, 'chainId'>
  /** What a simulation says of the feeders; values that do not fit it are not believed. */
  readonly model?: FeederModel | null
  /** Called before each part, with the share done; may wait, so that a worker can breathe. */
  readonly onPart?: (fraction: number) => Promise<void> | void
}

/**
 * Checks every frame of a decoded bundle. Without a witness or a pin the highest level is 3: the anchors are the
 * sender's claim.
 *
 * Returns  one record per frame, settled; and the batches whose bodies are no batch of their anchor
 */
export async function verifyBundle(
  bundle: Bundle,
  tools: ProofTools,
  options: BundleOptions = {},
): Promise<CheckedBundle> {
  const { crypto } = tools
  const domain: FrameDomain = { chainId: bundle.chainId, registry: fromHex(bundle.contracts.directory)! }
  const directory = createDirectory(crypto)
  fillDirectory(directory, bundle, options.witness)
  const batches = bundle.anchors.map(createBatchCase)
  const logs = createLogCheck(crypto)
  for (const batch of batches) logs.put(batch)
  logs.settle()

  const checker = createBatchChecker({ ...tools, domain, directory })
  const judgeInclusion = createInclusionJudge(tools)
  const judgeHeader = createHeaderOpinion(crypto, bundle, options)
  const settled = new Set<BatchCase>()
  const records: FrameRecord[] = []
  const faults: { anchor: Anchor; fault: BodyFault }[] = []
  for (const [i, part] of bundle.parts.entries()) {
    await options.onPart?.(i / bundle.parts.length)
    const batch = batches[part.anchor]!
    if (!settled.has(batch)) {
      settled.add(batch)
      if (options.witness) await settleAnchor(batch, options.witness)
      batch.headerProof = judgeHeader(batch)
    }
    const found = isWhole(part)
      ? await checker.checkBody(part.body, batch)
      : await checker.checkFrames(
          [{ bytes: part.frame, index: part.index, inclusionFault: judgeInclusion(part, batch.anchor) }],
          batch,
        )
    if ('verdict' in found) faults.push({ anchor: batch.anchor, fault: found })
    else records.push(...found)
  }

  const chains = createDeviceChains()
  for (const record of records) {
    record.settled = true
    chains.insert(record)
  }
  if (holdsEverything(bundle)) chains.markComplete()
  const surroundings = createSurroundings(directory)
  surroundings.setModel(options.model ?? null)
  for (const record of records) surroundings.put(record)
  for (const record of surroundings.all()) record.contradicted = surroundings.judge(record)
  const directoryProven = options.witness !== undefined
  return { bundle, domain, directory, directoryProven, batches, records, faults, surroundings }
}

function fillDirectory(directory: Directory, bundle: Bundle, witness?: BundleWitness): void {
  for (const registration of witness?.registrations ?? bundle.devices.map((d) => d.registration)) {
    directory.register(registration)
  }
  for (const status of witness?.statuses ?? bundle.statuses) directory.addStatus(status)
  directory.addDocuments(bundle.devices.flatMap(({ document }) => (document ? [document] : [])))
}

async function settleAnchor(batch: BatchCase, witness: BundleWitness): Promise<void> {
  const { state, agreed, asked, note } = settleQuorum(await witness.ask(batch.anchor), witness.needed)
  batch.anchorState = state
  batch.witnessesAgreed = agreed
  batch.witnessesAsked = asked
  batch.witnessNote = note
}

/** A pin is above endpoints; without one that is reached, the block hash that all endpoints confirmed will do. */
function createHeaderOpinion(
  crypto: ProofTools['crypto'],
  { chainId, contracts, headers }: Bundle,
  { pins = [], iotex = { checkpoints: [], nowMs: 0 } }: BundleOptions,
): (batch: BatchCase) => HeaderProof | null {
  if (IOTEX_CHAINS.includes(chainId)) {
    const judge = createIotexJudge(crypto, contracts.anchorLog, headers, { chainId, ...iotex })
    return ({ anchor }) => judge(anchor)
  }
  const judge = createHeaderJudge(crypto, contracts.anchorLog, headers)
  return ({ anchor, anchorState }) => {
    const pinned = judge.judge(anchor, { by: 'pin', hashes: pins })
    const ask = pinned?.state === 'open' && anchorState === 'confirmed'
    return ask ? judge.judge(anchor, { by: 'endpoints', hashes: [anchor.blockHash] }) : pinned
  }
}

function createInclusionJudge({ crypto }: ProofTools) {
  const tree = createTreeHash(crypto.keccak256)
  const view = createFrameView()
  return (part: Exclude<BundlePart, { body: Uint8Array }>, anchor: Anchor): string | null => {
    const root = fromHex(anchor.batchRoot)!
    if (!verifyInclusion(tree, tree.leaf(part.frame), part.index, anchor.count, part.path, root)) {
      return 'Its path does not lead to the anchored root.'
    }
    const fits = decodeFrame(part.frame, view) !== null || (view.t0Ms >= anchor.tMinMs && view.toMs <= anchor.tMaxMs)
    return fits ? null : 'Its time is outside the anchored time span.'
  }
}

/** Whether the bundle has every batch of its gateways from the first on, so that a missing frame is really missing. */
function holdsEverything(bundle: Bundle): boolean {
  const whole = new Set(bundle.parts.filter(isWhole).map(({ anchor }) => anchor))
  const next = new Map<Hex, number>()
  return bundle.anchors.every((anchor, i) => {
    const expected = next.get(anchor.gateway) ?? 0
    next.set(anchor.gateway, expected + 1)
    return anchor.seq === expected && whole.has(i)
  })
}
