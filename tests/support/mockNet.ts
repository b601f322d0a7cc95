import {
  type Abi,
  decodeFunctionData,
  encodeAbiParameters,
  encodeEventTopics,
  encodeFunctionResult,
  type Hex,
} from 'viem'
import { toHex } from '../../src/base/hex.ts'
import { anchorLogAbi, deviceDirectoryAbi, deviceStatusAbi } from '../../src/chain/abis.ts'
import { anchorSlotHash } from '../../src/chain/confirmAnchor.ts'
import type { OpenLiveSocket } from '../../src/chain/liveSocket.ts'
import type { Clock, Fetch, SourceDefinition } from '../../src/chain/source.ts'
import { sources as allSources } from '../../src/chain/sources/index.ts'
import type { SourcesConfig } from '../../src/chain/sourcesConfig.ts'
import type { Anchor } from '../../src/proofs/anchor.ts'
import { codeOfCurve } from '../../src/proofs/curve.ts'
import { createLivePipeline } from '../../workers/verify/livePipeline.ts'
import type { Pipeline } from '../../workers/verify/pipeline.ts'
import { crypto, p256 } from './signers.ts'
import type { Collected } from './verifySink.ts'
import { hex32, START_MS, type World } from './world.ts'

const SPEED = 40 // time runs this much faster in tests
const BLOCK_MS = 4_000
const hex = (n: number): Hex => `0x${n.toString(16)}`
const ANCHOR_LOG: Hex = `0x${'a1'.repeat(20)}`
const STATUS: Hex = `0x${'57'.repeat(20)}`

interface Log {
  readonly address: Hex
  readonly topics: readonly Hex[]
  readonly data: Hex
  readonly blockNumber: Hex
  readonly blockHash: Hex
  readonly transactionHash: Hex
  readonly logIndex: Hex
}
interface EventArgs {
  readonly [name: string]: unknown
}

function logOf(
  abi: Abi,
  eventName: string,
  args: EventArgs,
  place: { blockNumber: number; blockHash: Hex; txHash: Hex; logIndex: number },
  address: Hex,
): Log {
  const event = abi.find((item) => item.type === 'event' && item.name === eventName)
  const inputs = (event as { inputs: readonly { name: string; type: string; indexed?: boolean }[] }).inputs.filter(
    ({ indexed }) => !indexed,
  )
  return {
    address,
    topics: encodeEventTopics({ abi, eventName, args } as never) as Hex[],
    data: encodeAbiParameters(
      inputs,
      inputs.map(({ name }) => args[name]),
    ),
    blockNumber: hex(place.blockNumber),
    blockHash: place.blockHash,
    transactionHash: place.txHash,
    logIndex: hex(place.logIndex),
  }
}

/** What each part of the net does wrong. Honest unless a test says otherwise. */
interface Lies {
  rpcDown?: boolean
  gatewayDown?: boolean
  chainId?: number
  /** The endpoint shows this head and nothing later. */
  frozenHead?: number
  maxSpan?: number
  log?(log: Log): Log | null
  body?(hash: string, body: Uint8Array | null): Uint8Array | null
  documents?(list: unknown[]): unknown[]
  slot?(anchor: Anchor, hash: Hex): Hex
  /** What the endpoint of that path answers in place of the honest answer. Throwing a TypeError, it is away. */
  others?: Readonly<Record<string, (method: string, params: unknown[], honest: () => unknown) => unknown>>
}

