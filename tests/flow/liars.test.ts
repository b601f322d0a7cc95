import { afterEach, describe, expect, test } from 'vitest'
import { defineSource, type SourceDefinition } from '../../src/chain/source.ts'
import type { Anchor } from '../../src/proofs/anchor.ts'
import type { Pipeline } from '../../workers/verify/pipeline.ts'
import { createMockNet, type MockNet, startPipeline } from '../support/mockNet.ts'
import { someReadings } from '../support/signers.ts'
import { type Collected, collect } from '../support/verifySink.ts'
import { createWorld, hex32, START_MS, type TestDevice, type World } from '../support/world.ts'

// Every component lies in turn; the page must name the lie, keep the honest devices, and show nothing false.

let running: Pipeline | null = null
afterEach(async () => {
  await running?.stop()
  running = null
})

interface Stage {
  readonly world: World
  readonly devices: readonly TestDevice[]
  readonly net: MockNet
  readonly page: Collected
}
/** Three devices with five batches each of them in, on a net that is honest so far. */
function stage(batches = 5): Stage {
  const world = createWorld()
  const devices = [world.add(), world.add({ curve: 'p256' }), world.add()]
  for (let i = 0; i < batches; i++) world.anchor(devices.map((device) => device.frame(START_MS + i * 5000)))
  return { world, devices, net: createMockNet(world), page: collect() }
}
const open = ({ net, world, page }: Stage, options?: Parameters<typeof startPipeline>[3]): Pipeline => {
  running = startPipeline(net, world, page, options)
  return running
}
const shownDevices = ({ page }: Stage): Set<string> =>
  new Set([...page.samples.keys()].map((key) => key.split(' ')[0]!))
const rows = ({ page }: Stage, verdict: string) => [...page.frames.values()].filter((row) => row.verdict === verdict)
const allIn = (on: Stage, frames: number) => on.page.until(`${frames} frames`, () => on.page.status?.frames === frames)

describe('an honest net', () => {
  test('default: everything is OK, and asked for once', async () => {
    const on = stage()
    open(on)
    await allIn(on, 15)
    expect(on.page.status).toMatchObject({
      rejected: 0,
      readings: 45,
      anchors: 5,
      backlogFrames: 0,
      rpc: 'ok',
      gateway: 'ok',
    })
    expect(on.net.asked.filter((path) => path.startsWith('/gateway/bodies/'))).toHaveLength(5)
  })
  test('behavior: an endpoint with a narrow block range is asked range by range', async () => {
    const on = stage()
    on.net.lies.maxSpan = 3
    open(on)
    await allIn(on, 15)
  })
})

