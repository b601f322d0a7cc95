import { describe, expect, test } from 'vitest'
import type { Bundle } from '../../../src/proofs/bundle.ts'
import { decodeBundle } from '../../../src/proofs/decodeBundle.ts'
import { encodeBundle } from '../../../src/proofs/encodeBundle.ts'
import { frameRow } from '../../../src/proofs/frameRow.ts'
import { createTreeHash, inclusionPath } from '../../../src/proofs/merkle.ts'
import { createReadingBuffer } from '../../../src/proofs/readingBuffer.ts'
import { verifyBundle } from '../../../src/proofs/verifyBundle.ts'
import { crypto, p256 } from '../../support/signers.ts'
import { createWorld, START_MS } from '../../support/world.ts'

const tree = createTreeHash(crypto.keccak256)
const world = createWorld()
const [a, b, c] = [world.add(), world.add({ curve: 'p256' }), world.add()]
const frames = [a.frame(START_MS), b.frame(START_MS), c.frame(START_MS)]
world.anchor(frames)
world.anchor([a.frame(START_MS + 5000)])
world.revoke(c)
world.markCompromised(b, START_MS)
const whole = world.bundle()
const bytes = encodeBundle(crypto, whole)
/** The same, but the first batch given frame by frame with paths, and a header section in use. */
const mixed: Bundle = {
  ...whole,
  parts: [
    ...frames.map((frame, index) => ({
      anchor: 0,
      index,
      frame,
      path: inclusionPath(
        tree,
        frames.map((one) => tree.leaf(one)),
        index,
      ),
    })),
    whole.parts[1]!,
  ],
  headers: [{ number: 11, hash: `0x${'11'.repeat(32)}`, header: Uint8Array.of(1, 2), proof: Uint8Array.of(3) }],
}

const rehashed = (content: Uint8Array): Uint8Array => {
  const copy = content.slice()
  copy.set(crypto.sha256(copy.subarray(0, -32)), copy.length - 32)
  return copy
}
const edited = (at: number, ...values: number[]): Uint8Array => {
  const copy = bytes.slice()
  copy.set(values, at)
  return rehashed(copy)
}
const check = (input: Uint8Array) => verifyBundle(decodeBundle(crypto, input), { crypto, p256 })
async function accepted(input: Uint8Array): Promise<string[]> {
  const { records, directory } = await check(input)
  const buffer = createReadingBuffer()
  for (const record of records) buffer.append(record)
  const columns = buffer.take()
  return [...columns.value].map(
    (v, i) => `${directory.at(columns.device[i]!)!.address} ${columns.metric[i]} ${columns.timeMs[i]} ${v}`,
  )
}

describe('decodeBundle', () => {
  test('default: gives back what was encoded, whole batches or single frames', () => {
    expect(decodeBundle(crypto, bytes)).toEqual(whole)
    expect(decodeBundle(crypto, encodeBundle(crypto, mixed))).toEqual(mixed)
  })
  test('default: both ways of giving frames lead to the same verdicts', async () => {
    const rows = async (input: Uint8Array) => (await check(input)).records.map((r) => frameRow(crypto, r))
    expect(await rows(encodeBundle(crypto, mixed))).toEqual(await rows(bytes))
    expect((await rows(bytes)).map(({ verdict }) => verdict)).toEqual(['OK', 'OK', 'OK', 'OK'])
  })
  const titleEnd = 4 + 1 + 2 + 13
  test.each([
    ['no bundle at all', new TextEncoder().encode('{"format":"veracity-scenario"}'), /no bundle/],
    ['an empty file', new Uint8Array(0), /no bundle/],
    ['four bytes', bytes.slice(0, 5), /ends inside/],
    ['half a file', bytes.slice(0, bytes.length / 2), /checksum/],
    ['a byte too many', new Uint8Array([...bytes, 0]), /checksum/],
    ['a later version', edited(4, 9), /version 9/],
    ['a title that is not UTF-8', edited(7, 0xff), /UTF-8/],
    ['a title longer than the file', edited(5, 0xff, 0xff), /end early/],
    ['a chain id of 2^53', edited(titleEnd, 0, 0x20), /2\^53/],
    ['more devices than fit', edited(titleEnd + 84, 0xff, 0xff, 0xff, 0xff), /does not fit/],
    ['an unknown curve', edited(titleEnd + 84 + 4 + 20, 7), /unknown curve/],
    ['rubbish after the last list', rehashed(new Uint8Array([...bytes, 0])), /follow the last list/],
  ])('error: BUNDLE_BROKEN %s', (_, input, sentence) => {
    expect(() => decodeBundle(crypto, input)).toThrow(
      expect.objectContaining({ code: 'BUNDLE_BROKEN', message: expect.stringMatching(sentence) }),
    )
  })
  test.each([
    ['anchors out of order', { anchors: [...whole.anchors].reverse() }, /Anchor 1 is out of order/],
    ['an anchor twice', { anchors: [whole.anchors[0]!, whole.anchors[0]!] }, /Anchor 1 is out of order/],
    ['a batch twice', { parts: [whole.parts[0]!, whole.parts[0]!] }, /Part 1/],
    ['a frame beside its whole batch', { parts: [whole.parts[0]!, mixed.parts[1]!] }, /Part 1/],
    ['a part of no anchor', { parts: [{ anchor: 2, body: Uint8Array.of(1) }] }, /names anchor 2 of 2/],
  ] as const)('error: BUNDLE_BROKEN %s', (_, change, sentence) => {
    const input = encodeBundle(crypto, { ...whole, ...change })
    expect(() => decodeBundle(crypto, input)).toThrow(
      expect.objectContaining({ code: 'BUNDLE_BROKEN', message: expect.stringMatching(sentence) }),
    )
  })
})

describe('a changed bundle', () => {
  test('error: not one flipped bit goes unnoticed', () => {
    let refused = 0
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const flipped = bytes.slice()
      flipped[bit >> 3] = flipped[bit >> 3]! ^ (1 << (bit & 7))
      try {
        decodeBundle(crypto, flipped)
      } catch {
        refused++
      }
    }
    expect(refused).toBe(8 * bytes.length)
  })
  test('error: not one altered reading is accepted, also when the forger mends the checksum', async () => {
    const honest = new Set(await accepted(bytes))
    expect(honest.size).toBe(12)
    const strays: string[] = []
    let changedSomething = 0
    for (let byte = 5; byte < bytes.length - 32; byte++) {
      const flipped = bytes.slice()
      flipped[byte] = flipped[byte]! ^ (1 << (byte % 8))
      const found = await accepted(rehashed(flipped)).catch(() => [])
      if (found.length < honest.size) changedSomething++
      strays.push(...found.filter((reading) => !honest.has(reading)).map((reading) => `byte ${byte}: ${reading}`))
    }
    expect(strays).toEqual([])
    expect(changedSomething).toBeGreaterThan(bytes.length / 3)
  })
  test('behavior: a forged document loses its place on the map, not more', async () => {
    const forged = {
      ...whole,
      devices: whole.devices.map((d, i) => (i ? d : { ...d, document: { ...d.document!, latDeg: 1 } })),
    }
    const { directory } = await check(encodeBundle(crypto, forged))
    expect(directory.rows(31337, false)[0]).toMatchObject({ documentProven: false, latDeg: NaN })
    expect(directory.rows(31337, false)[1]).toMatchObject({ documentProven: true, latDeg: 51.1 })
  })
})
