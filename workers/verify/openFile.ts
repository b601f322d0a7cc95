import { TwinError } from '../../src/base/errors.ts'
import { createHttpRpc } from '../../src/chain/rpc.ts'
import type { Fetch } from '../../src/chain/source.ts'
import type { SourcesConfig } from '../../src/chain/sourcesConfig.ts'
import { createBundleWitness } from '../../src/chain/witness.ts'
import type { FrameExplanation, Verdict } from '../../src/model/trust.ts'
import type { Bundle } from '../../src/proofs/bundle.ts'
import { decodeBundle, looksLikeBundle } from '../../src/proofs/decodeBundle.ts'
import { readEvidence, verifyEvidence } from '../../src/proofs/evidence.ts'
import type { IotexCheckpoint } from '../../src/proofs/iotex/checkpoint.ts'
import { type BundleReport, explainRejected, reportOf } from '../../src/proofs/report.ts'
import { type BundleWitness, type ProofTools, verifyBundle } from '../../src/proofs/verifyBundle.ts'

/** A file somebody dropped onto the page, checked. */
export interface OpenedFile {
  readonly kind: 'bundle' | 'evidence'
  readonly report: BundleReport
  /** Of evidence: its one frame. Of a bundle: frames that may not be shown, at most 100. */
  readonly explanations: readonly FrameExplanation[]
  /** Of evidence: what it states, and where it contradicts its own bytes. */
  readonly stated: Verdict | null
  readonly contradictions: readonly string[]
  readonly witnessed: boolean // the page's own chain endpoint was asked
}

const MAX_EXPLAINED = 100
const MAX_BYTES = 64_000_000

/**
 * Checks a bundle or an evidence file. When the page reads the very chain and contracts the file speaks of,
 * its endpoint is asked too.
 *
 * Throws   FORMAT_UNKNOWN when it is neither, FORMAT_BROKEN, BUNDLE_BROKEN
 */
export async function openFile(bytes: Uint8Array, tools: ProofTools, page: OpenPage): Promise<OpenedFile> {
  if (bytes.length > MAX_BYTES)
    throw new TwinError('FORMAT_UNKNOWN', `The file has ${bytes.length} bytes, expected at most ${MAX_BYTES}.`)
  const pins = page.config?.pins ?? []
  const iotex = { checkpoints: page.checkpoints, nowMs: page.nowMs }
  if (looksLikeBundle(bytes)) {
    const bundle = decodeBundle(tools.crypto, bytes)
    const witness = await witnessFor(bundle, page)
    const checked = await verifyBundle(bundle, tools, { pins, iotex, ...(witness ? { witness } : {}) })
    return {
      kind: 'bundle',
      report: reportOf(checked),
      explanations: explainRejected(tools.crypto, checked, MAX_EXPLAINED),
      stated: null,
      contradictions: [],
      witnessed: witness !== null,
    }
  }
  const text = new TextDecoder().decode(bytes)
  if (!text.trimStart().startsWith('{'))
    throw new TwinError('FORMAT_UNKNOWN', 'The file is neither a bundle nor evidence.')
  const witness = await witnessFor(readEvidence(text, tools.crypto).bundle, page)
  const { checked, explanation, stated, contradictions } = await verifyEvidence(text, tools, {
    pins,
    iotex,
    ...(witness ? { witness } : {}),
  })
  return {
    kind: 'evidence',
    report: reportOf(checked),
    explanations: [explanation],
    stated,
    contradictions,
    witnessed: witness !== null,
  }
}

/** What the page knows of chains. */
export interface OpenPage {
  readonly config: SourcesConfig | null
  resolve(path: string): string
  readonly fetch: Fetch
  readonly checkpoints: readonly IotexCheckpoint[]
  readonly nowMs: number
}

async function witnessFor(bundle: Bundle, { config, resolve, fetch }: OpenPage): Promise<BundleWitness | null> {
  const chain = config?.mode === 'live' ? config.chain : null
  const { directory, status, anchorLog } = bundle.contracts
  const same =
    chain?.chainId === bundle.chainId &&
    chain.directory === directory &&
    chain.status === status &&
    chain.anchorLog === anchorLog
  if (!chain || !same) return null
  try {
    const rpc = createHttpRpc(resolve(chain.rpc), fetch)
    return await createBundleWitness([rpc], bundle.chainId, bundle.contracts, AbortSignal.timeout(20_000))
  } catch (error) {
    if (error instanceof TwinError) return null // offline it still reaches level 3, and says so
    throw error
  }
}
