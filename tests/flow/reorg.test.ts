import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Devnet, startDevnet } from '../../data/devnet/devnet.ts'
import type { Verifier } from '../../workers/verify.client.ts'
import { TEST_WORK_DIR } from '../support/devchain.ts'
import { createTestFleet } from '../support/fleet.ts'
import { type Collected, collect, connectVerifier } from '../support/verifySink.ts'

let net: Devnet
let verifier: Verifier
let page: Collected
beforeAll(async () => {
  const history = { hours: 3 }
  net = await startDevnet({ fleet: createTestFleet(6), workDir: join(TEST_WORK_DIR, 'test-reorg'), history })
  verifier = connectVerifier()
  page = collect()
  const chain = { rpc: net.rpcUrl, chainId: net.chainId, ...net.contracts, fromBlock: net.fromBlock, witnesses: 1 }
  const config = {
    mode: 'live',
    chain,
    gateway: `${net.gatewayUrl}/gateway`,
    indexer: null,
    recorded: null,
    lesson: null,
  } as const
  await verifier.start(config, 'http://127.0.0.1/', page)
})
afterAll(async () => {
  await verifier?.stop()
  verifier?.dispose()
  await net?.stop()
})

test('behavior: a reorg of the embedded chain is noticed, and what the gateway anchors again is proven again', async () => {
  for (const aheadMs of [21_000, 42_000, 63_000]) await net.stage.live!.tick(Date.now() + aheadMs)
  await page.until(
    'everything',
    () => page.status?.backlogFrames === 0 && page.status.anchors === net.stage.gateway.logSize,
  )
  const before = new Map(page.samples)
  const { rpc } = net.stage.chain
  const head = Number(await rpc.request('eth_blockNumber', []))
  await rpc.request('anvil_reorg', [2, []])
  expect(Number(await rpc.request('eth_blockNumber', []))).toBe(head)
  await page.until('the withdrawal', () => page.retractions.some(({ reason }) => reason === 'reorg'))
  await net.stage.live!.tick(Date.now() + 84_000)
  await page.until(
    'all again',
    () => page.status?.anchors === net.stage.gateway.logSize && page.status.backlogFrames === 0,
  )
  await page.until(
    'no row left behind',
    () => page.verdicts().REORGED === undefined && page.verdicts().GAP === undefined,
  )
  expect([...before].filter(([key, value]) => page.samples.get(key) !== value)).toEqual([])
  expect(page.status!.rejected).toBe(0)
})
