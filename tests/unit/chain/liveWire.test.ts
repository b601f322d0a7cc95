import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decodeLiveMessage,
  decodeLiveRequest,
  encodeLiveMessage,
  encodeLiveRequest,
  type LiveMessage,
  MAX_LIVE_FRAMES,
  packLiveMessages,
  unpackLiveMessages,
} from '../../../src/chain/liveWire.ts'

const SEED = 20260301
const number = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
const message: fc.Arbitrary<LiveMessage> = fc.oneof(
  fc.record({ kind: fc.constant('start' as const), stream: fc.integer({ min: 1, max: 2 ** 48 }), from: number }),
  fc.record({ kind: fc.constant('alive' as const), next: number }),
  fc.record({
    kind: fc.constant('frames' as const),
    first: number,
    receivedMs: number,
    frames: fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 9 }),
  }),
)
const refused = { name: 'TwinError', code: 'PROOF_MALFORMED' }
const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

describe('messages of the live channel', () => {
  test(`default: what is written is read again (seed ${SEED})`, () => {
    fc.assert(
      fc.property(message, (one) => {
        expect(decodeLiveMessage(encodeLiveMessage(one))).toEqual(one)
      }),
      { seed: SEED },
    )
  })
  test('default: the bytes are those of the specification', () => {
    const hex = (one: LiveMessage): string => Buffer.from(encodeLiveMessage(one)).toString('hex')
    expect(hex({ kind: 'start', stream: 0x0102, from: 3 })).toBe('01564c563100000000000001020000000000000003')
    expect(hex({ kind: 'alive', next: 7 })).toBe('030000000000000007')
    const frames = { kind: 'frames', first: 5, receivedMs: 6, frames: [bytes('aabb'), bytes('cc')] } as const
    expect(hex(frames)).toBe('020000000000000005000000000000000600020002aabb0001cc')
    expect(Buffer.from(encodeLiveRequest({ kind: 'join', stream: 1, next: 2 })).toString('hex')).toBe(
      '11564c563100000000000000010000000000000002',
    )
    expect(Buffer.from(encodeLiveRequest({ kind: 'taken', next: 2 })).toString('hex')).toBe('120000000000000002')
  })
  test(`error: PROOF_MALFORMED for every beginning of a message, and for one byte more (seed ${SEED})`, () => {
    fc.assert(
      fc.property(message, (one) => {
        const whole = encodeLiveMessage(one)
        for (let length = 0; length < whole.length; length++) {
          expect(() => decodeLiveMessage(whole.subarray(0, length))).toThrow(expect.objectContaining(refused))
        }
        const longer = new Uint8Array(whole.length + 1)
        longer.set(whole)
        expect(() => decodeLiveMessage(longer)).toThrow(expect.objectContaining(refused))
      }),
      { seed: SEED, numRuns: 40 },
    )
  })
  test.each([
    ['nothing', ''],
    ['an unknown type', '00'],
    ['a request', '120000000000000001'],
    ['another magic', '01564c563200000000000000010000000000000000'],
    ['stream 0', '01564c563100000000000000000000000000000000'],
    ['a number above 2^53 - 1', '030020000000000000'],
    ['no frames', '02000000000000000000000000000000000000'],
    [
      'more frames than a message may hold',
      `02000000000000000000000000000000000201${'0000'.repeat(MAX_LIVE_FRAMES + 1)}`,
    ],
    ['a frame longer than what is left', '0200000000000000000000000000000000000100ff00'],
  ])('error: PROOF_MALFORMED for %s', (_, hex) => {
    expect(() => decodeLiveMessage(bytes(hex))).toThrow(expect.objectContaining(refused))
  })
  test.each([
    ['nothing', ''],
    ['a message of the gateway', '030000000000000001'],
    ['another magic', '11564c563200000000000000010000000000000000'],
    ['a number above 2^53 - 1', '12ffffffffffffffff'],
    ['bytes behind it', '12000000000000000100'],
  ])('error: a request is refused: %s', (_, hex) => {
    expect(() => decodeLiveRequest(bytes(hex))).toThrow(expect.objectContaining(refused))
  })
  test('behavior: several messages in one body, each after its length', () => {
    const list: LiveMessage[] = [
      { kind: 'start', stream: 9, from: 1 },
      { kind: 'frames', first: 1, receivedMs: 2, frames: [bytes('01')] },
    ]
    const body = packLiveMessages(list.map(encodeLiveMessage))
    expect(unpackLiveMessages(body)).toEqual(list)
    expect(unpackLiveMessages(new Uint8Array(0))).toEqual([])
    for (let length = 1; length < body.length; length++) {
      if (length === 4 + encodeLiveMessage(list[0]!).length) continue // ends with the first message
      expect(() => unpackLiveMessages(body.subarray(0, length))).toThrow(expect.objectContaining(refused))
    }
  })
})
