import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBatchChecker } from '../../../src/proofs/checkBatch.ts'
import { createDirectory } from '../../../src/proofs/directory.ts'
import { createBatchCase, type FrameRecord } from '../../../src/proofs/frameRecord.ts'
import { createSurroundings } from '../../../src/proofs/plausibility/surroundings.ts'
import { type BatchEntry, createBatchBook } from '../../../workers/verify/batchBook.ts'
import { createFrameBook } from '../../../workers/verify/frameBook.ts'
import { createOutbox } from '../../../workers/verify/outbox.ts'
import { crypto, someReadings } from '../../support/signers.ts'
import { collect } from '../../support/verifySink.ts'
import { createWorld, START_MS, type World } from '../../support/world.ts'

// Batches are checked newest first, and in whatever order their bodies arrive. In the end the page must know the same.

interface Told {
  readonly samples: readonly string[]
  readonly verdicts: Readonly<Record<string, string>>
  readonly counts: { readonly frames: number; readonly readings: number; readonly rejected: number }
}

/** Checks the batches of a world in a given order, and returns what a page knows at the end. */
async function play(
  world: World,
  order: readonly number[],
  afterEach: (shown: ReadonlyMap<string, number>) => void = () => {},
): Promise<Told> {
  const directory = createDirectory(crypto)
  for (const registration of world.registrations) directory.register(registration)
  directory.addDocuments(world.documents)
  const checker = createBatchChecker({ crypto, p256: null, domain: world.domain, directory })
  const page = collect()
  const outbox = createOutbox({
    devices: async () => {},
    readings: async (columns) => page.onReadings(columns),
    frames: async (rows) => page.onFrames(rows),
    retract: async (retraction) => page.onRetract(retraction),
    status: async () => {},
  })
  const frames = createFrameBook(crypto, outbox, createSurroundings(directory))
  const book = createBatchBook()
  const entries = world.anchors.map((anchor) => book.add(anchor, true) as BatchEntry)
  for (const i of order) {
    const entry = entries[i]!
    entry.batch.anchorState = 'confirmed'
    const records = await checker.checkBody(world.bodies[i]!, entry.batch)
    if ('verdict' in records) throw new Error(records.sentence)
    entry.records = records
    entry.state = 'checked'
    frames.accept(records, 0)
    frames.settle(book.isSettled, 0)
    if (book.isComplete()) frames.markComplete()
    await outbox.flush()
    afterEach(page.samples)
  }
  const verdicts: Record<string, string> = {}
  for (const [device] of directory.rows(1, true).entries()) {
    for (const row of frames.framesOf(device, 999)) verdicts[row.key] = `${row.verdict} ${row.missingBefore}`
  }
  for (const [key, row] of page.frames)
    if (verdicts[key] !== undefined) expect(`${row.verdict} ${row.missingBefore}`).toBe(verdicts[key])
  return {
    samples: [...page.samples].map(([key, value]) => `${key} ${value}`).sort(),
    verdicts,
    counts: { ...frames.counts },
  }
}

/** What a device may do in a batch: send, skip, be replayed, or have its key used twice. */
const step = fc.record({ device: fc.nat(2), what: fc.constantFrom('send', 'send', 'send', 'skip', 'replay', 'clone') })

function build(batches: readonly (readonly { device: number; what: string }[])[]): World {
  const world = createWorld()
  const devices = [world.add(), world.add(), world.add()]
  const sent: Uint8Array[][] = [[], [], []]
  for (const [i, steps] of batches.entries()) {
    const tMs = START_MS + i * 20_000
    const frames: Uint8Array[] = []
    for (const { device, what } of steps) {
      const own = devices[device]!
      const old = sent[device]!
      if (what === 'replay' && old.length > 0) frames.push(old[0]!)
      else if (what === 'clone' && old.length > 0) {
        frames.push(
          own.signer.sign({
            epoch: 0,
            seqFirst: 1,
            prev: new Uint8Array(32).fill(8),
            t0Ms: tMs,
            readings: someReadings(2, { from: 7000 }),
          }),
        )
      } else {
        const frame = own.frame(tMs + frames.length, { skip: what === 'skip' ? 2 : 0 })
        old.push(frame)
        frames.push(frame)
      }
    }
    if (frames.length > 0) world.anchor(frames, { atMs: tMs + 5000 })
  }
  return world
}

