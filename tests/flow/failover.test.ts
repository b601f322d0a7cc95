import { afterEach, describe, expect, test } from 'vitest'
import { createRandom } from '../../src/base/random.ts'
import type { Fetch } from '../../src/chain/source.ts'
import { recorded } from '../../src/chain/sources/recorded.ts'
import type { Anchor } from '../../src/proofs/anchor.ts'
import { encodeBundle } from '../../src/proofs/encodeBundle.ts'
import type { Pipeline } from '../../workers/verify/pipeline.ts'
import { createRecordedPipeline } from '../../workers/verify/recordedPipeline.ts'
import { createLiveLine } from '../support/liveLine.ts'
import { createMockNet, type MockNet, startPipeline } from '../support/mockNet.ts'
import { crypto } from '../support/signers.ts'
import { type Collected, collect } from '../support/verifySink.ts'
import { createWorld, hex32, START_MS, type World } from '../support/world.ts'

// Sources fail, lie, lag and come back while readings go on. The page must end with every reading, each told once.

let running: Pipeline | null = null
afterEach(async () => {
  await running?.stop()
  running = null
})

/** An index as Ponder serves it, over what it believes to be the anchors. */
function createIndex(world: World) {
  const index = {
    down: false,
    state: 'ready',
    /** What it has read; null: whatever the chain has. */
    rows: null as readonly Anchor[] | null,
    head: null as { number: number; hash: string } | null,
    asked: 0,
  }
  const answer = (query: string, from: number): unknown => {
    const rows = index.rows ?? world.anchors
    if (query.includes('head(')) {
      const newest = world.anchors.at(-1)!
      const head = index.head ?? { number: newest.blockNumber, hash: newest.blockHash }
      return { head: { blockNumber: String(head.number), blockHash: head.hash, timestamp: '1750000000' } }
    }
    const items = rows
      .filter(({ blockNumber }) => blockNumber >= from)
      .toReversed()
      .map(({ tMinMs, tMaxMs, anchoredAtMs, seq, logSize, blockNumber, ...row }) => ({
        ...row,
        seq: String(seq),
        logSize: String(logSize),
        blockNumber: String(blockNumber),
        tMin: String(tMinMs),
        tMax: String(tMaxMs),
        anchoredAt: String(anchoredAtMs / 1000),
      }))
    return { anchors: { items, pageInfo: { hasNextPage: false, endCursor: null } } }
  }
  const fetchWith =
    (fetch: Fetch): Fetch =>
    async (url, init) => {
      const { pathname } = new URL(url)
      if (!pathname.startsWith('/indexer/')) return fetch(url, init)
      await new Promise((resolve) => setTimeout(resolve, 0))
      if (index.down) throw new TypeError('connection refused')
      if (pathname === '/indexer/health') return Response.json({ state: index.state })
      index.asked++
      const { query, variables } = JSON.parse(String(init?.body)) as { query: string; variables: { from?: string } }
      return Response.json({ data: answer(query, Number(variables.from ?? 0)) })
    }
  return { index, fetchWith }
}

function stage(batches = 3) {
  const world = createWorld()
  const devices = [world.add(), world.add({ curve: 'p256' }), world.add()]
  const expected = new Set<string>()
  const send = (tMs: number): Uint8Array[] => {
    devices.forEach((_, device) => {
      for (let i = 0; i < 3; i++) expected.add(`${device} 1 ${tMs + 1000 * i}`)
    })
    return devices.map((device) => device.frame(tMs))
  }
  for (let i = 0; i < batches; i++) world.anchor(send(START_MS + i * 5000))
  const plain = createMockNet(world)
  const { index, fetchWith } = createIndex(world)
  const net: MockNet = { ...plain, fetch: fetchWith(plain.fetch) }
  const line = createLiveLine(net.nowMs)
  const page = collect()
  const told = new Map<string, number>()
  const { onReadings } = page
  page.onReadings = (columns) => {
    for (let i = 0; i < columns.device.length; i++) {
      const key = `${columns.device[i]} ${columns.metric[i]} ${columns.timeMs[i]}`
      told.set(key, (told.get(key) ?? 0) + 1)
    }
    onReadings(columns)
  }
  return { world, devices, send, expected, net, index, line, page, told }
}
type Stage = ReturnType<typeof stage>

const open = (on: Stage): void => {
  running = startPipeline(on.net, on.world, on.page, { config: { indexer: 'indexer' }, openSocket: on.line.open })
}
const usesIndex = ({ page }: Stage): Promise<void> =>
  page.until('the indexer is in use', () => page.status?.source === 'ponder')
const allShown = ({ page, expected }: Stage): Promise<void> =>
  page.until(`${expected.size} readings`, () => page.samples.size === expected.size)

