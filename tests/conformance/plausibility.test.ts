import { describe, expect, test } from 'vitest'
import { METRICS, metricById } from '../../src/model/device.ts'
import { plausibilityRules } from '../../src/proofs/plausibility/index.ts'
import type { Around, SurroundingsRule } from '../../src/proofs/plausibility/rule.ts'

const definitions = import.meta.glob<Record<string, unknown>>('/src/proofs/plausibility/*.ts', { eager: true })
const rulesIn = (module: Record<string, unknown>): unknown[] =>
  Object.values(module).filter((value) => typeof value === 'object' && value !== null && 'looksAt' in value)

/** One reading of every metric this page knows, in the middle of what it can be. */
const middle = () => ({
  metric: Uint16Array.from(METRICS, ({ id }) => id),
  timeMs: new Float64Array(METRICS.length).fill(1e12),
  value: Float64Array.from(METRICS, ({ min, max }) => (min + max) / 2),
})
const nobody: Around = { neighbours: () => [], feeder: () => null }
const around = plausibilityRules.filter((rule): rule is SurroundingsRule => rule.looksAt === 'surroundings')

describe('plausibility rules', () => {
  test('behavior: the list names every rule in the folder, and ids are told apart', () => {
    const found = Object.entries(definitions)
      .filter(([file]) => !file.endsWith('/index.ts'))
      .flatMap(([, module]) => rulesIn(module))
    expect(new Set(found)).toEqual(new Set(plausibilityRules))
    expect(new Set(plausibilityRules.map(({ id }) => id)).size).toBe(plausibilityRules.length)
  })
  test('default: range, rate, neighbours and power balance are among them', () => {
    expect(plausibilityRules.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['range', 'rate', 'neighbours', 'power-balance']),
    )
  })
  test.each(plausibilityRules)(
    'behavior: $id believes ordinary readings, and those of metrics it does not know',
    (rule) => {
      const slots = middle()
      const n = slots.metric.length
      if (rule.looksAt === 'frame') {
        expect(rule.judge(slots, 0, n)).toBeNull()
        const strange = {
          metric: Uint16Array.of(60_000, 60_000),
          timeMs: Float64Array.of(0, 1),
          value: Float64Array.of(-1e300, 1e300),
        }
        expect(rule.judge(strange, 0, 2)).toBeNull()
      } else {
        for (const metric of rule.metrics)
          expect(rule.judge(metric, 1e12, metricById.get(metric)!.max, nobody)).toBeNull()
      }
    },
  )
  test.each(around)('behavior: $id looks at metrics that exist, and says how far', ({ metrics, reachM }) => {
    expect(metrics.length).toBeGreaterThan(0)
    for (const metric of metrics) {
      expect(metricById.has(metric)).toBe(true)
      expect(reachM(metric)).toBeGreaterThanOrEqual(0)
      expect(reachM(metric)).toBeLessThanOrEqual(3000) // what the table of places can answer
    }
  })
})