describe('createFrameBook', () => {
  const oldest = (world: World): number[] => world.anchors.map((_, i) => i)
  test('behavior: any order of batches ends in the same verdicts and the same readings (seeded)', async () => {
    const batches = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 9 })
    await fc.assert(
      fc.asyncProperty(batches, fc.array(fc.nat(), { minLength: 9, maxLength: 9 }), async (plan, keys) => {
        const world = build(plan)
        const expected = await play(world, oldest(world))
        const shuffled = oldest(world).sort((a, b) => keys[a]! - keys[b]! || a - b)
        expect(await play(world, oldest(world).reverse())).toEqual(expected)
        expect(await play(world, shuffled)).toEqual(expected)
      }),
      { seed: 31, numRuns: 40 },
    )
  })
  test('behavior: what neighbours contradict is taken back in any order of batches (seeded)', async () => {
    const temperatures = fc.array(fc.integer({ min: -5, max: 45 }), { minLength: 4, maxLength: 7 })
    let doubted = 0
    await fc.assert(
      fc.asyncProperty(temperatures, fc.array(fc.nat(), { minLength: 7, maxLength: 7 }), async (celsius, keys) => {
        const world = createWorld()
        for (const [i, value] of celsius.entries()) {
          const device = world.add({ kind: 'air-quality' })
          const readings = [{ dtMs: 0, metric: 11, scale: 0, flags: 1, value }]
          world.anchor([device.frame(START_MS + i * 1000, { readings })])
        }
        const expected = await play(world, oldest(world))
        const shuffled = oldest(world).sort((a, b) => keys[a]! - keys[b]! || a - b)
        expect(await play(world, oldest(world).reverse())).toEqual(expected)
        expect(await play(world, shuffled)).toEqual(expected)
        doubted += expected.counts.rejected
        expect(expected.samples).toHaveLength(celsius.length - expected.counts.rejected)
      }),
      { seed: 32, numRuns: 30 },
    )
    expect(doubted).toBeGreaterThan(10)
  })
  test('behavior: newest first, a replayed frame is never shown before its original', async () => {
    const world = createWorld()
    const device = world.add()
    const first = device.frame(START_MS)
    world.anchor([first])
    for (let i = 1; i < 6; i++) world.anchor([device.frame(START_MS + i * 600_000)])
    world.anchor([first, device.frame(START_MS + 3_600_000)])
    const seen: number[] = []
    const end = await play(world, oldest(world).reverse(), (samples) => {
      seen.push([...samples.keys()].filter((key) => Number(key.split(' ')[2]) < START_MS + 5000).length)
    })
    expect(seen).toEqual([0, 0, 0, 0, 0, 0, 3])
    expect(end.counts).toEqual({ frames: 8, readings: 21, rejected: 1 })
  })
  test('behavior: PENDING is said of a frame that waits longer than a moment, and taken back when it settles', async () => {
    const world = createWorld()
    const device = world.add()
    world.anchor([device.frame(START_MS)])
    const directory = createDirectory(crypto)
    for (const registration of world.registrations) directory.register(registration)
    const page = collect()
    const outbox = createOutbox({
      devices: async () => {},
      readings: async (columns) => page.onReadings(columns),
      frames: async (rows) => page.onFrames(rows),
      retract: async () => {},
      status: async () => {},
    })
    const frames = createFrameBook(crypto, outbox, createSurroundings(directory))
    const batch = {
      anchor: world.anchors[0]!,
      anchorState: 'confirmed',
      witnessesAgreed: 1,
      witnessesAsked: 1,
      witnessNote: null,
      headerProof: null,
      log: 'extends',
    } as const
    const checker = createBatchChecker({ crypto, p256: null, domain: world.domain, directory })
    const records = (await checker.checkBody(world.bodies[0]!, { ...batch })) as FrameRecord[]
    const rowsWhen = async (settled: boolean, nowMs: number) => {
      frames.settle(() => settled, nowMs)
      await outbox.flush()
      return [...page.frames.values()].map(({ verdict }) => verdict)
    }
    frames.accept(records, 0)
    expect(await rowsWhen(false, 1000)).toEqual([])
    expect(await rowsWhen(false, 3000)).toEqual(['PENDING'])
    expect(page.samples.size).toBe(0)
    expect(frames.counts).toEqual({ frames: 0, readings: 0, rejected: 0 })
    expect(await rowsWhen(true, 4000)).toEqual(['OK'])
    expect(page.samples.size).toBe(3)
  })
  test('behavior: what is forgotten is not kept, the newest stay, and an old one sent again is still a duplicate', async () => {
    const world = createWorld()
    const device = world.add()
    const sent = [0, 1, 2, 3, 4].map((i) => device.frame(START_MS + i * 5000))
    for (const frame of [...sent, sent[1]!]) world.anchor([frame])
    const directory = createDirectory(crypto)
    for (const registration of world.registrations) directory.register(registration)
    const checker = createBatchChecker({ crypto, p256: null, domain: world.domain, directory })
    const nothing = async (): Promise<void> => {}
    const outbox = createOutbox({
      devices: nothing,
      readings: nothing,
      frames: nothing,
      retract: nothing,
      status: nothing,
    })
    const frames = createFrameBook(crypto, outbox, createSurroundings(directory))
    const records: FrameRecord[] = []
    for (const [i, anchor] of world.anchors.entries()) {
      const batch = { ...createBatchCase(anchor), anchorState: 'confirmed' as const, log: 'extends' as const }
      const [record] = (await checker.checkBody(world.bodies[i]!, batch)) as FrameRecord[]
      record!.settled = true
      records.push(record!)
      if (i === 5) frames.forget(2)
      frames.accept([record!], 0)
    }
    expect(records.map((record) => frames.knows(record))).toEqual([false, false, false, true, true, true])
    expect(records[5]!.standing).toBe('duplicate')
    expect(frames.size).toBe(3)
    expect(frames.counts).toMatchObject({ frames: 6, rejected: 1 })
    outbox.close()
  })
  test('behavior: refused frames that stand in no chain are forgotten too, the oldest first, and stay counted', async () => {
    const world = createWorld()
    const device = world.add()
    world.anchor([device.frame(START_MS)])
    const directory = createDirectory(crypto)
    for (const registration of world.registrations) directory.register(registration)
    const checker = createBatchChecker({ crypto, p256: null, domain: world.domain, directory })
    const nothing = async (): Promise<void> => {}
    const sink = { devices: nothing, readings: nothing, frames: nothing, retract: nothing, status: nothing }
    const outbox = createOutbox(sink)
    const frames = createFrameBook(crypto, outbox, createSurroundings(directory))
    const batch = { ...createBatchCase(world.anchors[0]!), anchorState: 'confirmed' as const, log: 'extends' as const }
    const [good] = (await checker.checkBody(world.bodies[0]!, batch)) as FrameRecord[]
    const rubbish = Array.from(
      { length: 5_000 },
      (_, i): FrameRecord => ({
        ...good!,
        bytes: new Uint8Array([i >> 8, i & 255]),
        batch: { ...batch, anchor: { ...batch.anchor, seq: i + 1 } },
        fault: 'too short',
        device: null,
        settled: true,
      }),
    )
    frames.accept([{ ...good!, settled: true }, ...rubbish], 0)
    frames.forget(2)
    expect(frames.size).toBe(2_001)
    expect(frames.knows(rubbish[2_999]!)).toBe(false)
    expect(frames.knows(rubbish[3_000]!)).toBe(true)
    expect(frames.counts).toMatchObject({ frames: 5_001, rejected: 5_000 })
    outbox.close()
  })
  test('behavior: a cloned key’s frame is shown at first, and taken back when the older one turns up', async () => {
    const world = createWorld()
    const device = world.add()
    world.anchor([device.frame(START_MS)])
    const clone = device.signer.sign({
      epoch: 0,
      seqFirst: 1,
      prev: new Uint8Array(32).fill(8),
      t0Ms: START_MS + 600_000,
      readings: someReadings(2, { from: 7000 }),
    })
    world.anchor([clone])
    const sizes: number[] = []
    const end = await play(world, [1, 0], (samples) => sizes.push(samples.size))
    expect(sizes).toEqual([2, 3])
    expect(end.samples.some((sample) => sample.endsWith(' 7000'))).toBe(false)
  })
})

