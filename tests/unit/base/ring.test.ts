import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  copyRing,
  copySeries,
  createSeriesRing,
  dropFrom,
  pushSample,
  timeAt,
  valueAt,
} from '../../../src/base/ring.ts'

const sample = fc.record({
  series: fc.nat(2),
  timeMs: fc.nat(60),
  value: fc.double({ noNaN: true, min: -9, max: 9 }),
})

test('behavior: holds the newest samples of each series in time order, like a sorted map cut to size', () => {
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 120 }), fc.integer({ min: 1, max: 9 }), (samples, capacity) => {
      const ring = createSeriesRing(3, capacity)
      const model = [0, 1, 2].map(() => new Map<number, number>())
      for (const { series, timeMs, value } of samples) {
        pushSample(ring, series, timeMs, value)
        const kept = model[series]!
        const oldest = Math.min(...kept.keys())
        if (kept.size === capacity && !kept.has(timeMs)) {
          if (timeMs < oldest) continue
          kept.delete(oldest)
        }
        kept.set(timeMs, value)
      }
      for (const [series, kept] of model.entries()) {
        const want = [...kept].sort((a, b) => a[0] - b[0])
        const { timeMs, value } = copySeries(ring, series)
        expect([...timeMs]).toEqual(want.map(([t]) => t))
        expect([...value]).toEqual(want.map(([, v]) => v))
        for (const t of [0, 13, 59]) {
          const last = want.filter(([at]) => at <= t).at(-1)
          expect(valueAt(ring, series, t)).toBe(last ? last[1] : NaN)
          expect(timeAt(ring, series, t)).toBe(last ? last[0] : NaN)
        }
      }
    }),
    { seed: 4 },
  )
})

test.each([
  ['in time order', (k: number) => k],
  ['read backwards', (k: number) => 100 - k],
])('behavior: history that comes %s moves no sample that is there', (_, timeOf) => {
  const ring = createSeriesRing(1, 64)
  let writes = 0
  const counted = new Proxy(ring.value, {
    get: (target, key) => Reflect.get(target, key),
    set: (target, key, value) => {
      writes++
      return Reflect.set(target, key, value)
    },
  })
  for (let k = 0; k < 64; k++) pushSample({ ...ring, value: counted }, 0, timeOf(k), k)
  expect(writes).toBe(64)
  expect(copySeries(ring, 0).timeMs).toEqual(Float64Array.from({ length: 64 }, (_, k) => timeOf(k)).sort())
})

test('behavior: a retraction drops that time and all after it', () => {
  const ring = createSeriesRing(1, 8)
  for (let t = 1; t <= 8; t++) pushSample(ring, 0, t, t)
  dropFrom(ring, 0, 6)
  expect([...copySeries(ring, 0).timeMs]).toEqual([1, 2, 3, 4, 5])
})

test('behavior: copied into a ring of another size, each series keeps its newest samples in order', () => {
  const from = createSeriesRing(3, 5)
  for (let t = 1; t <= 9; t++) pushSample(from, 1, t, 10 * t)
  pushSample(from, 2, 4, 40)
  for (const [capacity, times] of [
    [3, [7, 8, 9]],
    [5, [5, 6, 7, 8, 9]],
    [8, [5, 6, 7, 8, 9]],
  ] as const) {
    const to = createSeriesRing(2, capacity)
    pushSample(to, 0, 1, 1)
    copyRing(from, to)
    expect([...copySeries(to, 0).timeMs]).toEqual([])
    expect([...copySeries(to, 1).timeMs]).toEqual(times)
    pushSample(to, 1, 10, 100)
    expect(valueAt(to, 1, 10)).toBe(100)
  }
})