/** An endpoint and a gateway over a world in memory, reached through `fetch` alone, as the page reaches real ones. */
export function createMockNet(world: World, options = { startMs: START_MS + 60_000 }) {
  const startedMs = performance.now()
  const lies: Lies = {}
  const asked: string[] = []
  const directory = toHex(world.domain.registry)
  let forks: { readonly above: number; readonly salt: number }[] = []
  const blockHash = (n: number): Hex => {
    const fork = forks.findLast(({ above }) => n > above)
    return world.anchors.find(({ blockNumber }) => blockNumber === n)?.blockHash ?? hex32(n, 1, fork?.salt ?? 0)
  }
  const head = (): number => Math.min(world.head, lies.frozenHead ?? Infinity)
  const nowMs = (): number => options.startMs + SPEED * (performance.now() - startedMs)
  const blockTimes = new Map<number, number>()
  let minedMs = 0
  /** The chain goes on by itself, a block every few seconds. */
  const mineOnTime = (): void => {
    if (lies.frozenHead !== undefined || nowMs() - minedMs < BLOCK_MS) return
    minedMs = nowMs()
    world.mine(1)
  }
  const block = (n: number) => {
    if (n > head()) return null
    const timeMs = blockTimes.get(n) ?? nowMs() - 2000
    blockTimes.set(n, timeMs)
    return {
      number: hex(n),
      hash: blockHash(n),
      parentHash: blockHash(n - 1),
      timestamp: hex(Math.floor(timeMs / 1000)),
    }
  }

  const place = (blockNumber: number, logIndex: number) => ({
    blockNumber,
    blockHash: blockHash(blockNumber),
    txHash: hex32(blockNumber, 3),
    logIndex,
  })
  const logs = (): Log[] => [
    logOf(anchorLogAbi, 'GatewayRegistered', { gateway: toHex(world.gateway) }, place(3, 0), ANCHOR_LOG),
    ...world.registrations.map((r) =>
      logOf(
        deviceDirectoryAbi,
        'DeviceRegistered',
        {
          device: r.device,
          curve: codeOfCurve(r.curve),
          keyX: toHex(r.publicKey.subarray(1, 33)),
          keyY: toHex(r.publicKey.subarray(33)),
          kind: r.kind,
          origin: r.origin,
          validFrom: BigInt(r.validFromMs / 1000),
          docHash: r.docHash,
        },
        place(r.blockNumber, r.logIndex),
        directory,
      ),
    ),
    ...world.statuses.map((s) =>
      s.kind === 'revoked'
        ? logOf(
            deviceStatusAbi,
            'DeviceRevoked',
            { device: s.device, revokedAt: BigInt(s.timeMs / 1000) },
            place(s.blockNumber, s.logIndex),
            STATUS,
          )
        : logOf(
            deviceStatusAbi,
            'DeviceCompromised',
            { device: s.device, since: BigInt(s.timeMs / 1000) },
            place(s.blockNumber, s.logIndex),
            STATUS,
          ),
    ),
    ...world.anchors.map((a) =>
      logOf(
        anchorLogAbi,
        'BatchAnchored',
        {
          ...a,
          seq: BigInt(a.seq),
          logSize: BigInt(a.logSize),
          tMin: BigInt(a.tMinMs),
          tMax: BigInt(a.tMaxMs),
          anchoredAt: BigInt(a.anchoredAtMs / 1000),
        },
        a,
        ANCHOR_LOG,
      ),
    ),
  ]

  const getLogs = (filter: {
    fromBlock?: Hex
    toBlock?: Hex
    blockHash?: Hex
    address: Hex[]
    topics?: (Hex | null | Hex[])[]
  }): Log[] => {
    const [from, to] = [Number(filter.fromBlock ?? 0), Number(filter.toBlock ?? head())]
    if (lies.maxSpan && to - from + 1 > lies.maxSpan) throw new Error('query exceeds max block range')
    const [topic] = filter.topics ?? []
    return logs()
      .filter((log) => filter.address.includes(log.address))
      .filter((log) =>
        filter.blockHash
          ? log.blockHash === filter.blockHash
          : Number(log.blockNumber) >= from && Number(log.blockNumber) <= to,
      )
      .filter((log) => Number(log.blockNumber) <= head())
      .filter((log) => !topic || (Array.isArray(topic) ? topic.includes(log.topics[0]!) : topic === log.topics[0]))
      .map((log) => (lies.log ? lies.log(log) : log))
      .filter((log) => log !== null)
  }
  const call = ({ data }: { data: Hex }): Hex => {
    const { functionName, args } = decodeFunctionData({ abi: anchorLogAbi, data })
    const onChain = world.anchors.filter(({ blockNumber }) => blockNumber <= head())
    if (functionName === 'nextSeq')
      return encodeFunctionResult({ abi: anchorLogAbi, functionName, result: BigInt(onChain.length) })
    const anchor = onChain.find(({ seq }) => seq === Number((args as readonly [Hex, bigint])[1]))
    const hash = anchor ? anchorSlotHash(anchor) : hex32(0)
    return encodeFunctionResult({
      abi: anchorLogAbi,
      functionName: 'anchorHash',
      result: anchor && lies.slot ? lies.slot(anchor, hash) : hash,
    })
  }
  const rpc = (method: string, params: unknown[]): unknown => {
    if (method === 'eth_chainId') return hex(lies.chainId ?? world.domain.chainId)
    if (method === 'eth_getBlockByNumber') {
      mineOnTime()
      return block(params[0] === 'latest' ? head() : Number(params[0]))
    }
    if (method === 'eth_getLogs') return getLogs(params[0] as never)
    if (method === 'eth_call') return call(params[0] as never)
    throw new Error(`no ${method}`)
  }

  const json = (value: unknown, status = 200): Response => new Response(JSON.stringify(value), { status })
  const fetch: Fetch = async (url, init) => {
    const { pathname } = new URL(url)
    asked.push(pathname)
    await new Promise((resolve) => setTimeout(resolve, 0))
    if (init?.signal?.aborted) throw new DOMException('aborted', 'AbortError')
    if (pathname.startsWith('/rpc')) {
      if (lies.rpcDown && pathname === '/rpc') throw new TypeError('connection refused')
      const { method, params } = JSON.parse(String(init?.body)) as { method: string; params: unknown[] }
      const honest = (): unknown => rpc(method, params)
      try {
        return json({ result: (lies.others?.[pathname.slice(1)] ?? honest)(method, params, honest) })
      } catch (error) {
        if (error instanceof TypeError) throw error
        return json({ error: { code: -32000, message: (error as Error).message } })
      }
    }
    if (lies.gatewayDown) throw new TypeError('connection refused')
    if (pathname === '/gateway/documents')
      return json(lies.documents ? lies.documents([...world.documents]) : world.documents)
    const hash = pathname.split('/').at(-1)!
    const stored = world.bodies.find((body) => toHex(crypto.keccak256(body)) === hash) ?? null
    const body = lies.body ? lies.body(hash, stored) : stored
    return body ? new Response(body as BodyInit) : json({ error: 'none' }, 404)
  }

  return {
    lies,
    asked,
    fetch,
    nowMs,
    /** Blocks above this number get new hashes from now on. */
    fork(above: number): void {
      forks = [...forks, { above, salt: forks.length + 1 }]
      for (const n of blockTimes.keys()) if (n > above) blockTimes.delete(n)
    },
  }
}
export type MockNet = ReturnType<typeof createMockNet>

