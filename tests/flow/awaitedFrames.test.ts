import { afterEach, describe, expect, test } from 'vitest'
import type { Pipeline } from '../../workers/verify/pipeline.ts'
import { createLiveLine, type LiveLine } from '../support/liveLine.ts'
import { createMockNet, type MockNet, startPipeline } from '../support/mockNet.ts'
import { someReadings } from '../support/signers.ts'
import { type Collected, collect } from '../support/verifySink.ts'
import { createWorld, START_MS, type TestDevice, type World } from '../support/world.ts'

// Frames that come over the live channel ahead of their anchor: what is shown of them, and what becomes of it.

let running: Pipeline | null = null
afterEach(async () => {
  await running?.stop()
  running = null
})

interface Stage {
  readonly world: World
  readonly devices: readonly TestDevice[]
  readonly net: MockNet
  readonly line: LiveLine
  readonly page: Collected
}
/** Two devices with three anchored batches, and a page that has read them and listens. */
async function stage(): Promise<Stage & { readonly pipeline: Pipeline }> {
  const world = createWorld()
  const devices = [world.add(), world.add({ curve: 'p256' })]
  for (let i = 0; i < 3; i++) world.anchor(devices.map((device) => device.frame(START_MS + i * 5000)))
  const net = createMockNet(world)
  const line = createLiveLine(net.nowMs)
  const page = collect()
  running = startPipeline(net, world, page, { openSocket: line.open })
  await page.until('the past', () => page.status?.frames === 6 && page.status.live?.way === 'socket')
  return { world, devices, net, line, page, pipeline: running }
}
const now = ({ net }: Stage): number => Math.floor(net.nowMs())
const rowsAt = ({ page }: Stage, level: number) => [...page.frames.values()].filter((row) => row.level === level)
const live = ({ page }: Stage) => page.status!.live!

describe('ahead of the anchor', () => {
  test('default: shown as signed at once, raised when anchored, and told of once', async () => {
    const on = await stage()
    const { world, devices, line, page } = on
    const samples = page.samples.size
    const sentMs = now(on)
    const frames = devices.map((device) => device.frame(sentMs))
    const raised = () => rowsAt(on, 4).filter(({ fromMs }) => fromMs === sentMs).length
    line.push(...frames)
    await page.until('the readings', () => page.samples.size === samples + 6)
    await page.until('two rows', () => rowsAt(on, 2).length === 2)
    expect(rowsAt(on, 2).map(({ verdict, batch }) => [verdict, batch])).toEqual([
      ['OK', -1],
      ['OK', -1],
    ])
    await page.until('its count', () => live(on).awaiting === 2)
    expect(live(on)).toMatchObject({ awaiting: 2, frames: 2, lost: 0, folded: 0 })
    const told = page.messages.filter((kind) => kind === 'readings').length
    world.anchor(frames)
    await page.until('the anchors', () => live(on).awaiting === 0 && raised() === 2)
    expect(page.status).toMatchObject({ frames: 8, rejected: 0 })
    expect(page.samples.size).toBe(samples + 6)
    expect(page.retractions).toEqual([])
    expect(page.messages.filter((kind) => kind === 'readings')).toHaveLength(told)
  })
  test('default: its explanation says what is still to come', async () => {
    const on = await stage()
    on.line.push(on.devices[0]!.frame(now(on)))
    await on.page.until('a row', () => rowsAt(on, 2).length === 1)
    const [row] = rowsAt(on, 2)
    const { checks, frame } = on.pipeline.explain(row!.key)!
    expect(frame).toMatchObject({ verdict: 'OK', level: 2, batch: -1 })
    const results = Object.fromEntries(checks.map(({ id, result }) => [id, result]))
    expect(results).toMatchObject({ decode: 'passed', signature: 'passed', inclusion: 'pending', anchor: 'pending' })
    expect(JSON.parse(on.pipeline.evidence(row!.key)!)).toMatchObject({
      format: 'veracity-notice',
      readings: [],
    })
  })
  test('behavior: what comes late, after its anchor, or twice, changes nothing', async () => {
    const on = await stage()
    const { world, devices, line, page } = on
    const frame = devices[0]!.frame(now(on))
    world.anchor([frame])
    await page.until('the anchor', () => page.status!.frames === 7)
    const [samples, rows] = [page.samples.size, page.frames.size]
    line.push(frame, frame)
    await page.until('both taken', () => live(on).frames === 2)
    await page.until('a word more', () => live(on).awaiting === 0)
    expect([page.samples.size, page.frames.size]).toEqual([samples, rows])
    expect(page.status).toMatchObject({ frames: 7, rejected: 0 })
  })
  test('behavior: a line cut while frames come loses none', async () => {
    const on = await stage()
    const { devices, line, page } = on
    const samples = page.samples.size
    for (let i = 0; i < 8; i++) {
      line.push(devices[0]!.frame(now(on), { readings: someReadings(1) }))
      line.kill()
      line.push(devices[1]!.frame(now(on), { readings: someReadings(1) })) // while nobody listens
      await page.until('both', () => page.samples.size === samples + 2 * (i + 1))
    }
    await page.until('the count', () => live(on).frames === 16)
    expect(live(on)).toMatchObject({ lost: 0, resumed: 0 })
    expect(line.joins).toBe(9)
  })
})

