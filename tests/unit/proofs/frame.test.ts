import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ORDERS } from '../../../src/proofs/curve.ts'
import { decodeFrame, decodeReadings, listReadings } from '../../../src/proofs/decodeFrame.ts'
import { encodeSignedPart, joinSignature } from '../../../src/proofs/encodeFrame.ts'
import { AT, createFrameView, HEADER_BYTES, READING_BYTES } from '../../../src/proofs/frame.ts'
import { createTestSigner, DOMAIN, NO_PREV, someReadings } from '../../support/signers.ts'

const signer = createTestSigner('secp256k1')
const good = signer.sign({ epoch: 3, seqFirst: 0, prev: NO_PREV, t0Ms: 1_700_000_000_000, readings: someReadings(3) })

const faultOf = (bytes: Uint8Array): string | null => decodeFrame(bytes, createFrameView())

/** The good frame with a few bytes overwritten. */
const changed = (...edits: readonly (readonly [at: number, bytes: readonly number[]])[]): Uint8Array => {
  const bytes = good.slice()
  for (const [at, values] of edits) bytes.set(values, at)
  return bytes
}
const reading = (i: number): number => HEADER_BYTES + i * READING_BYTES
const later = [AT.seqFirst, [0, 0, 0, 0, 0, 0, 0, 9]] as const // a frame that is not the first …
const named = [AT.prev, [7]] as const // … and names its previous one

describe('decodeFrame', () => {
  test('default: gives back what was encoded', () => {
    const view = createFrameView()
    expect(decodeFrame(good, view)).toBeNull()
    expect(view).toMatchObject({ curve: 'secp256k1', chainId: 31337, epoch: 3, seqFirst: 0, count: 3, simulated: true })
    expect(view.toMs).toBe(1_700_000_002_000)
    expect(view.device).toEqual(signer.address)
    expect(listReadings(view)).toEqual(someReadings(3))
  })
  test('behavior: decodes into the caller’s columns, scales correctly rounded', () => {
    const readings = [
      { dtMs: 0, metric: 1, scale: -1, flags: 0, value: -23 },
      { dtMs: 0, metric: 2, scale: 3, flags: 0, value: 5 },
      { dtMs: 7, metric: 1, scale: -9, flags: 0, value: Number.MAX_SAFE_INTEGER },
      { dtMs: 7, metric: 2, scale: 0, flags: 0, value: -Number.MAX_SAFE_INTEGER },
    ]
    const view = createFrameView()
    expect(decodeFrame(signer.sign({ epoch: 0, seqFirst: 0, prev: NO_PREV, t0Ms: 5, readings }), view)).toBeNull()
    const slots = { metric: new Uint16Array(6), timeMs: new Float64Array(6), value: new Float64Array(6) }
    decodeReadings(view, slots, 2)
    expect([...slots.metric]).toEqual([0, 0, 1, 2, 1, 2])
    expect([...slots.timeMs]).toEqual([0, 0, 5, 5, 12, 12])
    expect([...slots.value]).toEqual([0, 0, -2.3, 5000, 9007199.254740991, -9007199254740991])
    expect(view.simulated).toBe(false)
  })

  const n = ORDERS.secp256k1.n
  const half = ORDERS.secp256k1.half
  const r = good.length - 64
  const s = good.length - 32
  const plusOne = (bytes: Uint8Array): number[] => [...bytes.slice(0, 31), bytes[31]! + 1]
  const malformed: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['an empty message', new Uint8Array(0), /0 bytes/],
    ['a header alone', good.slice(0, HEADER_BYTES), /108 bytes/],
    ['one byte short', good.slice(0, -1), /signed part has/],
    ['one byte long', joinSignature(good, Uint8Array.of(0)), /signed part has/],
    ['one reading short', good.slice(0, -READING_BYTES), /signed part has/],
    ['longer than any frame', new Uint8Array(5000), /5000 bytes/],
    ['another magic', changed([3, [0x32]]), /CTF1/],
    ['version 0', changed([AT.version, [0]]), /version is 0/],
    ['version 2', changed([AT.version, [2]]), /version is 2/],
    ['curve 0', changed([AT.curve, [0]]), /curve code is 0/],
    ['curve 3', changed([AT.curve, [3]]), /curve code is 3/],
    ['chain id 0', changed([AT.chainId, [0, 0, 0, 0, 0, 0, 0, 0]]), /chain id/],
    ['chain id 2^53', changed([AT.chainId, [0, 0x20, 0, 0, 0, 0, 0, 0]]), /chain id/],
    [
      'sequence 2^53 - 2 with three readings',
      changed([AT.seqFirst, [0, 0x1f, 255, 255, 255, 255, 255, 254]], named),
      /sequence/,
    ],
    ['sequence 2^64 - 1', changed([AT.seqFirst, Array(8).fill(255)], named), /sequence/],
    ['a first frame with a previous one', changed(named), /first frame names/],
    ['a later frame without a previous one', changed(later), /names no previous/],
    ['time 0', changed([AT.t0, Array(8).fill(0)]), /time of the first reading/],
    ['time 2^48', changed([AT.t0, [0, 1, 0, 0, 0, 0, 0, 0]]), /time of the first reading/],
    ['no readings', changed([AT.count, [0, 0]]), /counts 0/],
    ['257 readings', changed([AT.count, [1, 1]]), /counts 257/],
    ['a count above what follows', changed([AT.count, [0, 4]]), /expected 172 for 4/],
    ['a first reading after t0', changed([reading(0), [0, 0, 0, 1]]), /not at t0/],
    ['readings out of time order', changed([reading(2), [0, 0, 0, 1]]), /earlier/],
    ['the same metric twice at one time', changed([reading(1), [0, 0, 0, 0]]), /repeats a metric/],
    ['metrics out of order at one time', changed([reading(0) + 4, [0, 9]], [reading(1), [0, 0, 0, 0]]), /out of order/],
    ['metric 0', changed([reading(1) + 4, [0, 0]]), /metric 0/],
    ['scale 10', changed([reading(1) + 6, [10]]), /scale 10/],
    ['scale -10', changed([reading(1) + 6, [0xf6]]), /scale -10/],
    ['scale -128', changed([reading(1) + 6, [0x80]]), /scale -128/],
    ['a reserved flag', changed([reading(2) + 7, [3]]), /reserved flag/],
    ['the top reserved flag', changed([reading(2) + 7, [0x81]]), /reserved flag/],
    ['value 2^53', changed([reading(0) + 8, [0, 0x20, 0, 0, 0, 0, 0, 0]]), /value/],
    ['value -2^53', changed([reading(0) + 8, [0xff, 0xe0, 0, 0, 0, 0, 0, 0]]), /value/],
    ['value -2^63', changed([reading(0) + 8, [0x80, 0, 0, 0, 0, 0, 0, 0]]), /value/],
    ['r = 0', changed([r, Array(32).fill(0)]), /zero/],
    ['s = 0', changed([s, Array(32).fill(0)]), /zero/],
    ['r = n', changed([r, [...n]]), /first half/],
    ['r = n + 1', changed([r, plusOne(n)]), /first half/],
    ['r = 2^256 - 1', changed([r, Array(32).fill(255)]), /first half/],
    ['s = (n - 1) / 2 + 1', changed([s, plusOne(half)]), /second half/],
    ['s = n', changed([s, [...n]]), /second half/],
  ]
  test.each(malformed)('error: MALFORMED %s', (_, bytes, sentence) => {
    expect(faultOf(bytes)).toMatch(sentence)
    expect(faultOf(bytes)).toMatch(/\.$/)
  })

  test('behavior: s at the limit passes, for both curves', () => {
    expect(faultOf(changed([s, [...half]]))).toBeNull()
    expect(faultOf(changed([AT.curve, [2]], [s, [...ORDERS.p256.half]]))).toBeNull()
    expect(faultOf(changed([AT.curve, [2]], [s, plusOne(ORDERS.p256.half)]))).toMatch(/second half/)
  })
  test('behavior: the limits themselves pass', () => {
    expect(faultOf(changed(later, named))).toBeNull()
    expect(faultOf(changed([AT.t0, [0, 0, 255, 255, 255, 255, 255, 255]]))).toBeNull()
    expect(faultOf(changed([reading(0) + 8, [0xff, 0xe0, 0, 0, 0, 0, 0, 1]]))).toBeNull()
  })
  test('behavior: no byte of rubbish is ever accepted (seeded)', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 400 }), (bytes) => faultOf(bytes) !== null),
      { seed: 7, numRuns: 300 },
    )
  })
})

