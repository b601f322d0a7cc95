import { metricById } from '../../model/device.ts'
import { metricColumn } from './knownMetrics.ts'
import { defineRule } from './rule.ts'

const lowest = metricColumn(({ min }) => min)
const highest = metricColumn(({ max }) => max)

/** No value outside of what its metric can be. */
export const range = defineRule({
  id: 'range',
  title: 'Within the range of its metric',
  looksAt: 'frame',
  judge({ metric, value }, from, to) {
    for (let i = from; i < to; i++) {
      const id = metric[i]!
      const now = value[i]!
      if (!(now < lowest[id]! || now > highest[id]!)) continue // an unknown metric has no range
      const { title, unit, min, max } = metricById.get(id)!
      return `${title} of ${now} ${unit} is outside ${min} to ${max} ${unit}.`
    }
    return null
  },
})