describe('what is not anchored as it was delivered', () => {
  test('error: altered on the way: no value of it, and no row before its anchor', async () => {
    const on = await stage()
    const { world, devices, line, page } = on
    const samples = page.samples.size
    const frame = devices[0]!.frame(now(on)).slice()
    frame[120] = frame[120]! ^ 1
    line.push(frame)
    await page.until('it was taken', () => live(on).awaiting === 1)
    expect(page.status!.rejected).toBe(0)
    world.anchor([frame])
    await page.until('its verdict', () => page.verdicts().BAD_SIGNATURE === 1 && page.status!.rejected === 1)
    expect(page.samples.size).toBe(samples)
  })
  test('error: never anchored: taken back after two minutes, as NOT_ON_CHAIN', async () => {
    const on = await stage()
    const { devices, line, page } = on
    const samples = page.samples.size
    line.push(devices[0]!.frame(now(on)))
    await page.until('the readings', () => page.samples.size === samples + 3)
    await page.until('the verdict', () => page.verdicts().NOT_ON_CHAIN === 1)
    expect(page.samples.size).toBe(samples)
    await page.until('the count', () => page.status!.rejected === 1 && page.status!.frames === 7)
  })
  test('behavior: while the chain does not answer nobody is blamed', async () => {
    const on = await stage()
    const { devices, line, page, net } = on
    const samples = page.samples.size
    line.push(devices[0]!.frame(now(on)))
    await page.until('the readings', () => page.samples.size === samples + 3)
    net.lies.rpcDown = true
    const since = net.nowMs()
    await page.until('four minutes', () => net.nowMs() - since > 240_000)
    expect(page.verdicts().NOT_ON_CHAIN).toBeUndefined()
    expect(page.samples.size).toBe(samples + 3)
  })
  test('error: other readings of the same numbers are anchored: what was shown is taken back', async () => {
    const on = await stage()
    const { world, devices, line, page } = on
    const [device] = devices
    const forged = device!.frame(now(on), { readings: someReadings(3) })
    // the key was used twice: the same numbers, another time
    const view = new DataView(forged.buffer, forged.byteOffset)
    const other = device!.signer.sign({
      epoch: 0,
      seqFirst: Number(view.getBigUint64(58)),
      prev: forged.slice(66, 98),
      t0Ms: now(on) - 500,
      readings: someReadings(3),
    })
    const samples = page.samples.size
    line.push(forged)
    await page.until('the readings', () => page.samples.size === samples + 3)
    world.anchor([other])
    await page.until('the contradiction', () => page.verdicts().DUPLICATE === 1)
    await page.until('only the anchored one', () => page.retractions.length === 1 && page.samples.size === samples + 3)
    expect(
      [...page.samples.keys()].filter((key) => Number(key.split(' ')[2]) === Number(view.getBigUint64(98))),
    ).toEqual([])
  })
  test('error: an old message sent again is not shown, nor is one of a stranger', async () => {
    const on = await stage()
    const { world, devices, line, page } = on
    const stranger = world.add({ seed: 77 }, false)
    const samples = page.samples.size
    const again = devices[0]!.signer.sign({
      epoch: 0,
      seqFirst: 0,
      prev: new Uint8Array(32),
      t0Ms: now(on),
      readings: someReadings(2),
    })
    line.push(again, stranger.frame(now(on)), Uint8Array.of(1, 2, 3))
    await page.until('all taken', () => live(on).awaiting === 3)
    expect(page.samples.size).toBe(samples)
    await page.until('their verdicts', () => page.status!.rejected === 3)
    expect(page.verdicts()).toMatchObject({ NOT_ON_CHAIN: 1, UNKNOWN_DEVICE: 1, MALFORMED: 1 })
    expect(page.samples.size).toBe(samples)
  })
})
