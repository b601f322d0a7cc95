import { metricById } from '../../model/device.ts'
import { metricColumn } from './knownMetrics.ts'
import { defineRule } from './rule.ts'

const fastest = metricColumn(({ maxPerS }) => maxPerS)
const lastTimeMs = new Float64Array(fastest.length)
const lastValue = new Float64Array(fastest.length)

/** No faster change within the message than its metric allows. */
export const rate = defineRule({
  id: 'rate',
  title: 'No faster than its metric can change',
  looksAt: 'frame',
  judge({ metric, timeMs, value }, from, to) {
    lastTimeMs.fill(NaN)
    for (let i = from; i < to; i++) {
      const id = metric[i]!
      if (!(fastest[id]! >= 0)) continue
      const now = value[i]!
      const elapsedS = (timeMs[i]! - lastTimeMs[id]!) / 1000 // NaN for the first reading of a metric
      if (Math.abs(now - lastValue[id]!) > fastest[id]! * elapsedS) {
        const { title, unit, maxPerS } = metricById.get(id)!
        return `${title} goes from ${lastValue[id]} to ${now} ${unit} in ${elapsedS} s, faster than ${maxPerS} ${unit}/s.`
      }
      lastTimeMs[id] = timeMs[i]!
      lastValue[id] = now
    }
    return null
  },
})
