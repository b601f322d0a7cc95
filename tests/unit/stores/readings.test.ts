import { describe, expect, test } from 'vitest'
import type { DeviceRow, FrameRow } from '../../../src/model/trust.ts'
import { awaitedCase } from '../../../src/proofs/awaited.ts'
import { createBatchChecker } from '../../../src/proofs/checkBatch.ts'
import { createDirectory } from '../../../src/proofs/directory.ts'
import type { FrameRecord } from '../../../src/proofs/frameRecord.ts'
import { frameRow } from '../../../src/proofs/frameRow.ts'
import { createReadingBuffer } from '../../../src/proofs/readingBuffer.ts'
import { createReadingsStore } from '../../../src/stores/readings.ts'
import { crypto, someReadings } from '../../support/signers.ts'
import { createWorld, START_MS } from '../../support/world.ts'

/** A device with two frames that came ahead of their anchors, and the same frames anchored. */
async function stage() {
  const world = createWorld()
  const device = world.add()
  const directory = createDirectory(crypto)
  for (const registration of world.registrations) directory.register(registration)
  const checker = createBatchChecker({ crypto, p256: null, domain: world.domain, directory })
  const bytes = [0, 60_000].map((ms) => device.frame(START_MS + ms, { readings: someReadings(3) }))
  const early = await checker.checkFrames(
    bytes.map((one, index) => ({ bytes: one, index, inclusionFault: null })),
    awaitedCase(5, START_MS + 63_000),
  )
  const anchored: FrameRecord[] = []
  for (const [i, one] of bytes.entries()) {
    const anchor = world.anchor([one])
    const facts = {
      anchorState: 'confirmed',
      witnessesAgreed: 1,
      witnessesAsked: 1,
      witnessNote: null,
      headerProof: null,
      log: 'extends',
    } as const
    const found = await checker.checkBody(world.bodies[i]!, { anchor, ...facts })
    if ('verdict' in found) throw new Error(found.sentence)
    anchored.push(...found)
  }
  for (const record of [...early, ...anchored]) record.settled = true
  const store = createReadingsStore()
  const devices: DeviceRow[] = directory.rows(world.domain.chainId, true)
  store.getState().setDevices(devices)
  const add = (record: FrameRecord, wallMs: number): void => {
    const buffer = createReadingBuffer()
    buffer.append(record)
    store.getState().addReadings(buffer.take(), wallMs)
    store.getState().addFrames([rowOf(record)], wallMs)
  }
  const rowOf = (record: FrameRecord): FrameRow => frameRow(crypto, record)
  return { store, early, anchored, add, rowOf, buffers: () => store.getState().buffers }
}

describe('readings that came ahead of their anchor', () => {
  test('default: level 2, and level 4 once the row of the anchored copy comes', async () => {
    const { store, early, anchored, add, rowOf, buffers } = await stage()
    add(early[0]!, 1)
    expect(buffers().level[0]).toBe(2)
    store.getState().addFrames([rowOf(anchored[0]!)], 2)
    expect(buffers().level[0]).toBe(4)
    expect(buffers().frame[0]).toMatchObject({ level: 4, batch: 0 })
    expect(buffers().pulseAtMs[0]).toBe(1)
  })
  test('behavior: an anchor of an older frame does not raise the newest reading', async () => {
    const { store, early, anchored, add, rowOf, buffers } = await stage()
    add(early[0]!, 1)
    add(early[1]!, 2)
    store.getState().addFrames([rowOf(anchored[0]!)], 3)
    expect(buffers().level[0]).toBe(2)
    store.getState().addFrames([rowOf(anchored[1]!)], 4)
    expect(buffers().level[0]).toBe(4)
  })
  test('behavior: the same readings again, at their higher level, are no news but raise it', async () => {
    const { early, anchored, add, buffers } = await stage()
    add(early[1]!, 2)
    add(anchored[1]!, 9)
    expect(buffers().level[0]).toBe(4)
    expect(buffers().pulseAtMs[0]).toBe(2)
    expect(buffers().ring.length[0]).toBe(3)
  })
  test('error: a refused frame raises nothing', async () => {
    const { store, early, anchored, add, rowOf, buffers } = await stage()
    add(early[1]!, 2)
    store.getState().addFrames([rowOf({ ...anchored[1]!, signature: 'invalid' })], 3)
    expect(buffers().level[0]).toBe(2)
    expect(buffers().rejectedAtMs[0]).toBe(3)
  })
})
