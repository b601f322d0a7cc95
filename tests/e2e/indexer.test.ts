import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningIndexer, startIndexer } from '../../data/indexer/runIndexer.ts'
import { openStage, type Stage, type StageDevice, type StagePage } from '../support/attackStage.ts'

// The real indexer, once. What it does behind a reorganisation deeper than it can take back is its own affair:
// the page must show what the chain says.

const DEEP = 45 // blocks; Ponder 0.16 takes back at most 30
const WAIT_MS = 60_000
const workDir = mkdtempSync(join(tmpdir(), 'veracity-ponder-'))
const logged: string[] = []

let stage: Stage
let indexer: RunningIndexer
let devices: StageDevice[]
let on: StagePage

const start = (): Promise<RunningIndexer> =>
  startIndexer({
    rpcUrl: stage.rpcUrl,
    chainId: stage.chain.chainId,
    contracts: stage.contracts,
    fromBlock: stage.contracts.fromBlock,
    appDir: join(import.meta.dirname, '../../data/indexer'),
    workDir,
    onLog: (line) => void logged.push(line),
  })
const deliver = () => stage.deliver(...devices.map((device) => device.frame()))
const shown = (readings: number, what: string) =>
  on.page.until(
    `${what}; the indexer said ${logged.slice(-3).join(' | ')}`,
    () => on.page.samples.size === readings && on.page.status?.backlogFrames === 0,
    WAIT_MS,
  )
const used = (source: 'ponder' | 'chain-logs') =>
  on.page.until(source, () => on.page.status?.source === source, WAIT_MS)
/** What it would tell a page that believed it. */
async function rowsOfIndexer(): Promise<number> {
  const answer = await fetch(`${indexer.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ anchors { items { seq } } }' }),
  })
  return ((await answer.json()) as { data: { anchors: { items: unknown[] } } }).data.anchors.items.length
}

beforeAll(async () => {
  stage = await openStage()
  devices = [await stage.device(), await stage.device({ curve: 'p256' })]
  await deliver()
  indexer = await start()
  await indexer.ready
  on = await stage.open({ indexer: indexer.url })
})
afterAll(async () => {
  await indexer?.stop()
  await stage?.close()
  rmSync(workDir, { recursive: true, force: true })
})

test('default: it names the anchors, the chain confirms them', async () => {
  await used('ponder')
  await shown(6, 'the first batch')
  await deliver()
  await shown(12, 'the second batch')
})

test(`error: REORGED ${DEEP} blocks deep, beyond what it takes back`, async () => {
  for (let i = 0; i < DEEP - 1; i++) await stage.chain.mineAt(0)
  await deliver()
  await shown(18, 'the third batch')
  await stage.chain.rpc.request('anvil_reorg', [DEEP, []])
  await shown(12, 'the withdrawal')
  await stage.honest.repair(0)
  await shown(18, 'what was anchored again')
  await on.page.until('no row left behind', () => on.page.verdicts().REORGED === undefined, WAIT_MS)
  await deliver()
  await shown(24, 'the next batch')
  expect(on.page.status).toMatchObject({ rejected: 0, rpc: 'ok' })
})

test('error: it is killed, and restarts empty: nothing is lost meanwhile, and it is used again', async () => {
  process.kill(indexer.pid, 'SIGKILL')
  await indexer.gone
  await used('chain-logs')
  await deliver()
  await shown(30, 'the batch while it was away')
  await indexer.stop()
  // a page keeps the address: what answers there again is what it finds
  const other = await start()
  await other.ready
  indexer = other
  // "ready" means the past beyond its window; the newest blocks follow
  while ((await rowsOfIndexer()) !== stage.honest.logSize) await new Promise((wait) => setTimeout(wait, 200))
  const second = await stage.open({ indexer: other.url })
  await second.page.until('in use', () => second.page.status?.source === 'ponder', WAIT_MS)
  await second.page.until('everything', () => second.page.samples.size === 30, WAIT_MS)
  expect(second.page.status).toMatchObject({ rejected: 0, indexer: 'ok' })
})
