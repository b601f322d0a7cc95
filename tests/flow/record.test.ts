import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MAX_BUNDLE_BYTES, MAX_LESSON_BYTES, type Recorded, record } from '../../data/devnet/record.ts'
import type { Hex } from '../../src/base/hex.ts'
import type { SourcesConfig } from '../../src/chain/sourcesConfig.ts'
import { SHOWN_VERDICTS } from '../../src/model/trust.ts'
import { decodeBundle } from '../../src/proofs/decodeBundle.ts'
import { verifyEvidence } from '../../src/proofs/evidence.ts'
import type { OpenedFile } from '../../workers/verify.client.ts'
import { TEST_WORK_DIR } from '../support/devchain.ts'
import { createTestFleet } from '../support/fleet.ts'
import { crypto, p256 } from '../support/signers.ts'
import { collect, connectVerifier } from '../support/verifySink.ts'

const workDir = join(TEST_WORK_DIR, 'test-record')
const outDir = join(workDir, 'out')
const DEVICES = 30
let made: Recorded
beforeAll(async () => {
  made = await record({ fleet: createTestFleet(DEVICES), workDir, outDir, title: 'A test city' })
})
afterAll(() => rmSync(workDir, { recursive: true, force: true }))

/** Opens the static page: no chain, no gateway, only files. */
async function openPage(recorded: string, pins: Hex[] = []) {
  const nothing = { chain: null, gateway: null, indexer: null, lesson: null }
  const config: SourcesConfig = { mode: 'recorded', ...nothing, recorded, pins }
  const verifier = connectVerifier(async (url) => {
    const name = new URL(url).pathname.split('/').at(-1)!
    return name === 'gone.vbundle' ? new Response('', { status: 404 }) : new Response(readFileSync(join(outDir, name)))
  })
  const page = collect()
  await verifier.start(config, 'http://127.0.0.1/sub/path/', page)
  return { verifier, page }
}

