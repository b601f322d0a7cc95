import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStage, type Stage, type StageDevice, type StagePage } from '../support/attackStage.ts'
import { type ChainIndexer, startChainIndexer } from '../support/chainIndexer.ts'

// An indexer that is wrong for reasons of its own. Whatever it says, the page shows what the chain says.

let stage: Stage
let indexer: ChainIndexer
let devices: StageDevice[]
let on: StagePage

const DEEP = 45 // blocks; Ponder 0.16 takes back at most 30, and answers "ready" behind anything deeper
const samples = (): number => on.page.samples.size
const used = (source: 'ponder' | 'chain-logs') => on.page.until(source, () => on.page.status?.source === source)
const shown = (readings: number, what: string) =>
  on.page.until(what, () => samples() === readings && on.page.status?.backlogFrames === 0)
const deliver = () => stage.deliver(...devices.map((device) => device.frame()))
const mine = async (blocks: number): Promise<void> => {
  for (let i = 0; i < blocks; i++) await stage.chain.mineAt(0)
}

beforeEach(async () => {
  stage = await openStage()
  indexer = await startChainIndexer(stage.chain.rpc, { ...stage.contracts, rpc: '', chainId: 0, witnesses: 1 })
  devices = [await stage.device(), await stage.device({ curve: 'p256' })]
  await deliver()
  on = await stage.open({ indexer: indexer.url })
  await used('ponder')
  await shown(6, 'the first batch')
})
afterEach(async () => {
  await stage?.close()
  await indexer?.close()
})

describe('a page that uses an indexer', () => {
  test(`error: REORGED ${DEEP} blocks deep, while the indexer goes on serving what is no longer there`, async () => {
    await mine(DEEP - 2)
    await deliver()
    await deliver()
    await shown(18, 'all three batches')
    await used('ponder')
    let frozen: Parameters<ChainIndexer['tell']>[0] | null = null
    indexer.tell = (index) => {
      frozen ??= index
      return frozen
    }
    while (!frozen) await new Promise((wait) => setTimeout(wait, 20)) // until it is asked
    await stage.chain.rpc.request('anvil_reorg', [DEEP, []])
    await on.page.until('the withdrawal', () => samples() === 6)
    await on.page.until('its rows', () => (on.page.verdicts().REORGED ?? 0) >= devices.length)
    await used('chain-logs')
    expect(on.page.status).toMatchObject({ anchors: 1, indexer: 'unreachable', rpc: 'ok' })
    expect(samples()).toBe(6)
    expect(await stage.honest.repair(0)).toBe(2)
    await shown(18, 'what was anchored again')
    await on.page.until('no row left behind', () => on.page.verdicts().REORGED === undefined)
    indexer.tell = (index) => index // it was restarted, and has read the chain anew
    await used('ponder')
    await deliver()
    await shown(24, 'the next batch')
    expect(on.page.status).toMatchObject({ rejected: 0, indexer: 'ok' })
  }, 90_000)
  test('error: it restarts empty: what was proven stays, what comes is read from the chain', async () => {
    indexer.tell = (index) => ({ ...index, anchors: [] })
    await deliver()
    await deliver()
    await indexer.askedAgain(2)
    on.advance(10_000)
    await used('chain-logs')
    await shown(18, 'everything')
    expect(on.page.status).toMatchObject({ indexer: 'incomplete', rejected: 0 })
    await on.page.until('the accusations', () => on.page.verdicts().INDEXER_INCOMPLETE === 2)
  }, 60_000)
  test('error: it stops, and comes back at another state: nothing is lost, nothing is doubled', async () => {
    await indexer.close()
    await used('chain-logs')
    await deliver()
    await shown(12, 'the batch while it was away')
    expect(on.page.status!.sourceWords).toMatch(/indexer does not answer/)
    expect(on.page.status!.rejected).toBe(0)
  }, 60_000)
  test('error: NOT_ON_CHAIN for every row it makes up, and no reading of them', async () => {
    indexer.tell = (index) => ({
      ...index,
      anchors: index.anchors.flatMap((anchor) => [
        anchor,
        { ...anchor, anchoredAtMs: anchor.anchoredAtMs + 3_600_000, dataHash: `0x${'ab'.repeat(32)}` },
        { ...anchor, blockHash: `0x${'cd'.repeat(32)}`, dataHash: `0x${'ef'.repeat(32)}` },
      ]),
    })
    await on.page.until('both accusations', () => on.page.verdicts().NOT_ON_CHAIN === 2)
    await deliver()
    await shown(12, 'the honest rows')
  }, 60_000)
})