describe('encodeSignedPart', () => {
  const base = { curve: 'secp256k1', domain: DOMAIN, device: signer.address, epoch: 0, t0Ms: 9 } as const
  test('behavior: round trip of any valid frame (seeded)', () => {
    const oneReading = fc.record({
      dtMs: fc.integer({ min: 0, max: 0xffffffff }),
      metric: fc.integer({ min: 1, max: 0xffff }),
      scale: fc.integer({ min: -9, max: 9 }),
      flags: fc.integer({ min: 0, max: 1 }),
      value: fc.maxSafeInteger(),
    })
    fc.assert(
      fc.property(
        fc.uniqueArray(oneReading, { minLength: 1, maxLength: 12, selector: (x) => `${x.dtMs}:${x.metric}` }),
        fc.integer({ min: 1, max: 2 ** 40 }),
        (list, seqFirst) => {
          const readings = list.sort((a, b) => a.dtMs - b.dtMs || a.metric - b.metric)
          const first = readings[0]!.dtMs
          const shifted = readings.map((x) => ({ ...x, dtMs: x.dtMs - first }))
          const signed = encodeSignedPart({ ...base, seqFirst, prev: new Uint8Array(32).fill(5), readings: shifted })
          const view = createFrameView()
          expect(decodeFrame(joinSignature(signed, good.slice(-64)), view)).toBeNull()
          expect(listReadings(view).map((x) => ({ ...x, value: x.value + 0 }))).toEqual(
            shifted.map((x) => ({ ...x, value: x.value + 0 })),
          )
        },
      ),
      { seed: 11, numRuns: 100 },
    )
  })
  test('error: PROOF_MALFORMED for what no reader would accept', () => {
    expect(() => encodeSignedPart({ ...base, seqFirst: 0, prev: NO_PREV, readings: [] })).toThrow(/counts 0/)
    expect(() => encodeSignedPart({ ...base, seqFirst: 4, prev: NO_PREV, readings: someReadings(1) })).toThrow(
      /previous/,
    )
  })
})
