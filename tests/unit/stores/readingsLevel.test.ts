import { describe, expect, test } from 'vitest'
import type { FrameRow } from '../../../src/model/trust.ts'
import { createBatchChecker } from '../../../src/proofs/checkBatch.ts'
import { createDirectory } from '../../../src/proofs/directory.ts'
import { createBatchCase } from '../../../src/proofs/frameRecord.ts'
import { createSurroundings } from '../../../src/proofs/plausibility/surroundings.ts'
import { createReadingBuffer } from '../../../src/proofs/readingBuffer.ts'
import { createReadingsStore } from '../../../src/stores/readings.ts'
import { createFrameBook } from '../../../workers/verify/frameBook.ts'
import { createOutbox } from '../../../workers/verify/outbox.ts'
import { crypto, p256 } from '../../support/signers.ts'
import { createWorld, START_MS } from '../../support/world.ts'

/** A page's store, fed as the verify worker feeds it. */
async function page() {
  const world = createWorld()
  const device = world.add()
  const frame = device.frame(START_MS)
  const anchor = world.anchor([frame])
  const directory = createDirectory(crypto)
  for (const registration of world.registrations) directory.register(registration)
  const store = createReadingsStore()
  const rows: FrameRow[] = []
  const outbox = createOutbox(
    {
      devices: async (list) => store.getState().setDevices(list),
      readings: async (columns) => store.getState().addReadings(columns, 0),
      frames: async (list) => {
        rows.push(...list)
        store.getState().addFrames(list, 0)
      },
      retract: async () => {},
      status: async () => {},
    },
    0,
  )
  outbox.devices(directory.rows(31337, true))
  const book = createFrameBook(crypto, outbox, createSurroundings(directory))
  const batch = { ...createBatchCase(anchor), anchorState: 'confirmed' as const }
  const checker = createBatchChecker({ crypto, p256, domain: world.domain, directory })
  const records = await checker.checkFrames([{ bytes: frame, index: 0, inclusionFault: null }], batch)
  for (const record of records) record.settled = true
  book.accept(records, 0)
  await outbox.flush()
  return { store, outbox, book, batch, records, rows }
}

describe('the level a device is drawn at', () => {
  test('default: comes with its readings', async () => {
    const { store } = await page()
    expect(store.getState().buffers.level[0]).toBe(4)
  })
  test('behavior: rises with a proof that comes later, without its readings being sent again', async () => {
    const { store, outbox, book, batch, records, rows } = await page()
    const proven = { state: 'proven', by: 'endpoints', block: 11, enclosed: [] } as const
    batch.headerProof = { ...proven, blockHash: batch.anchor.blockHash, fieldsHash: batch.anchor.dataHash }
    book.review(records, 'contradicted')
    await outbox.flush()
    expect(store.getState().buffers.level[0]).toBe(5)
    expect(rows.map(({ level }) => level)).toEqual([4, 5])
  })
  test('behavior: a row of an older message does not lower it', async () => {
    const { store, rows } = await page()
    store.getState().addFrames([{ ...rows[0]!, key: `0x${'01'.repeat(32)}`, level: 3, toMs: START_MS - 60_000 }], 0)
    expect(store.getState().buffers.level[0]).toBe(4)
  })
  test('error: a proof that failed takes its readings back', async () => {
    const { store, outbox, book, batch, records, rows } = await page()
    batch.headerProof = { state: 'failed', sentence: 'No.', enclosed: [] }
    book.review(records, 'contradicted')
    await outbox.flush()
    expect(rows.at(-1)).toMatchObject({ verdict: 'PROOF_FAILED', level: 2 })
    expect(store.getState().rejected).toHaveLength(1)
    expect(createReadingBuffer().append(records[0]!)).toBe(false)
  })
})
