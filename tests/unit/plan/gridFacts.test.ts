import { describe, expect, test } from 'vitest'
import {
  LV_CABLES,
  MV_CABLES,
  STATION_TRANSFORMERS,
  SUBSTATION_TRANSFORMERS,
} from '../../../src/engines/synth/facts.ts'
import { GRID_FACTS } from '../../../src/plan/gridFacts.ts'

describe('GRID_FACTS', () => {
  test('default: every figure has a unit where it has one, a source, a date and a grade, and a title of its own', () => {
    for (const { title, ...fact } of GRID_FACTS) {
      expect(Number.isFinite(fact.value), title).toBe(true)
      expect(fact.source.length, title).toBeGreaterThan(8)
      expect(fact.asOf, title).toMatch(/^\d{4}-\d{2}-\d{2}$/)
      expect(title).toMatch(/^[A-Z].{3,}$/)
    }
    const titles = GRID_FACTS.map(({ group, title }) => `${group} ${title}`)
    expect(new Set(titles).size).toBe(titles.length)
    expect(GRID_FACTS.length).toBeGreaterThan(50)
  })
  test('behavior: what is recalled or guessed says so', () => {
    for (const fact of GRID_FACTS) {
      if (fact.source.includes('memory')) expect(fact.grade).toBe('memory')
    }
  })
  test('behavior: equipment is cited, and stands from small to large', () => {
    for (const types of [LV_CABLES, MV_CABLES]) {
      for (const { citation, name } of types) expect(citation.source.length, name).toBeGreaterThan(8)
      expect(types.map(({ ampacityA }) => ampacityA)).toEqual(
        types.map(({ ampacityA }) => ampacityA).sort((a, b) => a - b),
      )
    }
    for (const types of [STATION_TRANSFORMERS, SUBSTATION_TRANSFORMERS]) {
      for (const t of types) expect(t.shortCircuitPu).toBeGreaterThan(t.copperLossPu)
      expect(types.map(({ ratedVa }) => ratedVa)).toEqual(types.map(({ ratedVa }) => ratedVa).sort((a, b) => a - b))
    }
  })
})
