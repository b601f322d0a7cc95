import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packZeros, unpackZeros } from '../../../../src/proofs/header/packZeros.ts'

describe('packZeros', () => {
  test.each([
    [[], []],
    [[5], [5]],
    [[0], [0, 1]],
    [
      [1, 0, 0, 2],
      [1, 0, 2, 2],
    ],
    [Array(255).fill(0), [0, 255]],
    [Array(256).fill(0), [0, 255, 0, 1]],
  ])('default: %j', (bytes, packed) => {
    expect([...packZeros(Uint8Array.from(bytes))]).toEqual(packed)
    expect([...unpackZeros(Uint8Array.from(packed), 300)!]).toEqual(bytes)
  })
  test('behavior: gives back whatever was packed, and whatever can be unpacked was packed so (seed 4)', () => {
    const sparse = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(255)), { maxLength: 600 })
    fc.assert(
      fc.property(sparse, (list) => {
        const bytes = Uint8Array.from(list)
        expect(unpackZeros(packZeros(bytes), 600)).toEqual(bytes)
        const other = unpackZeros(bytes, 60_000)
        if (other) expect(packZeros(other)).toEqual(bytes)
      }),
      { seed: 4, numRuns: 500 },
    )
  })
  test.each([
    ['a run without a length', [1, 0]],
    ['a run of none', [0, 0]],
    ['two runs that are one', [0, 3, 0, 4]],
    ['more than there may be', [0, 255, 0, 255]],
  ])('error: null for %s', (_, packed) => {
    expect(unpackZeros(Uint8Array.from(packed), 400)).toBeNull()
  })
})