type Fault = readonly [name: string, begin: (on: Stage) => void, end: (on: Stage) => void]
const FAULTS: readonly Fault[] = [
  ['nothing', () => {}, () => {}],
  [
    'the indexer is gone',
    ({ index }) => Object.assign(index, { down: true }),
    ({ index }) => Object.assign(index, { down: false }),
  ],
  [
    'the indexer restarts empty',
    ({ index }) => Object.assign(index, { state: 'starting', rows: [] }),
    ({ index }) => Object.assign(index, { state: 'ready', rows: null }),
  ],
  [
    'the indexer stands still',
    ({ index, world }) => Object.assign(index, { rows: [...world.anchors] }),
    ({ index }) => Object.assign(index, { rows: null }),
  ],
  [
    'the indexer invents an anchor',
    ({ index, world }) => {
      const [real] = world.anchors
      index.rows = [...world.anchors, { ...real!, seq: 900, dataHash: hex32(900), batchRoot: hex32(901) }]
    },
    ({ index }) => Object.assign(index, { rows: null }),
  ],
  [
    'the endpoint is gone',
    ({ net }) => Object.assign(net.lies, { rpcDown: true }),
    ({ net }) => Object.assign(net.lies, { rpcDown: false }),
  ],
  [
    'the endpoint gives two blocks at once',
    ({ net }) => Object.assign(net.lies, { maxSpan: 2 }),
    ({ net }) => delete net.lies.maxSpan,
  ],
  [
    'the gateway is gone',
    ({ net }) => Object.assign(net.lies, { gatewayDown: true }),
    ({ net }) => Object.assign(net.lies, { gatewayDown: false }),
  ],
  ['the line is cut', ({ line }) => line.kill(), () => {}],
]

describe('sources that fail and come back', () => {
  test.each([11, 12, 13])('behavior: seed %i: nothing lost, nothing twice, nothing false', async (seed) => {
    const random = createRandom(seed)
    const on = stage()
    open(on)
    await allShown(on)
    for (let round = 0; round < 14; round++) {
      const [name, begin, end] = FAULTS[random.below(FAULTS.length)]!
      begin(on)
      const frames = on.send(Math.floor(on.net.nowMs()) - 4000)
      const ahead = random.next() < 0.5
      if (ahead) on.line.push(...frames)
      on.world.anchor(frames)
      await new Promise((resolve) => setTimeout(resolve, 40))
      // whatever an indexer does, the page needs it for nothing
      if (name.startsWith('the indexer') && random.next() < 0.5) await allShown(on)
      end(on)
      await allShown(on)
    }
    await usesIndex(on)
    await on.page.until('all anchored', () => on.page.status?.frames === 3 * 17 && on.page.status.backlogFrames === 0)
    expect(new Set(on.page.samples.keys())).toEqual(on.expected)
    expect([...on.told].filter(([, times]) => times !== 1)).toEqual([])
    expect(on.page.retractions).toEqual([])
    const wrong = [...on.page.frames.values()].filter(({ verdict, device }) => verdict !== 'OK' && device >= 0)
    expect(wrong).toEqual([])
  })
})

describe('a reorganisation the indexer says nothing of', () => {
  test('error: its phantom rows are never shown; the page says what the chain says, and comes back to it', async () => {
    const on = stage(4)
    open(on)
    await allShown(on)
    await usesIndex(on)
    // 45 blocks are replaced; the index keeps its rows and its head, and calls itself ready
    const [before] = on.world.anchors
    const rows = [...on.world.anchors]
    const newest = rows.at(-1)!
    Object.assign(on.index, { rows, head: { number: newest.blockNumber, hash: newest.blockHash } })
    on.world.mine(45)
    const lost = on.world.reorg(before!.blockNumber)
    on.net.fork(before!.blockNumber)
    on.world.mine(50)
    await on.page.until('the readings are gone', () => on.page.samples.size === 9)
    await on.page.until('it is said', () => on.page.status?.source === 'chain-logs')
    expect([...on.page.samples.keys()].every((key) => on.expected.has(key))).toBe(true)
    for (const anchor of lost) on.world.anchorAgain(anchor)
    await allShown(on)
    // the index catches up without a single new event: it is asked again, not waited for
    Object.assign(on.index, { rows: null, head: null })
    const asked = on.index.asked
    await usesIndex(on)
    expect(on.index.asked).toBeGreaterThan(asked)
    expect(new Set(on.page.samples.keys())).toEqual(on.expected)
  })
})

describe('from live to a recording and back', () => {
  test('behavior: each shows its own, whole; nothing of the other comes after the change', async () => {
    const on = stage(6)
    const bundle = encodeBundle(crypto, on.world.bundle())
    const record = (page: Collected): Pipeline =>
      createRecordedPipeline({
        config: { mode: 'recorded', chain: null, gateway: null, indexer: null, recorded: 'day', lesson: null },
        resolve: (path) => `http://page/${path}`,
        fetch: async () => new Response(bundle as BodyInit),
        clock: { nowMs: on.net.nowMs, sleep: async () => {} },
        crypto,
        p256: null,
        port: {
          devices: async (rows) => page.onDevices(rows),
          readings: async (columns) => page.onReadings(columns),
          frames: async (rows) => page.onFrames(rows),
          retract: async (retraction) => page.onRetract(retraction),
          status: async (status) => page.onStatus(status),
        },
        sources: [recorded],
      })
    for (let turn = 0; turn < 3; turn++) {
      open(on)
      await on.page.until('something', () => on.page.samples.size > 0)
      await running?.stop()
      const messages = on.page.messages.length
      on.page.reset()
      const day = collect()
      running = record(day)
      await day.until('the whole recording', () => day.status?.frames === 18)
      await running.stop()
      expect(on.page.messages).toHaveLength(messages)
    }
    open(on)
    await allShown(on)
    expect(new Set(on.page.samples.keys())).toEqual(on.expected)
  })
})
