import { TwinError } from '../../src/base/errors.ts'
import type { PipelineStatus } from '../../src/model/trust.ts'
import { isWhole } from '../../src/proofs/bundle.ts'
import { createBatchChecker } from '../../src/proofs/checkBatch.ts'
import { decodeBundle } from '../../src/proofs/decodeBundle.ts'
import { cutHeaders } from '../../src/proofs/header/cutHeaders.ts'
import type { FeederModel } from '../../src/proofs/plausibility/feederModel.ts'
import { type CheckedBundle, verifyBundle } from '../../src/proofs/verifyBundle.ts'
import { nextTask } from '../lib/drive.ts'
import { createAnswers } from './answers.ts'
import { createFrameBook } from './frameBook.ts'
import { createNotices } from './notices.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import type { Pipeline, PipelineParts } from './pipeline.ts'

const RETRY_MS = 5_000
const FRAMES_PER_TASK = 200

/** Verification of a recorded bundle: no server, no chain; the same checks, frame by frame. Up to level 3, or 5
 * where the recording's headers lead to a block hash that is pinned. */
export function createRecordedPipeline(parts: PipelineParts): Pipeline {
  const { config, resolve, fetch, clock, crypto, p256 } = parts
  const source = parts.sources.find(({ standing, isConfigured }) => standing === 'file' && isConfigured(config))
  if (!source) throw new TwinError('BAD_USAGE', 'No recorded bundle is configured.')
  const stop = new AbortController()
  const { signal } = stop
  const outbox = createOutbox(parts.port)
  let answers: ReturnType<typeof createAnswers> | null = null
  let words = 'Loading the recording.'
  let loaded: Loaded | null = null
  let model: FeederModel | null = null

  /** Lets messages in between two portions, and ends the work when nobody waits for it any more. */
  const pause = async (): Promise<void> => {
    await nextTask()
    signal.throwIfAborted()
  }
  const sendStatus = (): void => outbox.status(statusOf(words, loaded))
  const load = async (bytes: Uint8Array): Promise<void> => {
    const checked = await verifyBundle(
      decodeBundle(crypto, bytes),
      { crypto, p256 },
      {
        onPart: pause,
        pins: config.pins ?? [],
        model,
        iotex: { checkpoints: parts.checkpoints ?? [], nowMs: clock.nowMs() },
      },
    )
    const frames = createFrameBook(crypto, outbox, checked.surroundings)
    const notices = createNotices(outbox, checked.domain.chainId, 'no chain endpoint asked')
    loaded = { checked, frames }
    answers = answersFor(parts, checked, frames, notices)
    outbox.devices(checked.directory.rows(checked.domain.chainId, checked.directoryProven))
    for (const { anchor, fault } of checked.faults) notices.ofBatch(anchor, fault.verdict, fault.sentence)
    await tellAll(checked, frames, outbox, clock.nowMs(), pause)
  }
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      const inbox: Uint8Array[] = []
      try {
        await source.run(
          { config, resolve, fetch, clock, rpc: null, heads: noHeads, signal },
          {
            anchors: () => {},
            complete: () => {},
            bundle: (bytes) => void inbox.push(bytes),
            state: (_, text) => {
              words = text
              sendStatus()
            },
          },
        )
        for (const bytes of inbox) await load(bytes)
        sendStatus()
        return
      } catch (error) {
        if (signal.aborted) return
        if (!(error instanceof TwinError)) throw error
        words = error.message
        sendStatus()
        if (error.code === 'BUNDLE_BROKEN') return // another try would read the same bytes
        await clock.sleep(RETRY_MS, signal)
      }
    }
  }
  const running = run()

  return {
    prove: async () => {}, // what the recording encloses was judged when it was read
    explain: (key) => answers?.explain(key) ?? null,
    evidence: (key) => answers?.evidence(key) ?? null,
    framesOf: (device, limit) => answers?.framesOf(device, limit) ?? [],
    bytesOf: (key) => answers?.bytesOf(key) ?? null,
    judge: async (key, bytes) => (await answers?.judge(key, bytes)) ?? null,
    setModel(next) {
      model = next
      if (!loaded) return
      loaded.checked.surroundings.setModel(next)
      loaded.frames.doubtAll()
      loaded.frames.settle(() => true, clock.nowMs())
      sendStatus()
    },
    setMischief: () =>
      Promise.reject(new TwinError('BAD_USAGE', 'A recording cannot be tampered with any more; open the live page.')),
    async stop() {
      stop.abort()
      outbox.close()
      await running
    },
  }
}

interface Loaded {
  readonly checked: CheckedBundle
  readonly frames: ReturnType<typeof createFrameBook>
}

async function* noHeads(): AsyncGenerator<never> {}

/**
 * Tells of all frames in portions, the newest first, so that the page can draw between them.
 * verifyBundle has settled every standing.
 */
async function tellAll(
  checked: CheckedBundle,
  frames: Loaded['frames'],
  outbox: Outbox,
  nowMs: number,
  pause: () => Promise<void>,
): Promise<void> {
  for (let end = checked.records.length; end > 0; end -= FRAMES_PER_TASK) {
    frames.accept(checked.records.slice(Math.max(0, end - FRAMES_PER_TASK), end).reverse(), nowMs)
    await pause()
  }
  await outbox.flush()
}

function answersFor(
  { crypto, p256, clock }: PipelineParts,
  checked: CheckedBundle,
  frames: Loaded['frames'],
  notices: ReturnType<typeof createNotices>,
): ReturnType<typeof createAnswers> {
  const { bundle, records, domain, directory, directoryProven } = checked
  return createAnswers({
    crypto,
    domain,
    checker: createBatchChecker({ crypto, p256, domain, directory }),
    title: bundle.title,
    contracts: bundle.contracts,
    frames,
    notices,
    directoryProven,
    nowMs: () => clock.nowMs(),
    headBlock: () => bundle.headBlock,
    batchOf: (record) => records.filter(({ batch }) => batch === record.batch),
    headersOf: ({ batch }) => cutHeaders(bundle.headers, [batch.anchor]),
    anchorAt: (gateway, seq) => bundle.anchors.find((anchor) => anchor.gateway === gateway && anchor.seq === seq),
    refused(dataHash) {
      const fault = checked.faults.find(({ anchor }) => anchor.dataHash === dataHash)
      const part = bundle.parts.find((one) => isWhole(one) && bundle.anchors[one.anchor] === fault?.anchor)
      return fault && part && isWhole(part) ? { anchor: fault.anchor, body: part.body } : null
    },
  })
}

function statusOf(words: string, loaded: Loaded | null): PipelineStatus {
  const bundle = loaded?.checked.bundle
  return {
    source: 'recorded',
    sourceWords: words,
    chainId: bundle?.chainId ?? 0,
    headBlock: bundle?.headBlock ?? -1,
    headTimeMs: bundle?.recordedAtMs ?? NaN,
    rpc: 'none',
    gateway: 'none',
    indexer: 'off',
    anchors: bundle?.anchors.length ?? 0,
    frames: loaded?.frames.counts.frames ?? 0,
    readings: loaded?.frames.counts.readings ?? 0,
    rejected: loaded?.frames.counts.rejected ?? 0,
    backlogFrames: 0,
    recordedAt: bundle ? new Date(bundle.recordedAtMs).toISOString() : null,
  }
}
