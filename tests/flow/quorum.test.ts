import { afterEach, describe, expect, test } from 'vitest'
import { defineSource } from '../../src/chain/source.ts'
import type { SourcesConfig } from '../../src/chain/sourcesConfig.ts'
import type { Pipeline } from '../../workers/verify/pipeline.ts'
import { createMockNet, type MockNet, mockConfig, startPipeline } from '../support/mockNet.ts'
import { type Collected, collect } from '../support/verifySink.ts'
import { createWorld, hex32, START_MS, type World } from '../support/world.ts'

// Three endpoints, of which two must agree. Each misbehaves in turn; the page must say so, and average nothing.

let running: Pipeline | null = null
afterEach(async () => {
  await running?.stop()
  running = null
})

type Others = NonNullable<MockNet['lies']['others']>

function stage(others: Others = {}, change: { otherRpcs?: string[]; witnesses?: number } = {}) {
  const world = createWorld()
  const devices = [world.add(), world.add()]
  for (let i = 0; i < 4; i++) world.anchor(devices.map((device) => device.frame(START_MS + i * 5000)))
  const net = createMockNet(world)
  net.lies.others = others
  const page = collect()
  const chain = { ...mockConfig(world).chain!, otherRpcs: ['rpc2', 'rpc3'], witnesses: 2, ...change }
  return { world, net, page, config: { chain } satisfies Partial<SourcesConfig> }
}
type Stage = ReturnType<typeof stage>
function open({ net, world, page, config }: Stage, hint?: Parameters<typeof startPipeline>[3]): Pipeline {
  running = startPipeline(net, world, page, { ...hint, config: { ...config, ...hint?.config } })
  return running
}
const levels = ({ page }: { page: Collected }): string[] =>
  [...new Set([...page.frames.values()].map(({ level, verdict }) => `${level} ${verdict}`))].sort()
const allAt = (on: Stage, ...expected: string[]) =>
  on.page.until(expected.join(), () => on.page.frames.size >= 2 && levels(on).join() === expected.join())
const rowOf = ({ page }: { page: Collected }) => [...page.frames.values()].sort((a, b) => b.toMs - a.toMs)[0]!

const dead = (): never => {
  throw new TypeError('connection refused')
}
/** Sees nothing beyond a block. */
const lagging =
  (last: number) =>
  (method: string, params: unknown[], honest: () => unknown): unknown => {
    if (method === 'eth_getBlockByNumber' && Number(params[0]) > last) return null
    return honest()
  }
/** Has another block at every height from one on. */
const forked =
  (from: number) =>
  (method: string, params: unknown[], honest: () => unknown): unknown => {
    const block = honest()
    return method === 'eth_getBlockByNumber' && Number(params[0]) >= from
      ? { ...(block as object), hash: hex32(666, Number(params[0])) }
      : block
  }
const blind = (method: string, _: unknown[], honest: () => unknown): unknown =>
  method === 'eth_getLogs' ? [] : honest()
const falseSlot = (method: string, _: unknown[], honest: () => unknown): unknown =>
  method === 'eth_call' ? hex32(667) : honest()
const emptySlot = (method: string, _: unknown[], honest: () => unknown): unknown =>
  method === 'eth_call' ? `0x${'00'.repeat(32)}` : honest()
const elsewhere = (method: string, _: unknown[], honest: () => unknown): unknown =>
  method === 'eth_chainId' ? '0x1' : honest()
const rubbish = (method: string, _: unknown[], honest: () => unknown): unknown =>
  method === 'eth_getLogs' ? 'logs? what logs?' : honest()
const refusing = (method: string, _: unknown[], honest: () => unknown): unknown => {
  if (method === 'eth_getLogs') throw new Error('upgrade your plan')
  return honest()
}

