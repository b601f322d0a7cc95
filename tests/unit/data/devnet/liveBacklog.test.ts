import { describe, expect, test } from 'vitest'
import { createLiveBacklog } from '../../../../data/devnet/liveBacklog.ts'
import { readLivePath } from '../../../../data/devnet/livePoll.ts'

const frame = (n: number, length = 4): Uint8Array => new Uint8Array(length).fill(n)

describe('the backlog of a gateway', () => {
  test('default: numbers from 0, read from anywhere', () => {
    const backlog = createLiveBacklog({ nowMs: () => 77 })
    for (let n = 0; n < 5; n++) backlog.push(frame(n))
    expect(backlog).toMatchObject({ oldest: 0, next: 5 })
    expect(backlog.read(3)).toEqual({ kind: 'frames', first: 3, receivedMs: 77, frames: [frame(3), frame(4)] })
    expect(backlog.read(5)).toBeNull()
  })
  test('behavior: bounded by number; the oldest give way', () => {
    const backlog = createLiveBacklog({ maxFrames: 4 })
    for (let n = 0; n < 11; n++) backlog.push(frame(n))
    expect(backlog).toMatchObject({ oldest: 7, next: 11 })
    expect(backlog.read(6)).toBeNull()
    expect(backlog.read(7)?.frames).toEqual([7, 8, 9, 10].map((n) => frame(n)))
  })
  test('behavior: bounded by bytes; the newest always stays', () => {
    const backlog = createLiveBacklog({ maxBytes: 100 })
    for (let n = 0; n < 5; n++) backlog.push(frame(n, 40))
    expect(backlog).toMatchObject({ oldest: 3, next: 5 })
    backlog.push(frame(9, 500))
    expect(backlog).toMatchObject({ oldest: 5, next: 6 })
  })
  test('behavior: who was away goes on where it was, or at the oldest; a newcomer begins now', () => {
    const backlog = createLiveBacklog({ maxFrames: 4 })
    for (let n = 0; n < 11; n++) backlog.push(frame(n))
    expect(backlog.startOf(0, 0)).toBe(11)
    expect(backlog.startOf(backlog.stream, 9)).toBe(9)
    expect(backlog.startOf(backlog.stream, 11)).toBe(11)
    expect(backlog.startOf(backlog.stream, 2)).toBe(7)
    expect(backlog.startOf(backlog.stream, 99)).toBe(7) // a number that was never given
    expect(backlog.startOf(backlog.stream + 1, 9)).toBe(7) // a stream of another run
  })
  test('behavior: each run has a stream of its own', () => {
    expect(new Set(Array.from({ length: 50 }, () => createLiveBacklog({ maxFrames: 1 }).stream)).size).toBe(50)
  })
  test.each([
    ['live/5/6', { stream: 5, next: 6 }],
    ['live/0/0', { stream: 0, next: 0 }],
    ['live', null],
    ['live/5', null],
    ['live/-1/0', null],
    ['live/1e3/0', null],
    ['live/9999999999999999/0', null],
    ['live/1/2/3', null],
    ['xlive/1/2', null],
  ])('args: path %s', (path, expected) => {
    expect(readLivePath(path)).toEqual(expected)
  })
})
