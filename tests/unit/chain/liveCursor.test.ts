import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLiveCursor } from '../../../src/chain/liveCursor.ts'
import type { LiveMessage } from '../../../src/chain/liveWire.ts'

const SEED = 20260302
const frame = (n: number): Uint8Array => Uint8Array.of(n >> 8, n & 255)
const numberOf = (bytes: Uint8Array): number => 256 * bytes[0]! + bytes[1]!
const frames = (first: number, count: number): LiveMessage => ({
  kind: 'frames',
  first,
  receivedMs: 1,
  frames: Array.from({ length: count }, (_, i) => frame(first + i)),
})

describe('following a stream', () => {
  test('default: frames in order, each once', () => {
    const cursor = createLiveCursor()
    expect(cursor.take({ kind: 'start', stream: 5, from: 10 })).toEqual({ kind: 'nothing' })
    expect(cursor.take(frames(10, 3))).toMatchObject({ kind: 'frames', frames: [10, 11, 12].map(frame) })
    expect(cursor).toMatchObject({ stream: 5, next: 13, frames: 3, resumed: 0, lost: 0, restarts: 0 })
  })
  test('behavior: what comes twice is taken once, also in part', () => {
    const cursor = createLiveCursor()
    cursor.take({ kind: 'start', stream: 5, from: 0 })
    cursor.take(frames(0, 4))
    expect(cursor.take(frames(0, 4))).toEqual({ kind: 'nothing' })
    expect(cursor.take(frames(2, 4))).toMatchObject({ kind: 'frames', frames: [4, 5].map(frame) })
  })
  test('behavior: a missing number is asked for once, and nothing behind it is taken before', () => {
    const cursor = createLiveCursor()
    cursor.take({ kind: 'start', stream: 5, from: 0 })
    expect(cursor.take(frames(3, 1))).toEqual({ kind: 'resume' })
    expect(cursor.take(frames(4, 1))).toEqual({ kind: 'nothing' })
    cursor.take({ kind: 'start', stream: 5, from: 0 })
    expect(cursor.take(frames(0, 5))).toMatchObject({ kind: 'frames' })
    expect(cursor).toMatchObject({ next: 5, resumed: 1, lost: 0 })
  })
  test('behavior: a missing last number is noticed by the sign of life', () => {
    const cursor = createLiveCursor()
    cursor.take({ kind: 'start', stream: 5, from: 0 })
    expect(cursor.take({ kind: 'alive', next: 0 })).toEqual({ kind: 'nothing' })
    expect(cursor.take({ kind: 'alive', next: 1 })).toEqual({ kind: 'resume' })
  })
  test('behavior: what the gateway no longer keeps is counted', () => {
    const cursor = createLiveCursor()
    cursor.take({ kind: 'start', stream: 5, from: 0 })
    cursor.take(frames(0, 2))
    cursor.take({ kind: 'start', stream: 5, from: 9 })
    expect(cursor).toMatchObject({ next: 9, lost: 7 })
  })
  test('behavior: another stream begins anew, and is no loss that could be counted', () => {
    const cursor = createLiveCursor()
    cursor.take({ kind: 'start', stream: 5, from: 100 })
    cursor.take({ kind: 'start', stream: 6, from: 0 })
    expect(cursor).toMatchObject({ stream: 6, next: 0, lost: 0, restarts: 1 })
  })
  test('error: frames before any start are not taken', () => {
    const cursor = createLiveCursor()
    expect(cursor.take(frames(0, 1))).toEqual({ kind: 'nothing' })
    expect(cursor.frames).toBe(0)
  })
  test(`behavior: over any line that drops, repeats and breaks, every frame once and in order (seed ${SEED})`, () => {
    const event = fc.record({
      what: fc.constantFrom('send', 'send', 'send', 'drop', 'repeat', 'break'),
      count: fc.integer({ min: 1, max: 7 }),
    })
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const cursor = createLiveCursor()
        const taken: number[] = []
        let sent = 0 // the gateway's cursor for this connection
        const deliver = (message: LiveMessage): void => {
          const step = cursor.take(message)
          if (step.kind === 'frames') taken.push(...step.frames.map(numberOf))
          if (step.kind === 'resume') join()
        }
        const join = (): void => {
          sent = cursor.next
          deliver({ kind: 'start', stream: 1, from: sent })
        }
        join()
        for (const { what, count } of events) {
          if (what === 'break') join()
          else if (what === 'repeat') deliver(frames(Math.max(0, sent - count), Math.min(sent, count) || 1))
          else {
            const message = frames(sent, count)
            sent += count
            if (what === 'send') deliver(message)
          }
        }
        deliver({ kind: 'alive', next: sent })
        expect(taken).toEqual(Array.from({ length: cursor.next }, (_, n) => n))
        expect(cursor.lost).toBe(0)
      }),
      { seed: SEED },
    )
  })
})
