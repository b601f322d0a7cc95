import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { learnClockOffset } from '../../../src/model/clockOffset.ts'
import type { FrameRow, ProofLevel } from '../../../src/model/trust.ts'

const row = (clockOffsetMs: number, level: ProofLevel = 4): FrameRow => ({
  key: `0x${'00'.repeat(32)}`,
  device: 0,
  claimedDevice: `0x${'00'.repeat(20)}`,
  verdict: 'OK',
  level,
  seqFirst: 0,
  readings: 1,
  fromMs: 0,
  toMs: 0,
  missingBefore: 0,
  clockOffsetMs,
  gateway: `0x${'00'.repeat(20)}`,
  batch: 0,
  blockNumber: 0,
  blockHash: `0x${'00'.repeat(32)}`,
  txHash: `0x${'00'.repeat(32)}`,
})

describe('learnClockOffset', () => {
  test('default: the median, and how far the messages lie apart', () => {
    expect(learnClockOffset([row(4000), row(-90_000), row(2000)])).toEqual({
      messages: 3,
      medianMs: 2000,
      spreadMs: 94_000,
    })
    expect(learnClockOffset([row(1000), row(2000), row(4000), row(9000)])).toMatchObject({ medianMs: 3000 })
  })
  test.each([
    ['nothing', []],
    ['two messages', [row(1), row(2)]],
    ['messages that are not in a batch', [row(1, 2), row(2, 2), row(3, 1), row(4, 0)]],
    ['messages without a time', [row(NaN), row(NaN), row(1), row(2)]],
  ])('args: null for %s', (_, frames) => {
    expect(learnClockOffset(frames)).toBeNull()
  })
  test('behavior: a clock that is off by more is off by more, in whatever order its messages come (seeded)', () => {
    const offsets = fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 3, maxLength: 12 })
    fc.assert(
      fc.property(offsets, fc.integer({ min: -1e6, max: 1e6 }), (own, shift) => {
        const learnt = learnClockOffset(own.map((ms) => row(ms)))!
        const shifted = learnClockOffset([...own].reverse().map((ms) => row(ms + shift)))!
        expect(shifted.medianMs).toBeCloseTo(learnt.medianMs + shift, 6)
        expect(shifted.spreadMs).toBe(learnt.spreadMs)
      }),
      { seed: 9, numRuns: 60 },
    )
  })
})
