import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Batch, decodeBatch, encodeBatch, MAX_BATCH_FRAMES } from '../../../src/proofs/batch.ts'

const gateway = new Uint8Array(20).fill(7)
const frames = [Uint8Array.of(1, 2, 3), Uint8Array.of(4), new Uint8Array(4268).fill(5)]
const body = encodeBatch({ gateway, seq: 12, frames })
const edited = (at: number, ...bytes: number[]): Uint8Array => {
  const copy = body.slice()
  copy.set(bytes, at)
  return copy
}

describe('decodeBatch', () => {
  test('default: gives back what was encoded', () => {
    const batch = decodeBatch(body) as Batch
    expect(batch.gateway).toEqual(gateway)
    expect(batch.seq).toBe(12)
    expect(batch.frames).toEqual(frames)
  })
  test.each([
    ['nothing', new Uint8Array(0), /header/],
    ['a cut header', body.slice(0, 30), /header/],
    ['another magic', edited(0, 0x57), /VBT1/],
    ['another version', edited(4, 2), /version 2/],
    ['a number of 2^53', edited(25, 0, 0x20, 0, 0, 0, 0, 0, 0), /2\^53/],
    ['no frames', edited(33, 0, 0), /counts 0/],
    ['too many frames', edited(33, 0x10, 1), /counts 4097/],
    ['a frame of no bytes', edited(35, 0, 0), /Frame 0 has 0/],
    ['a frame longer than any', edited(35, 0x10, 0xad), /Frame 0 has 4269/],
    ['one frame more than there is', edited(33, 0, 4), /before frame 3/],
    ['one frame fewer', edited(33, 0, 2), /follow the last/],
    ['a cut last frame', body.slice(0, -1), /inside frame 2/],
    ['a byte too many', new Uint8Array([...body, 0]), /1 bytes follow/],
  ])('error: MALFORMED %s', (_, bytes, sentence) => {
    expect(decodeBatch(bytes)).toMatch(sentence)
  })
  test('behavior: bytes have one reading and one writing (seeded)', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 20 }), (list) => {
        const again = decodeBatch(encodeBatch({ gateway, seq: 3, frames: list })) as Batch
        expect(again.frames).toEqual(list)
      }),
      { seed: 2, numRuns: 50 },
    )
  })
})

describe('encodeBatch', () => {
  test('error: PROOF_MALFORMED for no frames, too many, or an impossible one', () => {
    const code = { code: 'PROOF_MALFORMED' }
    const encode = (list: Uint8Array[]) => () => encodeBatch({ gateway, seq: 0, frames: list })
    expect(encode([])).toThrow(expect.objectContaining(code))
    expect(encode([new Uint8Array(0)])).toThrow(expect.objectContaining(code))
    expect(encode(Array(MAX_BATCH_FRAMES + 1).fill(Uint8Array.of(1)))).toThrow(expect.objectContaining(code))
  })
})