describe('createBatchBook', () => {
  const recordAt = (entry: BatchEntry, toMs: number): FrameRecord => ({ batch: entry.batch, toMs }) as FrameRecord
  function booked(count: number, everyMs = 60_000) {
    const world = createWorld()
    const device = world.add()
    for (let i = 0; i < count; i++) world.anchor([device.frame(START_MS + i * everyMs)])
    const book = createBatchBook()
    return { world, book, entries: world.anchors.map((anchor) => book.add(anchor, true) as BatchEntry) }
  }
  test('default: the newest open batch is next, within reach, and only of blocks whose directory is known', () => {
    const { book, entries, world } = booked(4)
    expect(book.next(0, 1e9, 0)).toBe(entries[3])
    expect(book.next(0, world.anchors[1]!.blockNumber, 0)).toBe(entries[1])
    expect(book.next(0, 1e9, world.anchors[3]!.anchoredAtMs + 1)).toBeNull()
    entries[3]!.state = 'checked'
    entries[2]!.notBeforeMs = 50
    expect(book.next(0, 1e9, 0)).toBe(entries[1])
    expect(book.next(50, 1e9, 0)).toBe(entries[2])
  })
  test('behavior: a frame settles once all batches back to two minutes before it were looked into', () => {
    const { book, entries } = booked(6)
    const record = recordAt(entries[5]!, entries[5]!.batch.anchor.anchoredAtMs)
    expect(book.isSettled(record)).toBe(false)
    entries[4]!.state = 'checked'
    expect(book.isSettled(record)).toBe(false)
    entries[3]!.state = 'refused'
    expect(book.isSettled(record)).toBe(true)
    const old = recordAt(entries[5]!, entries[0]!.batch.anchor.anchoredAtMs)
    expect(book.isSettled(old)).toBe(false)
    for (const entry of entries) entry.state = 'checked'
    expect(book.isSettled(old)).toBe(true)
  })
  test('behavior: a missing number keeps frames waiting, until the chain itself has none of that number', () => {
    const { world } = booked(3)
    const book = createBatchBook()
    const last = book.add(world.anchors[2]!, true) as BatchEntry
    const first = book.add(world.anchors[0]!, true) as BatchEntry
    first.state = 'checked'
    const record = recordAt(last, world.anchors[0]!.anchoredAtMs)
    expect(book.isSettled(record)).toBe(false)
    expect(book.missing(world.anchors[0]!.gateway, 3)).toEqual([1])
    book.closeHoles()
    expect(book.isSettled(record)).toBe(true)
  })
  test('behavior: an anchor is known by all of its fields', () => {
    const { book, world } = booked(2)
    expect(book.add({ ...world.anchors[0]! }, true)).toBeNull()
    expect(book.add({ ...world.anchors[0]!, tMaxMs: 1 }, false)).not.toBeNull()
    expect(book.size).toBe(3)
    expect(book.known).toBe(2)
  })
})
