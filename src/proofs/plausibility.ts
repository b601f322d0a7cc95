import { METRICS, metricById } from '../model/device.ts'
import type { ReadingSlots } from './decodeFrame.ts'

const size = Math.max(...METRICS.map(({ id }) => id)) + 1
const column = (pick: (id: number) => number): Float64Array => Float64Array.from({ length: size }, (_, id) => pick(id))
const lowest = column((id) => metricById.get(id)?.min ?? NaN)
const highest = column((id) => metricById.get(id)?.max ?? NaN)
const fastest = column((id) => metricById.get(id)?.maxPerS ?? NaN)

/** Whether this page knows what a metric means. Readings of others are left out, not judged. */
export const isKnownMetric = (metric: number): boolean => metric < size && !Number.isNaN(lowest[metric]!)

const lastTimeMs = new Float64Array(size)
const lastValue = new Float64Array(size)

/**
 * Why physics does not allow the readings [from, to) of one frame; null when it does.
 * Two rules: a value within its metric's range, and no faster change within the frame than the metric allows.
 */
export function implausibility(slots: ReadingSlots, from: number, to: number): string | null {
  const { metric, timeMs, value } = slots
  lastTimeMs.fill(NaN)
  for (let i = from; i < to; i++) {
    const id = metric[i]!
    if (!isKnownMetric(id)) continue
    const now = value[i]!
    if (now < lowest[id]! || now > highest[id]!) {
      const { title, unit, min, max } = metricById.get(id)!
      return `${title} of ${now} ${unit} is outside ${min} to ${max} ${unit}.`
    }
    const elapsedS = (timeMs[i]! - lastTimeMs[id]!) / 1000 // NaN for the first reading of a metric
    if (Math.abs(now - lastValue[id]!) > fastest[id]! * elapsedS) {
      const { title, unit, maxPerS } = metricById.get(id)!
      return `${title} goes from ${lastValue[id]} to ${now} ${unit} in ${elapsedS} s, faster than ${maxPerS} ${unit}/s.`
    }
    lastTimeMs[id] = timeMs[i]!
    lastValue[id] = now
  }
  return null
}
