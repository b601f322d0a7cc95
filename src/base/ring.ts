/** A fixed number of (time, value) samples per series; the oldest give way. Kept in time order by insertion. */
export interface SeriesRing {
  readonly seriesCount: number
  readonly capacity: number
  readonly timeMs: Float64Array // [series, capacity]
  readonly value: Float64Array // [series, capacity]
  readonly start: Int32Array // [series] where the oldest sample stands
  readonly length: Int32Array // [series]
}

export function createSeriesRing(seriesCount: number, capacity: number): SeriesRing {
  return {
    seriesCount,
    capacity,
    timeMs: new Float64Array(seriesCount * capacity),
    value: new Float64Array(seriesCount * capacity),
    start: new Int32Array(seriesCount),
    length: new Int32Array(seriesCount),
  }
}

const slot = (ring: SeriesRing, series: number, k: number): number =>
  series * ring.capacity + ((ring.start[series] + k) % ring.capacity)

/** The index of the first sample later than `timeMs`, counted from the oldest. */
function upperBound(ring: SeriesRing, series: number, timeMs: number): number {
  let low = 0
  let high = ring.length[series]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ring.timeMs[slot(ring, series, middle)] <= timeMs) low = middle + 1
    else high = middle
  }
  return low
}

function moveSample(ring: SeriesRing, series: number, to: number, from: number): void {
  ring.timeMs[slot(ring, series, to)] = ring.timeMs[slot(ring, series, from)]
  ring.value[slot(ring, series, to)] = ring.value[slot(ring, series, from)]
}

/**
 * Puts a sample where its time belongs; a sample of the same time is replaced.
 * When the series is full the oldest gives way, and a sample older than all is dropped.
 *
 * Cost     O(log n) at either end, as in time order or when history is read backwards; up to n / 2 moves between.
 */
export function pushSample(ring: SeriesRing, series: number, timeMs: number, value: number): void {
  const at = upperBound(ring, series, timeMs)
  if (at > 0 && ring.timeMs[slot(ring, series, at - 1)] === timeMs) {
    ring.value[slot(ring, series, at - 1)] = value
    return
  }
  const isFull = ring.length[series] === ring.capacity
  if (isFull && at === 0) return
  const position = isFull ? at - 1 : at
  const isOlder = 2 * at < ring.length[series] // the shorter side makes room
  const shift = isOlder ? (isFull ? 0 : ring.capacity - 1) : isFull ? 1 : 0
  ring.start[series] = (ring.start[series] + shift) % ring.capacity
  if (!isFull) ring.length[series] = ring.length[series] + 1
  if (isOlder) for (let k = 0; k < position; k++) moveSample(ring, series, k, k + 1)
  else for (let k = ring.length[series] - 1; k > position; k--) moveSample(ring, series, k, k - 1)
  ring.timeMs[slot(ring, series, position)] = timeMs
  ring.value[slot(ring, series, position)] = value
}

/** Drops the samples of a series at or after `timeMs`, as a retraction does. */
export function dropFrom(ring: SeriesRing, series: number, timeMs: number): void {
  ring.length[series] = upperBound(ring, series, timeMs - Number.EPSILON * Math.abs(timeMs))
  while (ring.length[series] > 0 && ring.timeMs[slot(ring, series, ring.length[series] - 1)] >= timeMs) {
    ring.length[series] = ring.length[series] - 1
  }
}

/** Value of the latest sample at or before `timeMs`; NaN when there is none. */
export function valueAt(ring: SeriesRing, series: number, timeMs: number): number {
  const at = upperBound(ring, series, timeMs)
  return at === 0 ? NaN : ring.value[slot(ring, series, at - 1)]
}

/** Time of the latest sample at or before `timeMs`; NaN when there is none. */
export function timeAt(ring: SeriesRing, series: number, timeMs: number): number {
  const at = upperBound(ring, series, timeMs)
  return at === 0 ? NaN : ring.timeMs[slot(ring, series, at - 1)]
}

/** A series in time order, as two fresh columns, for a plot. */
export function copySeries(ring: SeriesRing, series: number): { timeMs: Float64Array; value: Float64Array } {
  const n = ring.length[series]
  const timeMs = new Float64Array(n)
  const value = new Float64Array(n)
  for (let k = 0; k < n; k++) {
    timeMs[k] = ring.timeMs[slot(ring, series, k)]
    value[k] = ring.value[slot(ring, series, k)]
  }
  return { timeMs, value }
}

/** Copies the series that both rings have, the newest samples of each as far as there is room. */
export function copyRing(from: SeriesRing, to: SeriesRing): void {
  const series = Math.min(from.seriesCount, to.seriesCount)
  for (let s = 0; s < series; s++) {
    const n = Math.min(from.length[s], to.capacity)
    for (let k = 0; k < n; k++) {
      const old = slot(from, s, from.length[s] - n + k)
      to.timeMs[s * to.capacity + k] = from.timeMs[old]
      to.value[s * to.capacity + k] = from.value[old]
    }
    to.start[s] = 0
    to.length[s] = n
  }
}
