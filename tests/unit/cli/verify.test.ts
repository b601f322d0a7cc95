import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { main } from '../../../src/cli/main.ts'
import { encodeBundle } from '../../../src/proofs/encodeBundle.ts'
import { buildEvidence } from '../../../src/proofs/evidence.ts'
import { explainFrame } from '../../../src/proofs/explain.ts'
import { verifyBundle } from '../../../src/proofs/verifyBundle.ts'
import { importSamples } from '../../support/importSamples.ts'
import { proveBundle } from '../../support/provenChain.ts'
import { crypto, p256 } from '../../support/signers.ts'
import { createWorld, START_MS, type World } from '../../support/world.ts'

const vectors = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../public/spec/frame-vectors.json'), 'utf8'),
) as { valid: { frame: string; publicKey: string; curve: string; device: string }[] }
const vectorFrames = vectors.valid.filter(({ device }) => device === vectors.valid[0]!.device)
const folder = mkdtempSync(join(tmpdir(), 'veracity-verify-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const flip = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((b, i) => (i === at ? b ^ 1 : b))
function worldOf(kind: 'good' | 'bad'): World {
  const world = createWorld()
  const device = world.add()
  const frame = device.frame(START_MS)
  world.anchor([frame])
  if (kind === 'bad') world.anchor([frame, flip(device.frame(START_MS + 5000), 123)])
  return world
}
const save = (name: string, content: Uint8Array | string): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const good = save('good.vbundle', encodeBundle(crypto, worldOf('good').bundle()))
const { head, ...proven } = proveBundle(worldOf('good').bundle())
const pinned = save('pinned.vbundle', encodeBundle(crypto, proven))
const bad = save('bad.vbundle', encodeBundle(crypto, worldOf('bad').bundle()))
async function evidenceOf(index: number): Promise<string> {
  const checked = await verifyBundle(worldOf('bad').bundle(), { crypto, p256 })
  const record = checked.records[index]!
  const explanation = explainFrame(crypto, checked.domain, record)
  return buildEvidence(
    { crypto },
    { explanation, device: record.device, directoryProven: false, bundle: checked.bundle },
  )
}

async function veracity(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = ''
  let err = ''
  const io = {
    out(text: string) {
      out += text
    },
    err(text: string) {
      err += `${text}\n`
    },
  }
  const code = await main(['verify', ...argv], io)
  return { code, out, err }
}

describe('veracity verify', () => {
  test('default: exit 0 and one JSON document for a good bundle', async () => {
    const { code, out } = await veracity(good, '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      frames: 1,
      readings: 3,
      verdicts: { OK: 1 },
      ladder: { 3: 1 },
      evidence: [],
      origins: { simulated: 1 },
      witnesses: 0,
    })
  })
  test('behavior: exit 1 for rejected frames, each with its reason', async () => {
    const { code, out } = await veracity(bad, '--json')
    expect(code).toBe(1)
    const result = JSON.parse(out) as { verdicts: unknown; evidence: { verdict: string; sentence: string }[] }
    expect(result.verdicts).toEqual({ OK: 1, DUPLICATE: 1, BAD_SIGNATURE: 1 })
    expect(result.evidence.map(({ verdict }) => verdict)).toEqual(['DUPLICATE', 'BAD_SIGNATURE'])
    expect(result.evidence.every(({ sentence }) => sentence.endsWith('.'))).toBe(true)
  })
  test('behavior: --pin proves a bundle’s anchors up to the block, and says how many', async () => {
    const { code, out } = await veracity(pinned, '--pin', head.hash.toUpperCase().replace('0X', '0x'), '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      ladder: { 5: 1 },
      pins: 1,
      anchorsProven: 1,
      lastHeader: { hash: head.hash },
    })
    expect((await veracity(pinned, '--pin', head.hash)).out).toContain('pinned block: 1 anchors proven up to there')
  })
  test.each([
    ['a bundle whose headers lead elsewhere', () => [pinned, '--pin', `0x${'11'.repeat(32)}`]],
    ['a bundle without headers', () => [good, '--pin', head.hash]],
  ])('error: exit 1 for --pin and %s, though nothing is rejected', async (_, argv) => {
    const { code, out } = await veracity(...argv(), '--json')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ rejected: 0, ladder: { 3: 1 }, anchorsProven: 0 })
  })
  test('behavior: words for people without --json', async () => {
    const lines = (await veracity(bad)).out.split('\n')
    expect(lines[1]).toBe('verdicts: OK 1, DUPLICATE 1, BAD_SIGNATURE 1')
    expect(lines[2]).toBe('levels: 1 1, 3 2 (no chain endpoint asked)')
    expect(lines).toHaveLength(6)
  })
  test('behavior: evidence of a wrong leads to the same wrong, without contradiction', async () => {
    const { code, out } = await veracity(save('wrong.json', await evidenceOf(2)), '--json')
    expect(code).toBe(1) // its frame is rejected, as it says
    expect(JSON.parse(out)).toMatchObject({ stated: 'BAD_SIGNATURE', found: 'BAD_SIGNATURE', contradictions: [] })
  })
  test('error: exit 1 for evidence that says something else than its bytes', async () => {
    const forged = (await evidenceOf(2)).replaceAll('"verdict":"BAD_SIGNATURE"', '"verdict":"OK"')
    const { code, out } = await veracity(save('forged.json', forged), '--json')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ stated: 'OK', found: 'BAD_SIGNATURE' })
  })
  test.each(Object.entries(importSamples))('default: recognises %s', async (format, { bytes, signer }) => {
    const path = save(`sample.${format}`, bytes)
    const named = await veracity(path, '--signer', signer, '--json')
    expect(named.code).toBe(0)
    expect(JSON.parse(named.out)).toMatchObject({ format, trust: 'imported', verdicts: { OK: 1 }, rejected: 0 })
    const unnamed = await veracity(path)
    expect(unnamed.code).toBe(1)
    const lines = unnamed.out.split('\n')
    expect(lines[1]).toBe('verdicts: UNKNOWN_DEVICE 1')
    expect(lines[2]).toMatch(/^trust: imported\. A signature of another system/)
    expect(lines[3]).toMatch(/^what its signature leaves open: /)
  })
  test('behavior: several signers, listed or repeated; the example device’s frames among them', async () => {
    const path = save('frames.hex', vectorFrames.map(({ frame }) => frame).join('\n'))
    const { code, out } = await veracity(
      path,
      '--json',
      '--signer',
      `0x${'11'.repeat(20)},${vectorFrames[0]!.publicKey}`,
    )
    expect([code, (JSON.parse(out) as { verdicts: unknown }).verdicts]).toEqual([0, { OK: 2 }])
  })
  test.each([
    ['no file named', [] as string[], /Expected one file, got 0/],
    ['two files', [good, bad], /Expected one file, got 2/],
    ['a file that is not there', [join(folder, 'nothing')], /cannot be read \(ENOENT\)/],
    ['a folder', [folder], /cannot be read \(EISDIR\)/],
    ['a text file', [save('a.txt', 'hello')], /neither a bundle nor an evidence/],
    ['a signer that is none', [save('jws', importSamples.jws.bytes), '--signer', '0x1234'], /neither an address/],
    [
      'a signer that is half a key',
      [save('jws', importSamples.jws.bytes), '--signer', `02${'11'.repeat(32)}`],
      /neither an address/,
    ],
    ['other JSON', [save('a.json', '{}')], /no evidence of this program/],
    ['a cut bundle', [save('cut.vbundle', encodeBundle(crypto, worldOf('good').bundle()).slice(0, -5))], /checksum/],
    ['a pin that is no hash', [good, '--pin', '0x12'], /--pin expects a block hash/],
    ['a checkpoint that is not there', [good, '--checkpoint', join(folder, 'nothing')], /cannot be read/],
    ['a checkpoint that is no JSON', [good, '--checkpoint', save('b.txt', 'x')], /is not JSON/],
    ['a checkpoint that is none', [good, '--checkpoint', save('c.json', '{}')], /Checkpoint: format/],
    ['more agreeing than asked', [good, '--rpc', 'http://127.0.0.1:9', '--agree', '2'], /--agree got 2/],
    ['an unknown option', [good, '--loud'], /loud/],
    ['a dead endpoint', [good, '--rpc', 'http://127.0.0.1:9'], /does not answer/],
  ])('error: exit 2 and one line for %s', async (_, argv, sentence) => {
    const { code, out, err } = await veracity(...argv)
    expect(code).toBe(2)
    expect(out).toBe('')
    const lines = err
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('asking'))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(sentence)
  })
})
