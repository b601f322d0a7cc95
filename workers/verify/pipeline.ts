import type { Hex } from '../../src/base/hex.ts'
import type { OpenLiveSocket } from '../../src/chain/liveSocket.ts'
import type { Clock, Fetch, SourceDefinition } from '../../src/chain/source.ts'
import type { SourcesConfig } from '../../src/chain/sourcesConfig.ts'
import type { OpenTextSocket } from '../../src/chain/textSocket.ts'
import type { FrameExplanation, FrameRow } from '../../src/model/trust.ts'
import type { ProofCrypto } from '../../src/proofs/crypto.ts'
import type { IotexCheckpoint } from '../../src/proofs/iotex/checkpoint.ts'
import type { P256Verifier } from '../../src/proofs/p256.ts'
import type { FeederModel } from '../../src/proofs/plausibility/feederModel.ts'
import type { OutboxPort } from './outbox.ts'

/** What a pipeline is made of; tests bring their own transport, clock and sources. */
export interface PipelineParts {
  readonly config: SourcesConfig
  /** A path of the config as an absolute URL. */
  resolve(path: string): string
  readonly fetch: Fetch
  readonly clock: Clock
  readonly crypto: ProofCrypto
  readonly p256: P256Verifier | null
  /** Who the delegates of IoTeX epochs are, as far as the viewer believes somebody. */
  readonly checkpoints?: readonly IotexCheckpoint[]
  readonly port: OutboxPort
  readonly sources: readonly SourceDefinition[]
  /** How to open the live channel: null where there are no sockets and it is polled; absent: it is not used. */
  readonly openSocket?: OpenLiveSocket | null
  /** How to open the chain endpoint's own socket; null or absent: the endpoint is polled. */
  readonly openText?: OpenTextSocket | null
}

/** A running verification: live from a chain, or over a recording. */
export interface Pipeline {
  /** Proves a frame's batch to a block header, as far as the endpoint can. Waits a few seconds at most; never rejects. */
  prove(key: Hex): Promise<void>
  /** Every check of a frame; null when it is not kept (any more). */
  explain(key: Hex): FrameExplanation | null
  /** A frame's verdict as a self-contained file; null when it is not kept. */
  evidence(key: Hex): string | null
  framesOf(device: number, limit: number): FrameRow[]
  /** The signed bytes of a frame, as a copy; null when it is not kept. */
  bytesOf(key: Hex): Uint8Array | null
  /** How altered bytes in place of a frame would be judged. Nothing is kept of them. */
  judge(key: Hex, bytes: Uint8Array): Promise<FrameExplanation | null>
  /** What a simulation says of the feeders; values that do not fit it are not believed. Null takes it back. */
  setModel(model: FeederModel | null): void
  setMischief(kind: string, device: Hex | null): Promise<void>
  stop(): Promise<void>
}
