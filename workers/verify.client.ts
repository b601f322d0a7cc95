import { proxy } from 'comlink'
import type { Hex } from '../src/base/hex.ts'
import type { SourcesConfig } from '../src/chain/sourcesConfig.ts'
import type { FrameExplanation, FrameRow } from '../src/model/trust.ts'
import type { ImportReport } from '../src/proofs/imports/readImport.ts'
import type { IotexCheckpoint } from '../src/proofs/iotex/checkpoint.ts'
import type { FeederModel } from '../src/proofs/plausibility/feederModel.ts'
import { openLink, type WorkerEnd } from './lib/link.ts'
import type { OpenedFile } from './verify/openFile.ts'
import type { VerifySink } from './verify/sink.ts'
import type { VerifyApi } from './verify.api.ts'

export type { OpenedFile } from './verify/openFile.ts'
export type { Retraction, VerifySink } from './verify/sink.ts'

/** Verification as the rest of the product sees it: no worker, no comlink, only promises and a sink. */
export interface Verifier {
  /** Begins to verify what the config names; an earlier start ends. Troubles with sources come as status, not as rejections. */
  start(config: SourcesConfig, baseUrl: string, sink: VerifySink): Promise<void>
  stop(): Promise<void>
  /** Every check of a frame, or of the notice that a row with device -1 is; null when it is no longer kept. */
  explain(key: Hex): Promise<FrameExplanation | null>
  /** A frame's verdict as a self-contained JSON file that `veracity verify` re-checks. */
  evidence(key: Hex): Promise<string | null>
  /** The newest frames of a device, newest first. */
  framesOf(device: number, limit: number): Promise<FrameRow[]>
  /** The signed bytes of a frame; null when it is not kept. */
  bytesOf(key: Hex): Promise<Uint8Array | null>
  /** How altered bytes in place of a frame would be judged; null when the frame is not kept. Nothing is kept of them. */
  judge(key: Hex, bytes: Uint8Array): Promise<FrameExplanation | null>
  /** Checks a bundle or evidence file. Rejects with FORMAT_UNKNOWN, FORMAT_BROKEN or BUNDLE_BROKEN. */
  openBundle(bytes: Uint8Array): Promise<OpenedFile>
  /** Who the delegates of IoTeX epochs are, for files opened and recordings started from now on. */
  setCheckpoints(checkpoints: readonly IotexCheckpoint[]): Promise<void>
  /** What a simulation says of the feeders, now and for later starts; null takes it back. Values that do not fit are not believed. */
  setModel(model: FeederModel | null): Promise<void>
  /** Judges signed data of another system, believing these signers (addresses or keys). Rejects with FORMAT_UNKNOWN. */
  openImport(bytes: Uint8Array, signers: readonly string[]): Promise<ImportReport>
  /** Switches the teaching mischief of a local gateway. Rejects with BAD_USAGE or GATEWAY_UNREACHABLE. */
  setMischief(kind: 'none' | 'flip-byte' | 'replay' | 'revoked-signer', device?: Hex | null): Promise<void>
  dispose(): void
}

const spawn = (): WorkerEnd =>
  new Worker(new URL('./verify.worker.ts', import.meta.url), { type: 'module', name: 'verify' }) as WorkerEnd

/** A verifier in a worker of its own. `onDeath` hears when the worker stops; open calls reject with WORKER_DIED. */
export function createVerifier(endpoint: WorkerEnd = spawn(), onDeath: () => void = () => {}): Verifier {
  const link = openLink<VerifyApi>(endpoint, onDeath)
  return {
    start: (config, baseUrl, sink) => link.run((api) => api.start(config, baseUrl, proxy(sink))),
    stop: () => link.run((api) => api.stop()),
    explain: (key) => link.run((api) => api.explain(key)),
    evidence: (key) => link.run((api) => api.evidence(key)),
    framesOf: (device, limit) => link.run((api) => api.framesOf(device, limit)),
    bytesOf: (key) => link.run((api) => api.bytesOf(key)),
    judge: (key, bytes) => link.run((api) => api.judge(key, bytes)),
    openBundle: (bytes) => link.run((api) => api.openFile(bytes)),
    setCheckpoints: (checkpoints) => link.run((api) => api.setCheckpoints(checkpoints)),
    setModel: (model) => link.run((api) => api.setModel(model)),
    openImport: (bytes, signers) => link.run((api) => api.openImport(bytes, signers)),
    setMischief: (kind, device = null) => link.run((api) => api.setMischief(kind, device)),
    dispose: link.close,
  }
}