describe('a lying gateway', () => {
  test('error: DATA_MISSING when a body is withheld; the others stay, the gap shows; it heals when the body comes', async () => {
    const on = stage()
    const { dataHash } = on.world.anchors[2]!
    on.net.lies.body = (hash, body) => (hash === dataHash ? null : body)
    const pipeline = open(on)
    await allIn(on, 12)
    await on.page.until(
      'the notice and the gaps',
      () => rows(on, 'DATA_MISSING').length === 1 && rows(on, 'GAP').length === 3,
    )
    expect(rows(on, 'DATA_MISSING')[0]).toMatchObject({ key: dataHash, device: -1, readings: 0, batch: 2 })
    expect(pipeline.explain(dataHash)!.checks[0]).toMatchObject({ result: 'failed' })
    on.net.lies.body = (_, body) => body
    await allIn(on, 15)
    await on.page.until('all well', () => rows(on, 'DATA_MISSING').length === 0 && rows(on, 'GAP').length === 0)
    expect(on.page.samples.size).toBe(45)
  })
  test('error: DATA_MISSING when other bytes are served under the hash; not one of them is shown', async () => {
    const on = stage()
    on.net.lies.body = (_, body) => body?.map((byte, i) => (i === body.length - 80 ? byte ^ 1 : byte)) ?? null
    open(on)
    await on.page.until('five notices', () => rows(on, 'DATA_MISSING').length === 5)
    expect(on.page.samples.size).toBe(0)
  })
  test('error: UNREACHABLE while it is down; anchors go on; all is there when it is back', async () => {
    const on = stage()
    on.net.lies.gatewayDown = true
    open(on)
    await on.page.until(
      'the notice',
      () => rows(on, 'UNREACHABLE').length > 0 && on.page.status?.gateway === 'unreachable',
    )
    expect(on.page.status).toMatchObject({ rpc: 'ok', anchors: 5, backlogFrames: 15 })
    on.net.lies.gatewayDown = false
    await allIn(on, 15)
    await on.page.until('all well', () => rows(on, 'UNREACHABLE').length === 0 && on.page.status?.gateway === 'ok')
    await on.page.until('places', () => on.page.devices.every((d) => d.documentProven))
  })
  test('error: forged documents move no device', async () => {
    const on = stage()
    on.net.lies.documents = (list) => list.map((document) => ({ ...(document as object), latDeg: 0 }))
    open(on)
    await allIn(on, 15)
    expect(on.page.devices.map(({ documentProven, latDeg }) => [documentProven, latDeg])).toEqual(
      Array(3).fill([false, NaN]),
    )
  })
  test('error: LOG_FORK from the batch on whose log root does not add up', async () => {
    const on = stage(2)
    on.world.anchor([on.devices[0]!.frame(START_MS + 10_000)], { logRoot: hex32(66) })
    open(on)
    await allIn(on, 7)
    expect(rows(on, 'LOG_FORK')).toHaveLength(1)
    expect(on.page.status).toMatchObject({ rejected: 1, readings: 18 })
  })
  test('error: BAD_PROOF when the anchored root is not that of the frames', async () => {
    const on = stage(1)
    const anchor = on.world.anchor([on.devices[0]!.frame(START_MS + 5000)])
    Object.assign(anchor, { batchRoot: hex32(67) })
    open(on)
    await on.page.until('the verdict', () => rows(on, 'BAD_PROOF').length === 1)
    expect(on.page.samples.size).toBe(9)
  })
})

describe('a troubled endpoint', () => {
  test('error: HEAD_STALE when the newest block stays old, and taken back when it moves', async () => {
    const on = stage()
    on.net.lies.frozenHead = on.world.head
    open(on)
    await allIn(on, 15)
    await on.page.until('stale', () => on.page.status?.rpc === 'stale' && rows(on, 'HEAD_STALE').length === 1)
    expect(on.page.status!.sourceWords).toMatch(/newest block is \d+ s old/)
    delete on.net.lies.frozenHead
    await on.page.until('fresh', () => on.page.status?.rpc === 'ok' && rows(on, 'HEAD_STALE').length === 0)
  })
  test('error: a dead endpoint leaves what was proven, and goes on where it was', async () => {
    const on = stage()
    open(on)
    await allIn(on, 15)
    on.net.lies.rpcDown = true
    await on.page.until('unreachable', () => on.page.status?.rpc === 'unreachable')
    on.world.anchor(on.devices.map((device) => device.frame(START_MS + 60_000)))
    expect(on.page.samples.size).toBe(45)
    on.net.lies.rpcDown = false
    await allIn(on, 18)
    expect(on.page.status!.rpc).toBe('ok')
  })
  test('error: a wrong chain is believed in nothing', async () => {
    const on = stage()
    on.net.lies.chainId = 1
    open(on)
    await on.page.until('wrong chain', () => on.page.status?.rpc === 'wrong-chain')
    expect(on.page.status).toMatchObject({ anchors: 0, frames: 0 })
    expect(on.page.devices).toEqual([])
    delete on.net.lies.chainId
    await allIn(on, 15)
  })
  test('error: events of other contracts and rubbish are ignored', async () => {
    const on = stage()
    on.net.lies.log = (log) =>
      Number(log.blockNumber) === on.world.anchors[1]!.blockNumber ? { ...log, address: `0x${'66'.repeat(20)}` } : log
    open(on)
    await allIn(on, 12)
    on.net.lies.log = (log) => ({ ...log, data: '0x1234' })
    on.world.anchor([on.devices[0]!.frame(START_MS + 60_000)])
    await on.page.until('a later head', () => (on.page.status?.headBlock ?? 0) > on.world.anchors.at(-1)!.blockNumber)
    expect(on.page.status!.frames).toBe(12)
  })
  test('error: an endpoint that invents a revocation silences a device, one that hides it cannot bring it back', async () => {
    const on = stage(2)
    on.world.revoke(on.devices[1]!)
    on.world.anchor(on.devices.map((device) => device.frame(START_MS + 60_000)))
    open(on)
    await allIn(on, 9)
    expect(rows(on, 'REVOKED').map(({ claimedDevice }) => claimedDevice)).toEqual([on.devices[1]!.address])
  })
})

