import { type Remote, releaseProxy, transfer } from 'comlink'
import type { Hex } from '../src/base/hex.ts'
import { systemClock } from '../src/chain/clock.ts'
import { type OpenLiveSocket, socketsOf } from '../src/chain/liveSocket.ts'
import type { Clock, Fetch } from '../src/chain/source.ts'
import { sources } from '../src/chain/sources/index.ts'
import type { SourcesConfig } from '../src/chain/sourcesConfig.ts'
import { type OpenTextSocket, textSocketsOf } from '../src/chain/textSocket.ts'
import type { FrameExplanation, FrameRow } from '../src/model/trust.ts'
import { createProofCrypto } from '../src/proofs/crypto.ts'
import { readKnownSigner } from '../src/proofs/imports/knownSigner.ts'
import { type ImportReport, readImport } from '../src/proofs/imports/readImport.ts'
import type { IotexCheckpoint } from '../src/proofs/iotex/checkpoint.ts'
import { createP256Verifier } from '../src/proofs/p256.ts'
import type { FeederModel } from '../src/proofs/plausibility/feederModel.ts'
import type { ProofTools } from '../src/proofs/verifyBundle.ts'
import { arrived } from './lib/arrived.ts'
import { createJobs } from './lib/jobs.ts'
import { createLivePipeline } from './verify/livePipeline.ts'
import { type OpenedFile, openFile } from './verify/openFile.ts'
import type { OutboxPort } from './verify/outbox.ts'
import type { Pipeline } from './verify/pipeline.ts'
import { createRecordedPipeline } from './verify/recordedPipeline.ts'
import type { VerifySink } from './verify/sink.ts'

export type VerifyApi = ReturnType<typeof createVerifyApi>

/** A sink on another thread. Each call resolves when the other side took it; typed arrays are moved, not copied. */
const portTo = (sink: Remote<VerifySink>): OutboxPort => ({
  devices: (rows) => sink.onDevices(rows),
  readings: (columns) => {
    const { device, metric, timeMs, value, level } = columns
    const moved = [device, metric, timeMs, value, level].map(({ buffer }) => buffer)
    return sink.onReadings(transfer(columns, moved))
  },
  frames: (rows) => sink.onFrames(rows),
  retract: (retraction) => sink.onRetract(retraction),
  status: (status) => sink.onStatus(status),
})

const ownSockets = (): OpenLiveSocket | null =>
  typeof globalThis.WebSocket === 'function' ? socketsOf(globalThis.WebSocket) : null
const ownTextSockets = (): OpenTextSocket | null =>
  typeof globalThis.WebSocket === 'function' ? textSocketsOf(globalThis.WebSocket) : null

/** What the verify worker can do. Runs on any thread, so tests call it without one. */
export function createVerifyApi(
  fetchHere: Fetch = (url, init) => fetch(url, init),
  clock: Clock = systemClock,
  openSocket = ownSockets(),
  openText = ownTextSockets(),
) {
  const jobs = createJobs()
  let config: SourcesConfig | null = null
  let base = ''
  let pipeline: Pipeline | null = null
  let model: FeederModel | null = null
  let checkpoints: readonly IotexCheckpoint[] = []
  let sinkNow: Remote<VerifySink> | null = null
  let starts = 0
  const tools: Promise<ProofTools> = createProofCrypto().then((crypto) => {
    const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined // absent on pages without https
    return { crypto, p256: subtle ? createP256Verifier(subtle) : null }
  })
  const resolve = (path: string): string => new URL(path, base || undefined).href

  const stop = async (): Promise<void> => {
    const [running, sink] = [pipeline, sinkNow]
    pipeline = null
    sinkNow = null
    await running?.stop()
    sink?.[releaseProxy]()
  }

  return {
    /** Begins anew: what ran before is stopped, and the sink hears of the new config only. */
    async start(next: SourcesConfig, baseUrl: string, sink: VerifySink): Promise<void> {
      const mine = ++starts
      await stop()
      const ready = await tools
      const remote = arrived(sink)
      if (mine !== starts) return remote[releaseProxy]() // a later start came while this one waited
      config = next
      base = baseUrl
      sinkNow = remote
      const create = next.mode === 'live' ? createLivePipeline : createRecordedPipeline
      pipeline = create({
        ...ready,
        config,
        resolve,
        fetch: fetchHere,
        clock,
        port: portTo(remote),
        sources,
        openSocket,
        openText,
        checkpoints,
      })
      pipeline.setModel(model)
    },
    /** Keeps the model for later starts too. */
    setModel(next: FeederModel | null): void {
      model = next
      pipeline?.setModel(next)
    },
    /** Believes these from now on: files opened next, and recordings started next. */
    setCheckpoints(next: readonly IotexCheckpoint[]): void {
      checkpoints = next
    },
    stop,
    async explain(key: Hex): Promise<FrameExplanation | null> {
      await pipeline?.prove(key)
      return pipeline?.explain(key) ?? null
    },
    async evidence(key: Hex): Promise<string | null> {
      await pipeline?.prove(key)
      return pipeline?.evidence(key) ?? null
    },
    framesOf: (device: number, limit: number): FrameRow[] => pipeline?.framesOf(device, limit) ?? [],
    bytesOf(key: Hex): Uint8Array | null {
      const bytes = pipeline?.bytesOf(key) ?? null
      return bytes && transfer(bytes, [bytes.buffer as ArrayBuffer])
    },
    judge: async (key: Hex, bytes: Uint8Array): Promise<FrameExplanation | null> =>
      (await pipeline?.judge(key, bytes)) ?? null,
    openFile: async (bytes: Uint8Array): Promise<OpenedFile> =>
      openFile(bytes, await tools, {
        config,
        resolve,
        fetch: fetchHere,
        checkpoints,
        nowMs: clock.nowMs(),
      }),
    async openImport(bytes: Uint8Array, signers: readonly string[]): Promise<ImportReport> {
      const ready = await tools
      const known = signers.flatMap((text) => readKnownSigner(ready.crypto, text) ?? [])
      return readImport(bytes, { ...ready, signers: known })
    },
    setMischief: async (kind: string, device: Hex | null): Promise<void> => pipeline?.setMischief(kind, device),
    cancel: jobs.cancel,
  }
}
