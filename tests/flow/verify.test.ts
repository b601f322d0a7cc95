import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Devnet, startDevnet } from '../../data/devnet/devnet.ts'
import type { Hex } from '../../src/base/hex.ts'
import type { SourcesConfig } from '../../src/chain/sourcesConfig.ts'
import { SHOWN_VERDICTS } from '../../src/model/trust.ts'
import { verifyEvidence } from '../../src/proofs/evidence.ts'
import type { Verifier } from '../../workers/verify.client.ts'
import { TEST_WORK_DIR } from '../support/devchain.ts'
import { createTestFleet } from '../support/fleet.ts'
import { crypto, p256 } from '../support/signers.ts'
import { type Collected, collect, connectVerifier } from '../support/verifySink.ts'

const DEVICES = 12
const fleet = createTestFleet(DEVICES)
let net: Devnet
let verifier: Verifier
let page: Collected

const configOf = (devnet: Devnet): SourcesConfig => ({
  mode: 'live',
  chain: {
    rpc: devnet.rpcUrl,
    chainId: devnet.chainId,
    ...devnet.contracts,
    fromBlock: devnet.fromBlock,
    witnesses: 1,
  },
  gateway: `${devnet.gatewayUrl}/gateway`,
  indexer: null,
  recorded: null,
  lesson: null,
})

beforeAll(async () => {
  net = await startDevnet({ fleet, workDir: join(TEST_WORK_DIR, 'test-verify'), live: true })
  verifier = connectVerifier()
  page = collect()
  await verifier.start(configOf(net), 'http://127.0.0.1/', page)
  await page.until(
    'the whole day',
    () => (page.status?.frames ?? 0) >= DEVICES * 24 && page.status?.backlogFrames === 0,
  )
})
afterAll(async () => {
  await verifier?.stop()
  verifier?.dispose()
  await net?.stop()
})

/** Devices send and the gateway seals, as if `aheadMs` had passed. */
const tick = (aheadMs: number): Promise<void> => net.stage.live!.tick(Date.now() + aheadMs)
/** The newest message whose batch is anchored: what came ahead of its batch has no block yet. */
const newestAnchored = () =>
  [...page.frames.values()].filter(({ batch }) => batch >= 0).sort((a, b) => b.toMs - a.toMs)[0]!
const rowsOf = (verdict: string) => [...page.frames.values()].filter((row) => row.verdict === verdict)

describe('from the device’s signature to the page', () => {
  test('default: a day of every device, at level 4, with its place proven', async () => {
    await page.until(
      'the documents',
      () => page.devices.length === DEVICES && page.devices.every((d) => d.documentProven),
    )
    expect(page.devices.map(({ origin }) => origin)).toEqual(Array(DEVICES).fill('simulated'))
    expect(page.devices.map(({ curve }) => curve)).toEqual(fleet.devices.map(({ curve }) => curve))
    expect(page.status).toMatchObject({ source: 'chain-logs', rpc: 'ok', gateway: 'ok', indexer: 'off', rejected: 0 })
    expect(page.verdicts()).toEqual({ OK: expect.any(Number) })
    const times = [...page.samples.keys()].map((key) => Number(key.split(' ')[2]))
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(23.8 * 3_600_000)
  })
  test('default: the values are the ones the devices measured', () => {
    let checked = 0
    for (const [key, value] of page.samples) {
      const [device, metric, timeMs] = key.split(' ').map(Number)
      const index = net.stage.devices.findIndex(({ signer }) => signer.address === page.devices[device!]!.address)
      const expected = fleet.readAt(index, timeMs!).find((r) => r.metric === metric)!
      expect(Math.abs(value - expected.value)).toBeLessThanOrEqual(0.05 + 1e-9)
      if (++checked > 2000) break
    }
    expect(checked).toBeGreaterThan(1000)
  })
  test('default: a live frame arrives, and its explanation has every check passed', async () => {
    const newestAnchored = () =>
      [...page.frames.values()].filter(({ level }) => level === 4).sort((a, b) => b.toMs - a.toMs)[0]!
    const before = newestAnchored().toMs
    await tick(21_000)
    await page.until('new frames', () => newestAnchored().toMs > before)
    const newest = newestAnchored()
    const explanation = await verifier.explain(newest.key)
    expect(explanation!.checks.filter(({ result }) => result !== 'passed')).toEqual([])
    expect(explanation!.witnesses).toBe('1 of 1 RPC')
    expect(explanation!.readings.length).toBe(newest.readings)
  })
  test('default: what is asked for is proven to a block header, level 5, and the page is told', async () => {
    const newest = newestAnchored()
    const { frame, checks } = (await verifier.explain(newest.key))!
    expect(frame.level).toBe(5)
    expect(checks.find(({ id }) => id === 'header')).toMatchObject({
      result: 'passed',
      expected: `block ${frame.blockHash}`,
    })
    await page.until('the row', () => page.frames.get(newest.key)!.level === 5)
  })
  test('behavior: a batch whose state the chain has long forgotten is proven in the newest state', async () => {
    const [oldest] = (await verifier.framesOf(2, 10_000)).reverse()
    const { frame, checks } = (await verifier.explain(oldest!.key))!
    expect(frame.level).toBe(5)
    expect(checks.find(({ id }) => id === 'header')!.expected).not.toBe(`block ${frame.blockHash}`)
  })
  test('behavior: evidence carries the proof: level 5 offline for who pins the block, level 3 for who does not', async () => {
    const newest = newestAnchored()
    const evidence = (await verifier.evidence(newest.key))!
    const levelWith = async (pins: Hex[]) =>
      (await verifyEvidence(evidence, { crypto, p256 }, { pins })).explanation.frame.level
    expect(await levelWith([newest.blockHash])).toBe(5)
    expect(await levelWith([])).toBe(3)
    expect(await levelWith([`0x${'11'.repeat(32)}`])).toBe(3)
  })
  test('behavior: the sink is not flooded, and frames of a device come newest first', async () => {
    const frames = await verifier.framesOf(3, 5)
    expect(frames).toHaveLength(5)
    expect(frames.map(({ toMs }) => toMs)).toEqual(frames.map(({ toMs }) => toMs).sort((a, b) => b - a))
    expect(page.messages.filter((kind) => kind === 'readings').length).toBeLessThan(80)
  })
  test('behavior: what is asked for and not known is null', async () => {
    expect(await verifier.explain(`0x${'00'.repeat(32)}`)).toBeNull()
    expect(await verifier.evidence(`0x${'00'.repeat(32)}`)).toBeNull()
    expect(await verifier.framesOf(999, 5)).toEqual([])
  })
})

