import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Devnet, startDevnet } from '../../data/devnet/devnet.ts'
import type { FleetModel } from '../../data/devnet/fleetModel.ts'
import { systemClock } from '../../src/chain/clock.ts'
import type { SourcesConfig } from '../../src/chain/sourcesConfig.ts'
import { createReadingsStore } from '../../src/stores/readings.ts'
import type { Verifier } from '../../workers/verify.client.ts'
import { TEST_WORK_DIR } from '../support/devchain.ts'
import { createTestFleet } from '../support/fleet.ts'
import { type Collected, collect, connectVerifier } from '../support/verifySink.ts'

// Two owners want less published of their meters. The hashes are anchored all the same, and nobody is accused.

const DELAY_S = 3600
const DELAYED = 0
const AGGREGATED = 6
const base = createTestFleet(12)
const fleet: FleetModel = {
  ...base,
  devices: base.devices.map((device, i) => ({
    ...device,
    ...(i === DELAYED ? { privacy: { publish: 'delayed', delayS: DELAY_S } } : {}),
    ...(i === AGGREGATED ? { privacy: { publish: 'aggregated', everyS: DELAY_S } } : {}),
  })),
}
const history = { hours: 3, readingEveryMs: 300_000, frameEveryMs: 900_000, anchorEveryMs: 900_000 }

let net: Devnet
const open: Verifier[] = []
const configOf = (): SourcesConfig => ({
  mode: 'live',
  chain: { rpc: net.rpcUrl, chainId: net.chainId, ...net.contracts, fromBlock: net.fromBlock, witnesses: 1 },
  gateway: `${net.gatewayUrl}/gateway`,
  indexer: null,
  recorded: null,
  lesson: null,
})
async function openPage(): Promise<Collected> {
  const verifier = connectVerifier()
  open.push(verifier)
  const page = collect()
  await verifier.start(configOf(), 'http://127.0.0.1/', page)
  await page.until('everything that is public', () => {
    const { status } = page
    return status?.anchors === net.stage.gateway.logSize && page.devices.every((d) => d.documentProven)
  })
  return page
}
const timesOf = (page: Collected, which: number): number[] => {
  const index = page.devices.findIndex(({ address }) => address === net.stage.devices[which]!.signer.address)
  const times = [...page.samples.keys()].map((key) => key.split(' ').map(Number)).filter(([device]) => device === index)
  return [...new Set(times.map(([, , timeMs]) => timeMs!))].sort((a, b) => a - b)
}

beforeAll(async () => {
  net = await startDevnet({ fleet, workDir: join(TEST_WORK_DIR, 'test-privacy'), history, live: false })
}, 60_000)
afterAll(async () => {
  for (const verifier of open) {
    await verifier.stop()
    verifier.dispose()
  }
  await net?.stop()
})

describe('privacy', () => {
  test('default: delayed messages are anchored, shown when their delay is over, and said to be withheld until then', async () => {
    const page = await openPage()
    const rows = () => [...page.frames.values()].filter(({ withheldUntilMs }) => withheldUntilMs !== undefined)
    await page.until('the batches kept back', () => rows().length >= 4)
    await page.until(
      'the rest',
      () => timesOf(page, 1).length === timesOf(page, 3).length && timesOf(page, 1).length > 30,
    )
    for (const row of rows()) {
      expect(row).toMatchObject({ verdict: 'DATA_MISSING', device: -1, readings: 0 })
      const [check] = (await open.at(-1)!.explain(row.key))!.checks
      expect(check).toMatchObject({
        result: 'skipped',
        detail: expect.stringMatching(/^Withheld by its owner until 20/),
      })
      expect(row.withheldUntilMs).toBeGreaterThan(Date.now())
      expect(row.withheldUntilMs).toBeLessThanOrEqual(Date.now() + DELAY_S * 1000)
    }
    const newest = Math.max(...timesOf(page, DELAYED))
    expect(newest).toBeLessThan(Date.now() - DELAY_S * 1000 + 60_000)
    expect(timesOf(page, DELAYED).length).toBeGreaterThan(15)
    expect(Math.max(...timesOf(page, 1))).toBeGreaterThan(newest + 40 * 60_000)
    expect(page.status!.rejected).toBe(0)
    const store = createReadingsStore()
    store.getState().addFrames([...page.frames.values()], 0)
    expect(store.getState().rejected).toEqual([])
    expect(store.getState().withheld).toHaveLength(rows().length)
  })
  test('default: an aggregating meter signs means only, and its wish is on its row', async () => {
    const page = await openPage()
    await page.until('its messages', () => timesOf(page, AGGREGATED).length >= 2)
    const times = timesOf(page, AGGREGATED)
    for (let i = 1; i < times.length; i++) expect(times[i]! - times[i - 1]!).toBe(DELAY_S * 1000)
    const byAddress = (which: number) =>
      page.devices.find(({ address }) => address === net.stage.devices[which]!.signer.address)!
    expect(byAddress(AGGREGATED).privacy).toEqual({ publish: 'aggregated', everyS: DELAY_S })
    expect(byAddress(DELAYED).privacy).toEqual({ publish: 'delayed', delayS: DELAY_S })
    expect(byAddress(1).privacy).toBeUndefined()
  })
  test.each([
    [
      'a device whose owner never asked for it',
      (devices: string[]) => ({ devices: [...devices, net.stage.devices[1]!.signer.address] }),
    ],
    ['longer than its owner asked for', () => ({ withheldUntilMs: Date.now() + 30 * 86_400_000 })],
    ['a stranger', () => ({ devices: [`0x${'77'.repeat(20)}`] })],
    ['nobody', () => ({ devices: [] })],
  ])('error: DATA_MISSING, an accusation, when the gateway keeps back %s', async (_, lie) => {
    const verifier = connectVerifier(async (url, init) => {
      const response = await fetch(url, init)
      if (response.status !== 403) return response
      const honest = (await response.json()) as { devices: string[] }
      return new Response(JSON.stringify({ ...honest, ...lie(honest.devices) }), { status: 403 })
    }, systemClock)
    open.push(verifier)
    const page = collect()
    await verifier.start(configOf(), 'http://127.0.0.1/', page)
    await page.until('the accusation', () => (page.verdicts().DATA_MISSING ?? 0) >= 4)
    const rows = [...page.frames.values()].filter(({ verdict }) => verdict === 'DATA_MISSING')
    expect(rows.filter(({ withheldUntilMs }) => withheldUntilMs !== undefined)).toEqual([])
  })
})
