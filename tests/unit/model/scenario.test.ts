import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Asset } from '../../../src/model/asset.ts'
import { scenarioHash, sha256Hex, utf8 } from '../../../src/model/hash.ts'
import { provenanceHash } from '../../../src/model/provenance.ts'
import { diffStates, type Edit, emptyScenario, inverseOf, type Scenario, stateOf } from '../../../src/model/scenario.ts'

const base = { city: 'astana', sha256: '0'.repeat(64) }
const asset = (id: string, latDeg: number): Asset => ({
  id,
  kind: 'ev-charger',
  latDeg,
  lonDeg: 71.4,
  network: 'ev-charging',
  params: {},
})

/** Random edits that fit onto each other, as a person would make them. */
const edits = fc
  .array(
    fc.record({ id: fc.constantFrom('a', 'b', 'c'), lat: fc.option(fc.double({ min: 51, max: 52, noNaN: true })) }),
    { maxLength: 30 },
  )
  .map((steps) => {
    const held = new Map<string, Asset>()
    return steps.flatMap(({ id, lat }): Edit[] => {
      const before = held.get(id) ?? null
      const after = lat === null ? null : asset(id, lat)
      if (!before && !after) return []
      if (after) held.set(id, after)
      else held.delete(id)
      return [{ kind: 'asset', id, before, after }]
    })
  })
const scenarioOf = (list: readonly Edit[]): Scenario => ({ ...emptyScenario(base), edits: list })

test('behavior: undoing every edit brings the hash back to the last digit', () => {
  fc.assert(
    fc.property(edits, (list) => {
      const undone = [...list, ...[...list].reverse().map(inverseOf)]
      expect(scenarioHash(scenarioOf(undone))).toBe(scenarioHash(scenarioOf([])))
    }),
  )
})

test('behavior: the difference of two states leads from one to the other', () => {
  fc.assert(
    fc.property(edits, edits, (a, b) => {
      const [from, to] = [stateOf(scenarioOf(a)), stateOf(scenarioOf(b))]
      expect(stateOf(scenarioOf([...a, ...diffStates(from, to)]))).toEqual(to)
      expect(diffStates(from, from)).toEqual([])
    }),
  )
})

test('default: the hash knows the city and every asset, but not the way there', () => {
  const direct: Edit[] = [{ kind: 'asset', id: 'a', before: null, after: asset('a', 51.5) }]
  const around: Edit[] = [
    { kind: 'asset', id: 'a', before: null, after: asset('a', 51.1) },
    { kind: 'asset', id: 'a', before: asset('a', 51.1), after: asset('a', 51.5) },
  ]
  expect(scenarioHash(scenarioOf(direct))).toBe(scenarioHash(scenarioOf(around)))
  expect(scenarioHash(scenarioOf(direct))).not.toBe(scenarioHash(scenarioOf([])))
  expect(scenarioHash({ ...scenarioOf([]), base: { ...base, city: 'monaco' } })).not.toBe(scenarioHash(scenarioOf([])))
})

test('default: sha256 of "abc" is the published one (FIPS 180-4), and utf8 agrees with TextEncoder', () => {
  expect(sha256Hex(utf8('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect([...utf8(text)]).toEqual([...new TextEncoder().encode(text)])
    }),
  )
})

test('behavior: a provenance hash ignores the wall clock and nothing else', () => {
  const block = {
    engine: 'grid',
    version: '1',
    gitHash: 'g',
    scenarioHash: 's',
    dataHashes: { city: 'c' },
    seed: 1,
    createdAt: '2026-01-01T00:00:00Z',
  }
  expect(provenanceHash({ ...block, createdAt: '2027-01-01T00:00:00Z' })).toBe(provenanceHash(block))
  for (const change of [
    { engine: 'x' },
    { version: '2' },
    { gitHash: 'h' },
    { scenarioHash: 't' },
    { dataHashes: {} },
    { seed: 2 },
  ]) {
    expect(provenanceHash({ ...block, ...change })).not.toBe(provenanceHash(block))
  }
})