describe('record', () => {
  test('default: a day of every device, light enough, every frame OK at level 3, simulated', async () => {
    expect(made.bundleBytes).toBeLessThan(MAX_BUNDLE_BYTES)
    const { verifier, page } = await openPage('astana.vbundle')
    await page.until('all', () => page.status?.recordedAt !== null && (page.status?.frames ?? 0) > 0)
    expect(page.status).toMatchObject({ source: 'recorded', rpc: 'none', gateway: 'none', rejected: 0, chainId: 31337 })
    expect(page.devices.map(({ origin, documentProven }) => [origin, documentProven])).toEqual(
      Array(DEVICES).fill(['simulated', true]),
    )
    expect([...page.frames.values()].every(({ verdict, level }) => verdict === 'OK' && level === 3)).toBe(true)
    for (let device = 0; device < DEVICES; device++) {
      const times = [...page.samples.keys()]
        .map((key) => key.split(' ').map(Number))
        .filter(([d]) => d === device)
        .map(([, , t]) => t!)
      expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(22 * 3_600_000)
    }
    const [row] = page.frames.values()
    const evidence = (await verifier.evidence(row!.key))!
    expect((await verifyEvidence(evidence, { crypto, p256 })).contradictions).toEqual([])
    expect(evidence).not.toContain('"measured"')
    await expect(verifier.setMischief('replay')).rejects.toMatchObject({ code: 'BAD_USAGE' })
    verifier.dispose()
  })
  test('default: whoever pins the recording’s last block has the whole day at level 5, and its evidence too', async () => {
    const { headers } = decodeBundle(crypto, readFileSync(join(outDir, 'astana.vbundle')))
    const pins = [headers.at(-1)!.hash]
    const { verifier, page } = await openPage('astana.vbundle', pins)
    await page.until('all', () => page.status?.recordedAt !== null && (page.status?.frames ?? 0) > 0)
    const rows = [...page.frames.values()]
    expect(rows.filter(({ verdict, level }) => verdict !== 'OK' || level !== 5)).toEqual([])
    const evidence = (await verifier.evidence(rows[0]!.key))!
    expect((await verifyEvidence(evidence, { crypto, p256 }, { pins })).explanation.frame.level).toBe(5)
    verifier.dispose()
  })
  test('behavior: a message altered in the reader’s hands is caught, whichever bit it was', async () => {
    const { verifier, page } = await openPage('astana.vbundle')
    await page.until('all', () => (page.status?.frames ?? 0) > 0)
    const honest = [...page.frames.values()].find(({ verdict }) => verdict === 'OK')!
    const bytes = (await verifier.bytesOf(honest.key))!
    expect((await verifier.judge(honest.key, bytes))!.frame.verdict).toBe('OK')
    for (let byte = 0; byte < bytes.length; byte++) {
      const altered = bytes.slice()
      altered[byte]! ^= 1 << (byte % 8)
      const { frame } = (await verifier.judge(honest.key, altered))!
      expect([byte, SHOWN_VERDICTS.includes(frame.verdict)]).toEqual([byte, false])
    }
    // nothing of it is kept: the message is what it was
    expect((await verifier.explain(honest.key))!.frame.verdict).toBe('OK')
    expect(await verifier.bytesOf('0x00')).toBeNull()
    expect(await verifier.judge('0x00', bytes)).toBeNull()
    verifier.dispose()
  })
  test('default: the lesson holds four wrongs, each at its own device, and honest ones beside', async () => {
    expect(made.lessonBytes).toBeLessThan(MAX_LESSON_BYTES)
    const { verifier, page } = await openPage('lesson.vbundle')
    await page.until('all', () => (page.status?.frames ?? 0) > 0)
    const rejected = [...page.frames.values()].filter(({ verdict }) => !SHOWN_VERDICTS.includes(verdict))
    const found = new Set(rejected.map(({ claimedDevice, verdict }) => `${verdict} ${claimedDevice}`))
    const { altered, replayed, revoked, implausible } = made.lesson
    expect(found).toEqual(
      new Set([
        `BAD_SIGNATURE ${altered}`,
        `DUPLICATE ${replayed}`,
        `REVOKED ${revoked}`,
        `IMPLAUSIBLE ${implausible}`,
      ]),
    )
    expect(rejected.length).toBeGreaterThan(10)
    const early = [...page.frames.values()].filter(
      ({ claimedDevice, verdict }) => verdict === 'OK' && Object.values(made.lesson).includes(claimedDevice),
    )
    expect(page.status!.frames - rejected.length).toBeGreaterThan(150)
    expect(early.length).toBeGreaterThan(0)
    const opened: OpenedFile = await verifier.openBundle(readFileSync(join(outDir, 'lesson.vbundle')))
    expect(opened).toMatchObject({ kind: 'bundle', witnessed: false })
    expect(opened.report.rejected).toBe(rejected.length)
    const evidence = (await verifier.evidence(rejected[0]!.key))!
    const dropped = await verifier.openBundle(new TextEncoder().encode(evidence))
    expect(dropped).toMatchObject({ kind: 'evidence', stated: rejected[0]!.verdict, contradictions: [] })
    verifier.dispose()
  })
  test('error: a recording that is missing or was changed is a status, and nothing is shown', async () => {
    const missing = await openPage('gone.vbundle')
    await missing.page.until('words', () => /HTTP 404/.test(missing.page.status?.sourceWords ?? ''))
    missing.verifier.dispose()
    const { verifier, page } = await openPage('astana.vbundle')
    const bytes = readFileSync(join(outDir, 'astana.vbundle'))
    bytes[bytes.length >> 1]! ^= 1
    await expect(verifier.openBundle(bytes)).rejects.toMatchObject({ code: 'BUNDLE_BROKEN' })
    await expect(verifier.openBundle(new TextEncoder().encode('hello'))).rejects.toMatchObject({
      code: 'FORMAT_UNKNOWN',
    })
    await expect(verifier.openBundle(new TextEncoder().encode('{}'))).rejects.toMatchObject({ code: 'FORMAT_BROKEN' })
    await page.until('still there', () => (page.status?.frames ?? 0) > 0)
    verifier.dispose()
  })
  test('behavior: a second start replaces the first, and old news do not arrive', async () => {
    const { verifier, page } = await openPage('astana.vbundle')
    const other = collect()
    const config: SourcesConfig = {
      mode: 'recorded',
      chain: null,
      gateway: null,
      indexer: null,
      recorded: 'lesson.vbundle',
      lesson: null,
    }
    await verifier.start(config, 'http://127.0.0.1/', other)
    const told = page.messages.length
    await other.until('the lesson', () => (other.status?.rejected ?? 0) > 0)
    expect(page.messages).toHaveLength(told)
    verifier.dispose()
  })
})
