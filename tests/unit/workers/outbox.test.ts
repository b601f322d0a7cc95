import { describe, expect, test } from 'vitest'
import { awaitedCase } from '../../../src/proofs/awaited.ts'
import { createBatchChecker } from '../../../src/proofs/checkBatch.ts'
import { createDirectory } from '../../../src/proofs/directory.ts'
import type { FrameRecord } from '../../../src/proofs/frameRecord.ts'
import { batchRow, frameKey } from '../../../src/proofs/frameRow.ts'
import { createSurroundings } from '../../../src/proofs/plausibility/surroundings.ts'
import { createFrameBook } from '../../../workers/verify/frameBook.ts'
import { createOutbox, type OutboxPort } from '../../../workers/verify/outbox.ts'
import { crypto, someReadings } from '../../support/signers.ts'
import { collect } from '../../support/verifySink.ts'
import { createWorld, START_MS } from '../../support/world.ts'

// A main thread that is behind: what it is spared, and that it gets the rest later.

const READINGS = 200
const HOUR_MS = 3_600_000 // longer than the readings of one frame

/** A page that answers only when told to, and frames of two devices that came ahead of their anchor. */
async function stage(framesEach: number) {
  const world = createWorld()
  const devices = [world.add(), world.add()]
  const directory = createDirectory(crypto)
  for (const registration of world.registrations) directory.register(registration)
  const checker = createBatchChecker({ crypto, p256: null, domain: world.domain, directory })
  const bytes = Array.from({ length: framesEach }, (_, i) =>
    devices.map((device) => device.frame(START_MS + i * HOUR_MS, { readings: someReadings(READINGS) })),
  ).flat()
  const records = await checker.checkFrames(
    bytes.map((one, index) => ({ bytes: one, index, inclusionFault: null })),
    awaitedCase(20, START_MS),
  )
  for (const record of records) record.settled = true
  const page = collect()
  const answers: (() => void)[] = []
  let slow = true
  const wait = (): Promise<void> => (slow ? new Promise((resolve) => answers.push(resolve)) : Promise.resolve())
  const port: OutboxPort = {
    devices: wait,
    readings: (columns) => {
      page.onReadings(columns)
      return wait()
    },
    frames: (rows) => {
      page.onFrames(rows)
      return wait()
    },
    retract: wait,
    status: wait,
  }
  const outbox = createOutbox(port, 0)
  return {
    world,
    bytes,
    records,
    directory,
    checker,
    page,
    outbox,
    keepUp(): void {
      slow = false
      for (const answer of answers.splice(0)) answer()
    },
  }
}
const simple = (records: readonly FrameRecord[], outbox: ReturnType<typeof createOutbox>): FrameRecord[] => {
  const folded: FrameRecord[] = []
  for (const record of records) outbox.ahead(record, () => folded.push(record))
  return folded
}

describe('readings ahead of their anchor', () => {
  test('default: all go while the other side keeps up', async () => {
    const { records, outbox, page, keepUp } = await stage(4)
    keepUp()
    simple(records, outbox)
    await outbox.flush()
    expect(page.samples.size).toBe(8 * READINGS)
    expect(outbox.folded).toBe(0)
  })
  test('behavior: far behind: the newest frame of each device goes, the rest is counted', async () => {
    const { records, outbox, page, keepUp } = await stage(30)
    keepUp()
    const folded = simple(records, outbox)
    await outbox.flush()
    expect(outbox.folded).toBe(58 * READINGS)
    expect(folded).toEqual(records.slice(0, 58))
    expect(page.samples.size).toBe(2 * READINGS)
    const times = [...page.samples.keys()].map((key) => Number(key.split(' ')[2]))
    expect(Math.min(...times)).toBe(START_MS + 29 * HOUR_MS)
  })
  test('behavior: a busy page is sent portions, each after its answer', async () => {
    const { records, outbox, page, keepUp } = await stage(15)
    simple(records, outbox)
    void outbox.flush()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(page.samples.size).toBe(1_024)
    keepUp()
    await outbox.flush()
    expect(page.samples.size).toBe(30 * READINGS)
  })
  test('error: a frame that may not be shown is not taken', async () => {
    const { records, outbox } = await stage(1)
    const [record] = records
    expect(outbox.ahead({ ...record!, signature: 'invalid' }, () => {})).toBe(false)
    expect(outbox.ahead({ ...record!, device: null }, () => {})).toBe(false)
  })
  test('behavior: what was folded comes with its anchor, what was shown does not come twice', async () => {
    const { world, bytes, records, directory, checker, outbox, page, keepUp } = await stage(30)
    keepUp()
    const frames = createFrameBook(crypto, outbox, createSurroundings(directory))
    frames.acceptAwaited(records, START_MS)
    await outbox.flush()
    expect(page.samples.size).toBe(2 * READINGS)
    expect(frames.counts).toMatchObject({ frames: 60, readings: 60 * READINGS })
    let sent = 0
    const onReadings = page.onReadings
    page.onReadings = (columns) => {
      sent += columns.device.length
      onReadings(columns)
    }
    const anchor = world.anchor(bytes)
    const anchored = await checker.checkBody(world.bodies[0]!, {
      anchor,
      anchorState: 'confirmed',
      witnessesAgreed: 1,
      witnessesAsked: 1,
      witnessNote: null,
      headerProof: null,
      log: 'extends',
    })
    if ('verdict' in anchored) throw new Error(anchored.sentence)
    frames.accept(anchored, START_MS)
    frames.settle(() => true, START_MS)
    await outbox.flush()
    expect(page.samples.size).toBe(60 * READINGS)
    expect(sent).toBe(58 * READINGS)
    expect(frames.counts).toMatchObject({ frames: 60, readings: 60 * READINGS, rejected: 0 })
  })
  test('behavior: an anchor that overtakes the readings it belongs to loses none of them', async () => {
    const { world, bytes, records, directory, checker, outbox, page, keepUp } = await stage(30)
    const frames = createFrameBook(crypto, outbox, createSurroundings(directory))
    frames.acceptAwaited(records, START_MS) // still in the outbox
    const anchor = world.anchor(bytes)
    const anchored = await checker.checkBody(world.bodies[0]!, {
      anchor,
      anchorState: 'confirmed',
      witnessesAgreed: 1,
      witnessesAsked: 1,
      witnessNote: null,
      headerProof: null,
      log: 'extends',
    })
    if ('verdict' in anchored) throw new Error(anchored.sentence)
    for (const record of anchored) record.settled = true
    const keys = records.map((record) => frameKey(crypto, record))
    const rowed = keys.map((key, i) => [i, frames.find(key)] as const).filter(([, found]) => found)
    expect(rowed.length).toBeGreaterThan(1)
    for (const [i, found] of rowed) expect(found).toBe(records[i])
    frames.accept(anchored, START_MS)
    // the page still asks by the keys it was told before
    for (const [i] of rowed) expect(frames.find(keys[i]!)).toBe(anchored[i])
    keepUp()
    await outbox.flush()
    await outbox.flush()
    expect(page.samples.size).toBe(60 * READINGS)
  })
})

