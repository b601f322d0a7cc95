import { createHash, type Hash as NodeHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { TwinError } from '../../src/base/errors.ts'
import { toHex } from '../../src/base/hex.ts'
import { createRandom } from '../../src/base/random.ts'
import { SHOWN_VERDICTS, type Verdict } from '../../src/model/trust.ts'
import { decodeBatch } from '../../src/proofs/batch.ts'
import { type Bundle, isWhole } from '../../src/proofs/bundle.ts'
import { createBatchChecker } from '../../src/proofs/checkBatch.ts'
import { decodeBundle } from '../../src/proofs/decodeBundle.ts'
import { encodeBundle } from '../../src/proofs/encodeBundle.ts'
import { verdictOf } from '../../src/proofs/judge.ts'
import { createTreeHash, inclusionPath } from '../../src/proofs/merkle.ts'
import { createReadingBuffer } from '../../src/proofs/readingBuffer.ts'
import { type CheckedBundle, verifyBundle } from '../../src/proofs/verifyBundle.ts'
import { crypto, p256, someReadings } from '../support/signers.ts'
import { createWorld, START_MS } from '../support/world.ts'

// One bit is altered at a time. Three forgers: one alters the file, one mends its checksum, one is the gateway itself
// and mends every hash there is, so that only the device's signature is left to refuse.

const SEED = 'bit flips 1'
const FLIPS = 20_000
const CHECKSUM_BYTES = 32
const LONG_MS = 180_000 // a bound on hanging where the machine is busy, not a measurement

const tools = { crypto, p256 }
const flip = (bytes: Uint8Array, bit: number): void => {
  bytes[bit >> 3] = bytes[bit >> 3]! ^ (1 << (bit & 7))
}
const mended = (bytes: Uint8Array): Uint8Array => {
  bytes.set(crypto.sha256(bytes.subarray(0, -CHECKSUM_BYTES)), bytes.length - CHECKSUM_BYTES)
  return bytes
}

/** All that a page would believe: readings with their level, places, origins. */
function believed({ records, directory, bundle, directoryProven }: CheckedBundle): string[] {
  const buffer = createReadingBuffer()
  for (const record of records) buffer.append(record)
  const { device, metric, timeMs, value, level } = buffer.take()
  const readings = Array.from(device, (row, i) =>
    [directory.at(row)!.address, metric[i], timeMs[i], value[i], `level ${level[i]}`].join(' '),
  )
  const rows = directory.rows(bundle.chainId, directoryProven)
  const places = rows
    .filter(({ documentProven }) => documentProven)
    .map((d) => [d.address, d.title, d.latDeg, d.lonDeg, d.heightM, d.buildingOsmId].join(' '))
  const origins = rows.filter(({ origin }) => origin !== 'simulated').map((d) => `${d.address} is a ${d.origin}`)
  return [...readings, ...places, ...origins]
}
const beliefsIn = async (bytes: Uint8Array): Promise<string[]> =>
  believed(await verifyBundle(decodeBundle(crypto, bytes), tools))

/** What altered bytes are worth: nothing when they cannot be read; a bug when anything but the product's own error comes. */
async function beliefsInForged(bytes: Uint8Array): Promise<string[]> {
  try {
    return await beliefsIn(bytes)
  } catch (error) {
    if (error instanceof TwinError && error.code === 'BUNDLE_BROKEN') return []
    throw error
  }
}

/** Flips the given bits one by one, checksum mended; what was believed beyond the honest, and how often less was. */
async function forge(bytes: Uint8Array, bits: Iterable<number>): Promise<{ strays: string[]; less: number }> {
  const honest = new Set(await beliefsIn(bytes))
  const strays: string[] = []
  let less = 0
  for (const bit of bits) {
    const forged = bytes.slice()
    flip(forged, bit)
    const found = await beliefsInForged(mended(forged))
    if (found.length < honest.size) less++
    strays.push(...found.filter((one) => !honest.has(one)).map((one) => `bit ${bit}: ${one}`))
  }
  return { strays, less }
}

describe.each(['secp256k1', 'p256'] as const)('a small bundle (%s)', (curve) => {
  const world = createWorld()
  world.anchor([world.add({ curve }).frame(START_MS, { readings: someReadings(2) })])
  const bytes = encodeBundle(crypto, world.bundle())
  const bits = 8 * bytes.length

  test('default: untouched it passes, and is small', async () => {
    expect(bytes.length).toBeLessThanOrEqual(8192)
    expect(await beliefsIn(bytes)).toHaveLength(3)
  })
  test('error: every single bit, and none is accepted', () => {
    let accepted = 0
    for (let bit = 0; bit < bits; bit++) {
      flip(bytes, bit)
      try {
        decodeBundle(crypto, bytes)
        accepted++
      } catch (error) {
        expect(error).toMatchObject({ code: 'BUNDLE_BROKEN' })
      }
      flip(bytes, bit)
    }
    expect(accepted).toBe(0)
  })
  test(
    'error: every single bit with the checksum mended: nothing else is ever believed',
    async () => {
      const content = bits - 8 * CHECKSUM_BYTES
      const { strays, less } = await forge(bytes, Array(content).keys())
      expect(strays).toEqual([])
      expect(less).toBeGreaterThan(content / 2) // the rest are words nobody relies on: titles, times of recording
    },
    LONG_MS,
  )
})

describe('the release bundle', () => {
  const bytes = new Uint8Array(readFileSync(join(import.meta.dirname, '../../public/recorded/astana.vbundle')))
  const bundle = decodeBundle(crypto, bytes)
  const bodies = bundle.parts.filter(isWhole).map(({ anchor, body }) => ({ anchor, body }))
  const random = createRandom(SEED)
  const bits = Array.from({ length: FLIPS }, () => random.below(8 * bytes.length)).sort((a, b) => a - b)
  /** Those of the bits that lie in a batch body, by body and the bit's place in it. */
  const inBodies = bodies.flatMap(({ anchor, body }) => {
    const from = 8 * (body.byteOffset - bytes.byteOffset)
    return bits
      .filter((bit) => bit >= from && bit < from + 8 * body.length)
      .map((bit) => ({ anchor, body, at: bit - from }))
  })
  const checked = verifyBundle(bundle, tools)

  test('default: untouched it passes', async () => {
    const { records, faults } = await checked
    expect(faults).toEqual([])
    expect(records.length).toBeGreaterThan(1000)
    expect(new Set(records.map(verdictOf))).toEqual(new Set(['OK']))
  })
  test(
    `error: ${FLIPS} bits (seed "${SEED}"), and none is accepted`,
    () => {
      // the bits rise, so what stands before each was hashed for the one before it
      let done = 0
      let prefix: NodeHash = createHash('sha256')
      const sha256 = (content: Uint8Array): Uint8Array =>
        new Uint8Array(prefix.copy().update(content.subarray(done)).digest())
      expect(decodeBundle({ ...crypto, sha256 }, bytes)).toEqual(bundle)
      let accepted = 0
      for (const bit of bits) {
        const before = Math.min(bit >> 3, bytes.length - CHECKSUM_BYTES)
        prefix = prefix.update(bytes.subarray(done, before))
        done = before
        flip(bytes, bit)
        try {
          decodeBundle({ ...crypto, sha256 }, bytes)
          accepted++
        } catch (error) {
          expect(error).toMatchObject({ code: 'BUNDLE_BROKEN' })
        }
        flip(bytes, bit)
      }
      expect(accepted).toBe(0)
      expect(toHex(sha256(bytes.subarray(0, -CHECKSUM_BYTES)))).toBe(toHex(bytes.subarray(-CHECKSUM_BYTES)))
    },
    LONG_MS,
  )
  test(
    'error: the same bits in batch bodies with the checksum mended: the anchored hash refuses every body',
    async () => {
      const { directory, domain, batches } = await checked
      const checker = createBatchChecker({ crypto, p256, domain, directory })
      const refused: Partial<Record<string, number>> = {}
      for (const { anchor, body, at } of inBodies) {
        const forged = body.slice()
        flip(forged, at)
        const result = await checker.checkBody(forged, batches[anchor]!)
        const name = 'verdict' in result ? result.verdict : 'accepted'
        refused[name] = (refused[name] ?? 0) + 1
      }
      expect(refused).toEqual({ DATA_MISSING: inBodies.length })
      expect(inBodies.length).toBeGreaterThan(0.8 * FLIPS)
    },
    LONG_MS,
  )
  test(
    'error: the same bits in frames with every hash mended, as the gateway itself could: the device’s signature refuses',
    async () => {
      const { directory, domain, batches } = await checked
      const checker = createBatchChecker({ crypto, p256, domain, directory })
      const verdicts: Partial<Record<Verdict, number>> = {}
      let inFrames = 0
      for (const { anchor, body, at } of inBodies) {
        const batch = decodeBatch(body)
        if (typeof batch === 'string') throw new Error(batch)
        const index = batch.frames.findIndex(
          (frame) =>
            at >> 3 >= frame.byteOffset - body.byteOffset &&
            at >> 3 < frame.byteOffset - body.byteOffset + frame.length,
        )
        if (index < 0) continue // the header of the batch, or a length
        inFrames++
        const frame = batch.frames[index]!
        const forged = frame.slice()
        flip(forged, at - 8 * (frame.byteOffset - body.byteOffset))
        const [record] = await checker.checkFrames([{ bytes: forged, index, inclusionFault: null }], {
          ...batches[anchor]!,
          log: 'extends',
        })
        const verdict = verdictOf({ ...record!, standing: 'follows', settled: true })
        verdicts[verdict] = (verdicts[verdict] ?? 0) + 1
      }
      expect(Object.keys(verdicts).filter((v) => SHOWN_VERDICTS.includes(v as Verdict))).toEqual([])
      expect(verdicts.BAD_SIGNATURE).toBeGreaterThan(inFrames / 2)
      expect(inFrames).toBeGreaterThan(0.98 * inBodies.length)
    },
    LONG_MS,
  )
  test(
    'error: bits of directory entries, anchors and paths with the checksum mended, one message of each device at a time',
    async () => {
      const { records } = await checked
      const pick = createRandom(`${SEED}, tables`)
      let flips = 0
      let less = 0
      for (const { registration } of bundle.devices) {
        const record = records.find(({ device }) => device?.address === registration.device)!
        const cut = encodeBundle(
          crypto,
          cutOne(
            bundle,
            records.filter(({ batch }) => batch === record.batch).map((r) => r.bytes),
            record.place.index,
            bundle.anchors.indexOf(record.batch.anchor),
          ),
        )
        const content = 8 * (cut.length - CHECKSUM_BYTES)
        const some = Array.from({ length: 10 }, () => pick.below(content))
        const found = await forge(cut, some)
        expect(found.strays).toEqual([])
        flips += some.length
        less += found.less
      }
      expect(flips).toBeGreaterThan(FLIPS - inBodies.length)
      expect(less).toBeGreaterThan(flips / 8) // most of these bits are in anchors of other batches
    },
    LONG_MS,
  )
})

/** One frame of a bundle with its path, its device and all anchors. */
function cutOne(bundle: Bundle, frames: readonly Uint8Array[], index: number, anchor: number): Bundle {
  const tree = createTreeHash(crypto.keccak256)
  const frame = frames[index]!
  const address = toHex(frame.subarray(34, 54))
  const path = inclusionPath(
    tree,
    frames.map((one) => tree.leaf(one)),
    index,
  )
  return {
    ...bundle,
    devices: bundle.devices.filter(({ registration }) => registration.device === address),
    parts: [{ anchor, index, frame, path }],
  }
}