describe('mischief', () => {
  test.each([
    ['flip-byte', 'BAD_SIGNATURE', 'signature', 3],
    ['replay', 'DUPLICATE', 'sequence', 4],
    ['revoked-signer', 'REVOKED', 'revocation', 5],
  ] as const)(
    'error: %s turns up as %s, never colours the scene, and is proven by evidence',
    async (kind, verdict, check, which) => {
      const device = net.stage.devices[which]!.signer.address
      const shownBefore = new Set(page.samples.keys())
      await verifier.setMischief(kind, device)
      await tick(60_000 * which)
      await page.until(verdict, () => rowsOf(verdict).length > 0)
      await verifier.setMischief('none')
      const [row] = rowsOf(verdict)
      expect(row!.claimedDevice).toBe(device)
      const explanation = (await verifier.explain(row!.key))!
      expect(explanation.checks.find(({ result }) => result === 'failed')?.id).toBe(check)
      if (kind !== 'replay') {
        const refused = explanation.readings.map(({ metric, timeMs }) => `${row!.device} ${metric} ${timeMs}`)
        expect(refused.filter((key) => page.samples.has(key))).toEqual([])
      } else expect([...shownBefore].every((key) => page.samples.has(key))).toBe(true)
      const { explanation: again, contradictions } = await verifyEvidence((await verifier.evidence(row!.key))!, {
        crypto,
        p256,
      })
      expect(again.frame.verdict).toBe(verdict)
      expect(contradictions).toEqual([])
    },
  )
  test('behavior: after the flipped byte its device shows a gap, and everybody else goes on', async () => {
    const victim = net.stage.devices[3]!.signer.address
    await tick(400_000)
    await page.until('the gap', () => rowsOf('GAP').some(({ claimedDevice }) => claimedDevice === victim))
    const others = [...page.frames.values()].filter(
      ({ claimedDevice }) => !net.stage.devices.slice(3, 6).some((d) => d.signer.address === claimedDevice),
    )
    expect(others.filter(({ verdict }) => !SHOWN_VERDICTS.includes(verdict))).toEqual([])
  })
  test('behavior: a revoked device falls silent when the mischief ends; its row says since when', async () => {
    const revoked = net.stage.devices[5]!.signer.address
    await page.until('the revocation', () => page.devices.some((d) => d.address === revoked && d.revokedBlock !== null))
    const count = rowsOf('REVOKED').length
    const before = page.status!.frames
    await tick(460_000)
    await page.until('new frames', () => page.status!.frames > before)
    expect(rowsOf('REVOKED')).toHaveLength(count)
  })
})

describe('a second page', () => {
  test('behavior: comes to the same verdicts, newest first, whatever happened before it opened', async () => {
    const other = connectVerifier()
    const second = collect()
    await other.start(configOf(net), 'http://127.0.0.1/', second)
    await second.until(
      'the same count',
      () => second.status?.backlogFrames === 0 && second.status.frames >= page.status!.frames,
    )
    expect(second.status!.rejected).toBe(page.status!.rejected)
    expect(second.status!.readings).toBe(page.status!.readings)
    const rejected = (from: Collected) =>
      [...from.frames.values()]
        .filter(({ verdict }) => !SHOWN_VERDICTS.includes(verdict))
        .map(({ key, verdict }) => `${key} ${verdict}`)
        .sort()
    expect(rejected(second)).toEqual(rejected(page))
    expect([...second.samples].sort()).toEqual([...page.samples].sort())
    await other.stop()
    other.dispose()
  })
})