describe('a directory that lies about origin', () => {
  test.each([0, 1])(
    'error: "real device" on a test chain stays simulated, with the simulated bit at %i',
    async (flags) => {
      const world = createWorld()
      const device = world.add({ origin: 'real-device' })
      world.anchor([device.frame(START_MS, { readings: someReadings(3, { flags }) })])
      const on: Stage = { world, devices: [device], net: createMockNet(world), page: collect() }
      const pipeline = open(on)
      await allIn(on, 1)
      expect(on.page.devices[0]!.origin).toBe('simulated')
      const [row] = rows(on, 'OK')
      expect(pipeline.evidence(row!.key)).not.toContain('measured"')
      expect(pipeline.evidence(row!.key)).toContain('"tag":"modelled"')
    },
  )
  test('error: one simulated reading takes "real device" away on any chain', async () => {
    const world = createWorld({ chainId: 4689 })
    const device = world.add({ origin: 'real-device' })
    world.anchor([device.frame(START_MS, { readings: someReadings(3, { flags: 0 }) })])
    const on: Stage = { world, devices: [device], net: createMockNet(world), page: collect() }
    open(on)
    await allIn(on, 1)
    expect(on.page.devices[0]!.origin).toBe('real-device')
    world.anchor([device.frame(START_MS + 60_000, { readings: someReadings(3, { flags: 1 }) })])
    await allIn(on, 2)
    await on.page.until('simulated', () => on.page.devices[0]!.origin === 'simulated')
  })
})

describe('a reorganised chain', () => {
  test('error: REORGED until anchored again; the readings go and come back, nobody else moves', async () => {
    const on = stage()
    open(on)
    await allIn(on, 15)
    const keep = on.world.anchors[2]!.blockNumber
    const lost = on.world.reorg(keep)
    on.net.fork(keep)
    on.world.mine(4)
    await on.page.until('the withdrawal', () => rows(on, 'REORGED').length >= 3 && on.page.status?.frames === 9)
    expect(on.page.samples.size).toBe(27)
    expect(rows(on, 'REORGED').every(({ level }) => level === 2)).toBe(true)
    expect(on.page.retractions.map(({ reason }) => reason)).toContain('reorg')
    for (const anchor of lost) on.world.anchorAgain(anchor)
    await allIn(on, 15)
    await on.page.until('all well', () => rows(on, 'REORGED').length === 0)
    expect(on.page.samples.size).toBe(45)
    expect(rows(on, 'OK')).toHaveLength(on.page.frames.size)
  })
  test('error: a reorg deeper than every header kept starts from the beginning, and ends with what the chain says', async () => {
    const on = stage()
    on.world.mine(80)
    open(on)
    await allIn(on, 15)
    on.world.reorg(10) // nothing of it stands any more
    on.net.fork(0)
    on.world.mine(3)
    await on.page.until('nothing left', () => on.page.status?.frames === 0)
    expect(on.page.samples.size).toBe(0)
  })
  test('behavior: a revocation in a withdrawn block is withdrawn too', async () => {
    const on = stage(2)
    const before = on.world.head
    on.world.revoke(on.devices[0]!)
    open(on)
    await on.page.until('the revocation', () => on.page.devices[0]?.revokedBlock === before + 1)
    on.world.statuses.length = 0
    on.world.reorg(before)
    on.net.fork(before)
    on.world.mine(3)
    await on.page.until('its withdrawal', () => on.page.devices[0]?.revokedBlock === null)
  })
})

