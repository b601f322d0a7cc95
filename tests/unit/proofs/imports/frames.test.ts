import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { toHex } from 'viem'
import { describe, expect, test } from 'vitest'
import { frames } from '../../../../src/proofs/imports/frames.ts'
import { chainedFrames, FRAME_SIGNER, toolsFor, utf8 } from '../../../support/importSamples.ts'
import { createTestSigner, NO_PREV, someReadings } from '../../../support/signers.ts'

const [first, second] = chainedFrames()
const orderOf = async (bytes: Uint8Array) =>
  (await frames.read(bytes, toolsFor(FRAME_SIGNER))).map(
    ({ checks }) => checks.find(({ id }) => id === 'sequence')?.result,
  )

describe('frames', () => {
  test('default: one after the other, as bytes or as lines of hexadecimal', async () => {
    const lines = [first, second].map((frame) => toHex(frame))
    for (const bytes of [
      Uint8Array.of(...first, ...second),
      utf8(lines.join('\n')),
      utf8(`${lines.map((line) => line.slice(2).toUpperCase()).join('\r\n\r\n')}\n`),
    ]) {
      expect(frames.sniff(bytes)).toBe(true)
      const messages = await frames.read(bytes, toolsFor(FRAME_SIGNER))
      expect(messages.map(({ verdict, level }) => [verdict, level])).toEqual([
        ['OK', 2],
        ['OK', 2],
      ])
      expect(messages[0]).toMatchObject({ claimed: FRAME_SIGNER, simulated: true, timeMs: 1e12 + 1000 })
      expect(messages[0]!.readings[0]).toEqual({ name: 'Active power', value: 100, unit: 'W', timeMs: 1e12 })
      expect(await orderOf(bytes)).toEqual(['passed', 'passed'])
    }
  })
  test('behavior: what does not follow is warned of', async () => {
    expect(await orderOf(Uint8Array.of(...second, ...first))).toEqual(['warned', 'warned'])
    expect(await orderOf(Uint8Array.of(...first, ...first))).toEqual(['passed', 'warned'])
    expect(await orderOf(second)).toEqual(['warned'])
  })
  test('default: a P-256 device by its public key', async () => {
    const signer = createTestSigner('p256')
    const frame = signer.sign({ epoch: 0, seqFirst: 0, prev: NO_PREV, t0Ms: 1, readings: someReadings(1) })
    const verdict = async (...signers: string[]) => (await frames.read(frame, toolsFor(...signers)))[0]!.verdict
    expect(await verdict(toHex(signer.publicKey))).toBe('OK')
    expect(await verdict(toHex(signer.address))).toBe('UNKNOWN_DEVICE')
    expect(await verdict()).toBe('UNKNOWN_DEVICE')
    expect(await verdict(toHex(createTestSigner('p256').publicKey))).toBe('UNKNOWN_DEVICE')
  })
  test('error: BAD_SIGNATURE in the name of another device', async () => {
    const thief = createTestSigner('secp256k1', 3)
    const device = createTestSigner('secp256k1', 4).address
    const stolen = thief.sign({ device, epoch: 0, seqFirst: 0, prev: NO_PREV, t0Ms: 1, readings: someReadings(1) })
    const [message] = await frames.read(stolen, toolsFor(toHex(device), toHex(thief.address)))
    expect(message!.verdict).toBe('BAD_SIGNATURE')
  })
  test('error: IMPLAUSIBLE for what no meter measures', async () => {
    const signer = createTestSigner('secp256k1', 5)
    const readings = [{ dtMs: 0, metric: 2, scale: 0, flags: 0, value: 9000 }]
    const frame = signer.sign({ epoch: 0, seqFirst: 0, prev: NO_PREV, t0Ms: 1, readings })
    const [message] = await frames.read(frame, toolsFor(toHex(signer.address)))
    expect(message).toMatchObject({ verdict: 'IMPLAUSIBLE', level: 2, simulated: false })
  })
  test('error: MALFORMED for what is cut, and for every malformed vector that begins like a frame', async () => {
    const path = join(import.meta.dirname, '../../../../public/spec/frame-vectors.json')
    const vectors = JSON.parse(readFileSync(path, 'utf8')) as { malformed: { frame: `0x${string}` }[] }
    const lines = vectors.malformed.map(({ frame }) => frame).filter((frame) => frame.startsWith('0x43544631'))
    expect(lines.length).toBeGreaterThan(20)
    const messages = await frames.read(utf8(lines.join('\n')), toolsFor())
    expect(messages.map(({ verdict, level }) => [verdict, level])).toEqual(lines.map(() => ['MALFORMED', 0]))
    const cut = await frames.read(Uint8Array.of(...first, ...second.slice(0, -1)), toolsFor(FRAME_SIGNER))
    expect(cut.map(({ verdict }) => verdict)).toEqual(['OK', 'MALFORMED'])
    expect((await frames.read(utf8('435446310'), toolsFor()))[0]!.verdict).toBe('MALFORMED')
  })
  test('args: lines of something else are not frames, however long', () => {
    expect(frames.sniff(utf8(`${toHex(first)}\nhello`))).toBe(false)
    expect(frames.sniff(utf8(`${'43544631'.repeat(100_000)}!`))).toBe(false)
    expect(frames.sniff(utf8('\n \n'))).toBe(false)
  })
})