/** A live page over the mock net, one endpoint unless changed. */
export const mockConfig = (world: World, change: Partial<SourcesConfig> = {}): SourcesConfig => ({
  mode: 'live',
  chain: {
    rpc: 'rpc',
    chainId: world.domain.chainId,
    anchorLog: ANCHOR_LOG,
    directory: toHex(world.domain.registry),
    status: STATUS,
    fromBlock: 1,
    witnesses: 1,
  },
  gateway: 'gateway',
  indexer: null,
  recorded: null,
  lesson: null,
  ...change,
})

/** A live pipeline over a mock net, telling a collected page. */
export function startPipeline(
  net: MockNet,
  world: World,
  page: Collected,
  options: { config?: Partial<SourcesConfig>; hint?: SourceDefinition; openSocket?: OpenLiveSocket } = {},
): Pipeline {
  const clock: Clock = {
    nowMs: net.nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve()
        const done = (): void => {
          clearTimeout(timer)
          signal.removeEventListener('abort', done)
          resolve()
        }
        const timer = setTimeout(done, ms / SPEED)
        signal.addEventListener('abort', done)
      }),
  }
  return createLivePipeline({
    config: mockConfig(world, options.config),
    resolve: (path) => `http://page/${path}`,
    fetch: net.fetch,
    clock,
    crypto,
    p256,
    port: {
      devices: async (rows) => page.onDevices(rows),
      readings: async (columns) => page.onReadings(columns),
      frames: async (rows) => page.onFrames(rows),
      retract: async (retraction) => page.onRetract(retraction),
      status: async (status) => page.onStatus(status),
    },
    sources: options.hint ? [options.hint, ...allSources] : allSources,
    ...(options.openSocket ? { openSocket: options.openSocket } : {}),
  })
}