describe('a lying indexer', () => {
  /** An indexer that names what a test lets it. */
  const hint = (name: () => readonly Anchor[], alive: () => boolean = () => true): SourceDefinition =>
    defineSource({
      id: 'ponder',
      title: 'Test indexer',
      standing: 'hint',
      isConfigured: () => true,
      async run({ heads, signal }, sink) {
        for await (const { head } of heads(signal)) {
          if (!alive()) throw new Error('gone')
          sink.anchors(name())
          sink.complete(head.number)
          sink.state('ok', 'Index is up.')
        }
      },
    })
  const config = { indexer: 'indexer' }

  test('default: an honest one is used, each of its anchors confirmed', async () => {
    const on = stage()
    open(on, { config, hint: hint(() => on.world.anchors) })
    await allIn(on, 15)
    await on.page.until('in use', () => on.page.status?.source === 'ponder' && on.page.status.indexer === 'ok')
    on.world.anchor(on.devices.map((device) => device.frame(START_MS + 60_000)))
    await allIn(on, 18)
    expect([...on.page.frames.values()].every(({ level, verdict }) => level === 4 && verdict === 'OK')).toBe(true)
  })
  test.each([
    ['an anchor of no block', (a: Anchor): Anchor => ({ ...a, seq: 9, blockHash: hex32(91), dataHash: hex32(92) })],
    ['another root', (a: Anchor): Anchor => ({ ...a, batchRoot: hex32(93), dataHash: hex32(94) })],
    ['another time', (a: Anchor): Anchor => ({ ...a, anchoredAtMs: a.anchoredAtMs + 1000, dataHash: hex32(95) })],
    ['another place in the block', (a: Anchor): Anchor => ({ ...a, logIndex: 7, dataHash: hex32(96) })],
  ])('error: NOT_ON_CHAIN for %s; the honest anchors stand', async (_, lie) => {
    const on = stage()
    open(on, { config, hint: hint(() => [lie(on.world.anchors[4]!), ...on.world.anchors]) })
    await allIn(on, 15)
    await on.page.until('the notice', () => rows(on, 'NOT_ON_CHAIN').length === 1)
    expect(rows(on, 'NOT_ON_CHAIN')[0]).toMatchObject({ device: -1, readings: 0 })
    expect(on.page.samples.size).toBe(45)
  })
  test('error: NOT_ON_CHAIN when the event is there but the contract’s slot says otherwise', async () => {
    const on = stage(1)
    open(on, { config, hint: hint(() => on.world.anchors) })
    await on.page.until('in use', () => on.page.status?.source === 'ponder')
    on.net.lies.slot = () => hex32(5)
    on.world.anchor([on.devices[0]!.frame(START_MS + 60_000)])
    await on.page.until('the notice', () => rows(on, 'NOT_ON_CHAIN').length === 1)
    expect(on.page.status!.frames).toBe(3)
  })
  test('error: INDEXER_INCOMPLETE when it withholds; the chain is read instead and nothing is lost', async () => {
    const on = stage()
    open(on, { config, hint: hint(() => on.world.anchors.filter(({ seq }) => seq < 5)) })
    await allIn(on, 15)
    await on.page.until('in use', () => on.page.status?.source === 'ponder')
    on.world.anchor(on.devices.map((device) => device.frame(START_MS + 60_000)))
    await allIn(on, 18)
    await on.page.until('the notice', () => rows(on, 'INDEXER_INCOMPLETE').length === 1)
    expect(rows(on, 'INDEXER_INCOMPLETE')[0]).toMatchObject({ batch: 5, device: -1 })
    expect(on.page.status).toMatchObject({ source: 'chain-logs', indexer: 'incomplete' })
    expect(on.page.status!.sourceWords).toMatch(/withholds/)
  })
  test('behavior: it dies and comes back while readings go on; none is lost, none is told twice', async () => {
    const on = stage()
    let alive = true
    open(on, {
      config,
      hint: hint(
        () => on.world.anchors,
        () => alive,
      ),
    })
    await on.page.until('in use', () => on.page.status?.source === 'ponder')
    const keys: string[] = []
    on.page.onReadings = ((inner) => (columns) => {
      for (const [i, t] of columns.timeMs.entries()) keys.push(`${columns.device[i]} ${t}`)
      inner(columns)
    })(on.page.onReadings)
    await allIn(on, 15)
    for (let round = 0; round < 4; round++) {
      alive = round % 2 === 1
      on.world.anchor(on.devices.map((device) => device.frame(START_MS + 60_000 + round * 5000)))
      await allIn(on, 18 + 3 * round)
      const source = alive ? 'ponder' : 'chain-logs'
      await on.page.until(source, () => on.page.status?.source === source)
      if (!alive) expect(on.page.status!.sourceWords).toMatch(/indexer does not answer/)
    }
    expect(on.page.samples.size).toBe(3 * 3 * 9)
    expect(new Set(keys).size).toBe(keys.length)
    expect(shownDevices(on).size).toBe(3)
  })
})
