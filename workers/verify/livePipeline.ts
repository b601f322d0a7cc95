import { TwinError } from '../../src/base/errors.ts'
import { fromHex, type Hex } from '../../src/base/hex.ts'
import { askWitness, readNextSeq } from '../../src/chain/confirmAnchor.ts'
import { watchDirectory } from '../../src/chain/directoryWatch.ts'
import { createGatewayClient } from '../../src/chain/gatewayClient.ts'
import { createHeads, isHeadStale } from '../../src/chain/heads.ts'
import type { DirectoryEvent } from '../../src/chain/logs.ts'
import { createHttpRpc } from '../../src/chain/rpc.ts'
import type { SourceContext, SourceDefinition } from '../../src/chain/source.ts'
import type { ChainConfig } from '../../src/chain/sourcesConfig.ts'
import { createWitnesses } from '../../src/chain/witnesses.ts'
import type { PipelineStatus } from '../../src/model/trust.ts'
import type { Anchor } from '../../src/proofs/anchor.ts'
import { createBatchChecker } from '../../src/proofs/checkBatch.ts'
import { createDirectory } from '../../src/proofs/directory.ts'
import type { BatchCase, FrameRecord } from '../../src/proofs/frameRecord.ts'
import { createLogCheck } from '../../src/proofs/logCheck.ts'
import { createSurroundings } from '../../src/proofs/plausibility/surroundings.ts'
import { nextTask } from '../lib/drive.ts'
import { createAnswers } from './answers.ts'
import { createAwaitedFrames } from './awaitedFrames.ts'
import { type BatchEntry, createBatchBook } from './batchBook.ts'
import { type BodyWorkParts, createBodyWork } from './bodyWork.ts'
import { chainSocket } from './chainSocket.ts'
import { createDocumentKeeper } from './documentKeeper.ts'
import { createFrameBook } from './frameBook.ts'
import { createHeaderProver } from './headerProver.ts'
import { createHintAudit } from './hintAudit.ts'
import { createLiveFrames } from './liveFrames.ts'
import { createNotices } from './notices.ts'
import { createOutbox } from './outbox.ts'
import type { Pipeline, PipelineParts } from './pipeline.ts'
import { isWithheldByWish } from './privacyWish.ts'
import { createQuorumWork } from './quorumWork.ts'
import { createSourceRunner } from './sourceRunner.ts'
import { sourceWords } from './statusWords.ts'

const REACH_MS = 26 * 3_600_000 // a day for the plots, and the hours before it that a frame may span
const TICK_MS = 1_000
const FORGET_ABOVE_FRAMES = 60_000 // two minutes of 5,000 readings/s in frames of ten
const KEEP_PER_DEVICE = 400
const KEEP_AT_LEAST = 1 // of each device of a large fleet: the end of its chain
const PROVE_WAIT_MS = 3_000 // an explanation is not held back longer than this

/**
 * Verification of a live page. Order of work: directory and revocations are read up to the head first; then batches,
 * the newest first; each frame is judged by what its bytes, its batch and the directory say, and by the set of frames
 * known of its device, so the order of arrival does not matter. A frame is shown once every earlier batch that could
 * hold the same one has been looked into.
 */