describe('three endpoints, two must agree', () => {
  test('default: all agree: level 4, and the explanation counts them', async () => {
    const on = stage()
    const pipeline = open(on)
    await allAt(on, '4 OK')
    const { witnesses, checks } = pipeline.explain(rowOf(on).key)!
    expect(witnesses).toBe('3 of 3 RPC')
    expect(checks.find(({ id }) => id === 'anchor')!.detail).toBe(
      `3 of 3 endpoints confirm it in block ${rowOf(on).blockNumber}.`,
    )
  })
  test.each([
    ['dead', dead, /rpc3 does not answer/],
    ['lagging behind', lagging(10), /rpc3 has not reached block/],
    ['on another chain', elsewhere, /rpc3 serves chain 1, not 31337/],
    ['answering rubbish', rubbish, /rpc3 answers rubbish/],
    ['refusing', refusing, /rpc3 refuses to say/],
    ['without the newest state', emptySlot, /rpc3 has the event, but not yet/],
  ])('behavior: one endpoint is %s: two agree, level 4, and it is named', async (_, lie, words) => {
    const on = stage({ rpc3: lie })
    const pipeline = open(on)
    await allAt(on, '4 OK')
    const { witnesses, checks } = pipeline.explain(rowOf(on).key)!
    expect(witnesses).toBe('2 of 3 RPC')
    expect(checks.find(({ id }) => id === 'anchor')!.detail).toMatch(words)
  })
  test.each([
    ['has other blocks', forked(1)],
    ['hides the events', blind],
    ['states another hash in the slot', falseSlot],
  ])('error: RPCS_DISAGREE when one endpoint %s, though two of three agree; nothing is shown', async (_, lie) => {
    const on = stage({ rpc3: lie })
    const pipeline = open(on)
    await allAt(on, '2 RPCS_DISAGREE')
    await on.page.until('everything taken back', () => on.page.samples.size === 0)
    const { checks } = pipeline.explain(rowOf(on).key)!
    expect(checks.find(({ result }) => result === 'failed')).toMatchObject({
      id: 'anchor',
      detail: expect.stringMatching(/^Only 2 of 3 .*contradict each other\. http:\/\/page\/rpc3 has /),
    })
  })
  test('error: a liar about the newest batches only leaves the older ones at level 4', async () => {
    const on = stage({ rpc2: forked(13) })
    open(on)
    await on.page.until('both', () => {
      const seen = new Set([...on.page.frames.values()].map(({ level, verdict }) => `${level} ${verdict}`))
      return seen.has('2 RPCS_DISAGREE')
    })
    await on.page.until('the older ones', () => on.page.samples.size === 2 * 2 * 3)
  })
  test.each([
    ['dead', dead, dead],
    ['behind and dead', lagging(10), dead],
    ['elsewhere and refusing', elsewhere, refusing],
  ])('behavior: two endpoints are %s: level 3, claimed, and no verdict is made up', async (_, two, three) => {
    const on = stage({ rpc2: two, rpc3: three })
    const pipeline = open(on)
    await allAt(on, '3 OK')
    const { checks } = pipeline.explain(rowOf(on).key)!
    await on.page.until('it was asked', () =>
      /rpc2/.test(pipeline.explain(rowOf(on).key)!.checks.find(({ id }) => id === 'anchor')!.detail),
    )
    expect(checks.find(({ id }) => id === 'anchor')).toMatchObject({ result: 'pending' })
  })
  test('behavior: endpoints that come back, or catch up, raise the level without being told', async () => {
    const on = stage({ rpc2: dead, rpc3: lagging(10) })
    open(on)
    await allAt(on, '3 OK')
    on.net.lies.others = { rpc2: dead }
    await allAt(on, '4 OK')
  })
  test('behavior: a liar that comes to its senses is believed again', async () => {
    const on = stage({ rpc2: forked(1) })
    open(on)
    await allAt(on, '2 RPCS_DISAGREE')
    on.net.lies.others = {}
    await allAt(on, '4 OK')
    await on.page.until('all shown', () => on.page.samples.size === 2 * 4 * 3)
  })
})

describe('other numbers of endpoints', () => {
  test.each([
    ['all three must agree and one is dead', { witnesses: 3 }, '3 OK'],
    ['one is enough', { witnesses: 1 }, '4 OK'],
  ])('behavior: %s', async (_, change, expected) => {
    const on = stage({ rpc3: dead }, change)
    open(on)
    await allAt(on, expected)
  })
  test('error: RPCS_DISAGREE also where one would be enough', async () => {
    const on = stage({ rpc3: forked(1) }, { witnesses: 1 })
    open(on)
    await allAt(on, '2 RPCS_DISAGREE')
  })
})

describe('the viewer’s own endpoint hides an anchor that an indexer names', () => {
  const hintOf = (world: World) =>
    defineSource({
      id: 'ponder',
      title: 'An indexer',
      standing: 'hint',
      isConfigured: () => true,
      async run({ signal }, sink) {
        sink.state('ok', 'Reading the indexer.')
        sink.anchors([...world.anchors])
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
      },
    })
  const hiding = (on: Stage): void => {
    const { txHash } = on.world.anchors[2]!
    on.net.lies.log = (log) => (log.blockHash === on.world.anchors[2]!.blockHash && txHash ? null : log)
  }
  test('error: NOT_ON_CHAIN when every endpoint denies it', async () => {
    const on = stage()
    hiding(on)
    open(on, { config: { indexer: 'indexer' }, hint: hintOf(on.world) })
    await on.page.until('the notice', () =>
      [...on.page.frames.values()].some(({ verdict }) => verdict === 'NOT_ON_CHAIN'),
    )
  })
  test('error: RPCS_DISAGREE when another endpoint knows it', async () => {
    const on = stage()
    const { blockHash } = on.world.anchors[2]!
    const hide = (method: string, params: unknown[], honest: () => unknown): unknown => {
      const hides = method === 'eth_getLogs' && (params[0] as { blockHash?: string }).blockHash === blockHash
      return hides ? [] : honest()
    }
    on.net.lies.others = { rpc: hide }
    open(on, { config: { indexer: 'indexer' }, hint: hintOf(on.world) })
    await on.page.until('the notice', () =>
      [...on.page.frames.values()].some(
        ({ verdict, device, batch }) => verdict === 'RPCS_DISAGREE' && device === -1 && batch === 2,
      ),
    )
  })
})
