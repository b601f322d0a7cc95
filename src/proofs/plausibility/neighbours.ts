import { metricById } from '../../model/device.ts'
import { defineRule } from './rule.ts'

/** Fewer neighbours than this say nothing: two may be wrong together. */
const ENOUGH = 3

interface Limit {
  readonly radiusM: number
  readonly apart: number // from the median of the neighbours, in the metric's unit
}

/** What devices side by side can differ by at most. Wide on purpose: an honest sensor must never be doubted for a gust. */
const LIMITS: ReadonlyMap<number, Limit> = new Map([
  // EN 50160: supply voltage within ±10 % of 230 V, so two customers of a street are at most 46 V apart
  [2, { radiusM: 500, apart: 60 }],
  // PM2.5: a smoking chimney doubles or trebles a street's value; several hundred more is a broken or a lying sensor
  [10, { radiusM: 3000, apart: 300 }],
  // air temperature: urban heat islands reach about 10 °C between centre and surroundings
  // (T. R. Oke, City size and the urban heat island, Atmospheric Environment 7, 1973, 769–779: up to 12 °C)
  [11, { radiusM: 3000, apart: 15 }],
])

/** No value far from what its neighbours agree on. */
export const neighbours = defineRule({
  id: 'neighbours',
  title: 'Like its neighbours',
  looksAt: 'surroundings',
  metrics: [...LIMITS.keys()],
  reachM: (metric) => LIMITS.get(metric)?.radiusM ?? 0,
  judge(metric, timeMs, value, around) {
    const { radiusM, apart } = LIMITS.get(metric)!
    const others = around.neighbours(metric, timeMs)
    if (others.length < ENOUGH || isAmong(others, value, apart)) return null
    const usual = medianOf(others)
    if (Math.abs(value - usual) <= apart) return null
    const { title, unit } = metricById.get(metric)!
    return `${title} of ${value} ${unit} is more than ${apart} ${unit} from the ${usual} ${unit} that ${others.length} neighbours within ${radiusM} m agree on.`
  },
})

/** Whether the middle of the values is surely within reach: fewer than half lie below it, and fewer than half above. */
function isAmong(values: readonly number[], value: number, apart: number): boolean {
  let below = 0
  let above = 0
  for (const other of values) {
    if (value - other > apart) below++
    else if (other - value > apart) above++
  }
  return Math.max(below, above) < values.length / 2
}

function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2
}