export function createLivePipeline(parts: PipelineParts): Pipeline {
  const { config, resolve, fetch, clock, crypto, p256 } = parts
  const { chain, gateway: gatewayPath, indexer } = config
  if (!chain || !gatewayPath) throw new TwinError('BAD_USAGE', 'A live page needs a chain and a gateway.')
  const stop = new AbortController()
  const { signal } = stop
  const rpc = createHttpRpc(resolve(chain.rpc), fetch)
  const gateway = createGatewayClient(resolve(gatewayPath), fetch)
  const domain = { chainId: chain.chainId, registry: fromHex(chain.directory)! }
  const directory = createDirectory(crypto)
  const outbox = createOutbox(parts.port)
  const surroundings = createSurroundings(directory)
  const awaited = createAwaitedFrames()
  const frames = createFrameBook(crypto, outbox, surroundings, awaited)
  const book = createBatchBook()
  const logs = createLogCheck(crypto)
  const notices = createNotices(
    outbox,
    chain.chainId,
    `${chain.witnesses} of ${1 + (chain.otherRpcs?.length ?? 0)} RPC`,
  )
  const entryOf = new Map<BatchCase, BatchEntry>()
  const gateways = new Set<Hex>()
  let readyTo = -1
  let forgetAbove = FORGET_ABOVE_FRAMES
  let sentRevision = -1
  let gatewayState: PipelineStatus['gateway'] = 'ok'
  let alarm: string | null = null

  const line = chainSocket(parts, chain)
  const heads = createHeads({ rpc, chainId: chain.chainId, clock, line, onState: () => sendStatus() })
  const work = createBodyWork({
    book,
    gateway,
    notices,
    clock,
    checker: createBatchChecker({ crypto, p256, domain, directory, isSigned: awaited.isSigned, pause: nextTask }),
    readyTo: () => readyTo,
    fromMs: () => clock.nowMs() - REACH_MS,
    confirm: confirmNamed,
    mayWithhold: (anchor, withheld) => isWithheldByWish(directory, anchor, withheld),
    onConfirmed,
    onChecked,
    onGateway(state) {
      if (gatewayState !== state) documents.want()
      gatewayState = state
    },
  })

  const live =
    parts.openSocket === undefined
      ? null
      : createLiveFrames({
          url: `${resolve(gatewayPath).replace(/\/$/, '')}/live`,
          fetch,
          openSocket: parts.openSocket,
          clock,
          checker: createBatchChecker({ crypto, p256, domain, directory, pause: nextTask }),
          frames,
          awaited,
          outbox,
          readyTo: () => readyTo,
          isChainWell: () => heads.state === 'ok' && gatewayState === 'ok' && book.backlog(-Infinity) === 0,
          changed: () => sendStatus(),
        })

  const documents = createDocumentKeeper({
    gateway,
    directory,
    clock,
    onGateway(state) {
      gatewayState = state
    },
    onDocuments() {
      frames.doubtAll() // now it is known who stands beside whom
      sendDevices()
    },
  })

  // ── endpoints
  const others = createWitnesses({
    rpcs: (chain.otherRpcs ?? []).map((path) => createHttpRpc(resolve(path), fetch)),
    config: chain,
    clock,
  })
  const quorum = createQuorumWork({
    others,
    needed: chain.witnesses,
    own: rpc.url,
    clock,
    onChange: ({ records }) => frames.review(records, 'contradicted'),
  })
  async function confirmNamed(anchor: Anchor): ReturnType<BodyWorkParts['confirm']> {
    const own = await askWitness(rpc, chain!, anchor, signal)
    if (own.says === 'knows') return 'known'
    if (own.says !== 'denies') throw new TwinError('CHAIN_UNREACHABLE', `The chain endpoint ${own.why}.`)
    const { state, note } = await quorum.settle(own, anchor, signal)
    return state === 'split'
      ? { verdict: 'RPCS_DISAGREE', sentence: `Some endpoints know this anchor, others do not: ${note}` }
      : { verdict: 'NOT_ON_CHAIN', sentence: 'The chain endpoint knows no such anchor in that block.' }
  }

  function onConfirmed(entry: BatchEntry): void {
    const { batch } = entry
    book.confirm(entry)
    entryOf.set(batch, entry)
    quorum.put(entry)
    logs.put(batch)
    gateways.add(batch.anchor.gateway)
    settleLogs()
  }
  function settleLogs(): void {
    for (const batch of logs.settle()) {
      if (batch.log === 'forked') frames.review(entryOf.get(batch)?.records ?? [], 'contradicted')
    }
  }
  /** Keeps memory flat: the newest frames of each device stay, and the batches that hold any of them. */
  function forget(): void {
    const fair = Math.floor(FORGET_ABOVE_FRAMES / 2 / Math.max(1, directory.size))
    frames.forget(Math.min(KEEP_PER_DEVICE, Math.max(KEEP_AT_LEAST, fair)))
    for (const entry of book.all()) if (!entry.records.some(frames.knows)) entry.records = []
    forgetAbove = Math.max(FORGET_ABOVE_FRAMES, 1.25 * frames.size)
  }
  function onChecked(entry: BatchEntry): void {
    frames.accept(entry.records, clock.nowMs())
    frames.settle(book.isSettled, clock.nowMs())
    if (book.isComplete()) frames.markComplete()
    if (frames.size > forgetAbove) forget()
    sendDevices()
    sendStatus()
  }

  /** Takes back what stood in blocks that the chain replaced; what already stands in the new ones stays. */
  function withdraw(fromBlock: number): void {
    const gone = [...book.all()].filter(({ batch: { anchor } }) => {
      return anchor.blockNumber >= fromBlock && heads.hashAt(anchor.blockNumber) !== anchor.blockHash
    })
    const records: FrameRecord[] = []
    for (const entry of gone) {
      book.remove(entry)
      logs.remove(entry.batch)
      entryOf.delete(entry.batch)
      entry.batch.anchorState = 'withdrawn'
      records.push(...entry.records)
    }
    frames.withdraw(records)
    settleLogs()
  }
  async function followWithdrawals(): Promise<void> {
    for await (const { withdrawnFrom } of heads.follow(signal)) {
      if (withdrawnFrom !== null) withdraw(withdrawnFrom)
      sendStatus()
    }
  }

  function onDirectory(events: readonly DirectoryEvent[], toBlock: number): void {
    for (const event of events) {
      if (event.kind === 'registration') {
        directory.register(event.registration)
        if (event.document) directory.addDocuments([event.document])
      } else if (event.kind === 'status') directory.addStatus(event.status)
      else gateways.add(event.gateway)
    }
    readyTo = toBlock
    if (events.some(({ kind }) => kind === 'registration')) documents.want()
    sendDevices()
    work.wake()
  }
  function sendDevices(): void {
    if (directory.revision === sentRevision || directory.size === 0) return
    sentRevision = directory.revision
    outbox.devices(directory.rows(chain!.chainId, true))
  }
  // ── headers
  const prover = createHeaderProver({
    rpc,
    crypto,
    anchorLog: chain.anchorLog,
    agreeOn: (number, hash) => quorum.agreeOn(number, hash, signal),
    stands: ({ blockNumber, blockHash }) => (heads.hashAt(blockNumber) ?? blockHash) === blockHash,
  })
  async function prove(key: Hex): Promise<void> {
    const batch = frames.find(key)?.batch
    if (!batch) return
    const done = new AbortController()
    const proving = prover.prove(batch, signal).then((changed) => {
      if (changed) frames.review(entryOf.get(batch)?.records ?? [], 'contradicted')
      done.abort()
    })
    await Promise.race([proving, clock.sleep(PROVE_WAIT_MS, done.signal)])
  }

  // ── sources
  const audit = createHintAudit({
    book,
    nowMs: () => clock.nowMs(),
    nextSeq: (gatewayAddress) => readNextSeq(rpc, chain, gatewayAddress, signal),
    onWithholding: () => runner.distrust(true),
    onComplete: () => runner.distrust(false),
  })
  function onAnchors(source: SourceDefinition, anchors: readonly Anchor[]): void {
    const own = source.standing === 'own-rpc'
    if (!own) audit.named(anchors)
    for (const anchor of anchors) {
      const entry = book.add(anchor, own)
      if (!entry || !own) continue
      onConfirmed(entry)
      if (audit.wasWithheld(anchor)) {
        notices.ofBatch(anchor, 'INDEXER_INCOMPLETE', 'The chain has this anchor; the indexer never named it.')
      }
    }
    work.wake()
  }
  const contextFor = (sourceSignal: AbortSignal): SourceContext => ({
    config,
    resolve,
    fetch,
    clock,
    rpc,
    heads: heads.follow,
    signal: sourceSignal,
  })
  const pick = (standing: SourceDefinition['standing']): SourceDefinition | null =>
    parts.sources.find((source) => source.standing === standing && source.isConfigured(config)) ?? null
  const runner = createSourceRunner(pick('own-rpc')!, indexer ? pick('hint') : null, contextFor, {
    anchors: onAnchors,
    complete(source) {
      if (source.standing === 'own-rpc') book.closeHoles()
      else void audit.count(gateways)
    },
    bundle: () => {},
    changed: () => sendStatus(),
  })

  // ── status
  function rpcState(): PipelineStatus['rpc'] {
    if (heads.state === 'wrong-chain' || heads.state === 'unreachable') return heads.state
    return heads.head && isHeadStale(heads.head.timeMs, clock.nowMs()) ? 'stale' : 'ok'
  }
  function sendStatus(): void {
    if (signal.aborted) return
    const rpcNow = rpcState()
    const { head } = heads
    const headAgeS = head ? (clock.nowMs() - head.timeMs) / 1000 : NaN
    if (head && rpcNow === 'stale') notices.ofHead(head, `The newest block is ${headAgeS.toFixed(0)} s old.`)
    else if (rpcNow === 'ok') notices.clearHead()
    const indexerNow = runner.incomplete ? 'incomplete' : runner.hint
    const source = runner.active
    const liveNow = live ? { live: live.status() } : {}
    outbox.status({
      source,
      sourceWords: sourceWords({
        source,
        rpc: rpcNow,
        gateway: gatewayState,
        indexer: indexerNow,
        headAgeS,
        hint: runner.words,
        ...liveNow,
        alarm,
      }),
      chainId: chain!.chainId,
      headBlock: head?.number ?? -1,
      headTimeMs: head?.timeMs ?? NaN,
      rpc: rpcNow,
      gateway: gatewayState,
      indexer: indexerNow,
      anchors: book.known,
      ...frames.counts,
      backlogFrames: book.backlog(clock.nowMs() - REACH_MS),
      recordedAt: null,
      ...liveNow,
    })
  }
  async function tick(): Promise<void> {
    while (!signal.aborted) {
      await clock.sleep(TICK_MS, signal)
      frames.settle(book.isSettled, clock.nowMs())
      work.wake()
      live?.tick()
      sendStatus()
    }
  }

  // withdrawals follow first, so that no source can name a new block before the old one is taken back
  const running = Promise.all([
    followWithdrawals(),
    watchDirectory(
      { rpc, config: chain as ChainConfig, heads, clock },
      {
        withdraw(fromBlock) {
          readyTo = Math.min(readyTo, fromBlock - 1)
          directory.withdrawFrom(fromBlock)
        },
        events: onDirectory,
        alarm(sentence) {
          alarm = sentence
          sendStatus()
        },
      },
      signal,
    ),
    runner.run(signal),
    work.run(signal),
    quorum.run(signal),
    documents.run(signal),
    tick(),
    live?.run(signal),
    heads.run(signal),
  ])

  return {
    ...createAnswers({
      crypto,
      domain,
      checker: createBatchChecker({ crypto, p256, domain, directory }),
      title: 'Evidence of one message',
      contracts: chain,
      frames,
      notices,
      directoryProven: true,
      nowMs: () => clock.nowMs(),
      headBlock: () => heads.head?.number ?? 0,
      batchOf: (record) => entryOf.get(record.batch)?.records ?? [],
      headersOf: ({ batch: { headerProof } }) =>
        headerProof && headerProof.state !== 'open' ? headerProof.enclosed : [],
      anchorAt: (gatewayAddress, seq) => book.bySeq(gatewayAddress, seq)?.batch.anchor,
      refused(dataHash) {
        for (const { batch, refusedBody } of book.all()) {
          if (refusedBody && batch.anchor.dataHash === dataHash) return { anchor: batch.anchor, body: refusedBody }
        }
        return null
      },
    }),
    prove,
    setModel(model) {
      surroundings.setModel(model)
      frames.doubtAll()
    },
    setMischief: (kind, device) => gateway.setMischief(kind, device),
    async stop() {
      stop.abort()
      outbox.close()
      work.wake()
      await running
    },
  }
}