describe('a key a message had ahead of its anchor', () => {
  async function anchoredTwice() {
    const { world, bytes, records, directory, checker, outbox, keepUp } = await stage(3)
    keepUp()
    const frames = createFrameBook(crypto, outbox, createSurroundings(directory))
    frames.acceptAwaited(records, START_MS)
    const early = frames.framesOf(0, 1)[0]!.key // of records[4], the newest of the first device
    const anchor = world.anchor(bytes)
    const check = async () => {
      const anchorCase = { anchorState: 'confirmed', witnessesAgreed: 1, witnessesAsked: 1, witnessNote: null } as const
      const anchored = await checker.checkBody(world.bodies[0]!, {
        anchor,
        ...anchorCase,
        headerProof: null,
        log: 'extends',
      })
      if ('verdict' in anchored) throw new Error(anchored.sentence)
      for (const record of anchored) record.settled = true
      return anchored
    }
    return { frames, records, early, first: await check(), second: await check() }
  }
  test('behavior: leads to the anchored copy, and after a reorg to the one anchored again', async () => {
    const { frames, records, early, first, second } = await anchoredTwice()
    expect(frames.find(early)).toBe(records[4])
    frames.accept(first, START_MS)
    expect(frames.find(early)).toBe(first[4])
    for (const record of first) record.batch.anchorState = 'withdrawn'
    frames.withdraw(first)
    expect(frames.find(early)).toBe(first[4]) // what happened to it can be explained
    frames.accept(second, START_MS)
    expect(frames.find(early)).toBe(second[4])
    expect(frames.find(frameKey(crypto, second[4]!))).toBe(second[4])
  })
  test('behavior: is forgotten with the message, anchored or never', async () => {
    const { frames, early, first } = await anchoredTwice()
    frames.accept(first, START_MS)
    frames.forget(0)
    expect([frames.size, frames.find(early)]).toEqual([0, null])
    const never = await anchoredTwice()
    never.frames.overdue(START_MS + 899_999)
    expect(never.frames.find(never.early)).not.toBeNull()
    never.frames.overdue(START_MS + 900_000)
    expect([never.frames.size, never.frames.find(never.early)]).toEqual([0, null])
  })
})

test('behavior: readings that come while many rows are on their way go before the rest of them', async () => {
  const { records, world } = await stage(1)
  const anchor = world.anchor([world.add().frame(START_MS)])
  const order: string[] = []
  let answer = (): void => {}
  const told = (what: string): Promise<void> => {
    order.push(what)
    return new Promise((resolve) => {
      answer = resolve
    })
  }
  const outbox = createOutbox(
    {
      devices: () => told('devices'),
      readings: ({ device }) => told(`${device.length} readings`),
      frames: (rows) => told(`${rows.length} rows`),
      retract: () => told('retract'),
      status: () => told('status'),
    },
    3_600_000,
  )
  const row = (n: number) => ({ ...batchRow(anchor, 'OK'), key: `0x${n}` as const, seqFirst: n })
  for (let n = 0; n < 600; n++) outbox.frame(row(n))
  const done = outbox.flush()
  const next = async (): Promise<void> => {
    answer()
    await new Promise((resolve) => setTimeout(resolve))
  }
  await next()
  expect(order).toEqual(['250 rows'])
  for (const record of records) outbox.ahead(record, () => {})
  outbox.frame(row(599)) // its last word goes once
  await next()
  expect(order).toEqual(['250 rows', `${2 * READINGS} readings`])
  while (order.length < 4) await next()
  answer()
  await done
  expect(order).toEqual(['250 rows', `${2 * READINGS} readings`, '250 rows', '100 rows'])
})

test('behavior: the first readings go by small messages, those after them by larger ones, none lost', async () => {
  const { records, page, outbox, keepUp } = await stage(120)
  keepUp()
  const sizes: number[] = []
  const onReadings = page.onReadings
  page.onReadings = (columns) => {
    sizes.push(columns.device.length)
    onReadings(columns)
  }
  for (const record of records) outbox.readings(record)
  await outbox.flush()
  const colds = sizes.findIndex((size) => size > 1_024)
  const cold = sizes.slice(0, colds).reduce((sum, size) => sum + size, 0)
  expect(Math.max(...sizes)).toBe(4_096)
  expect([cold >= 40_000, cold < 41_024]).toEqual([true, true])
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(240 * READINGS)
})
