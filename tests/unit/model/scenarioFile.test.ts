import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scenarioHash } from '../../../src/model/hash.ts'
import { type Edit, emptyScenario, inverseOf, stateOf } from '../../../src/model/scenario.ts'
import {
  checkScenario,
  MAX_EDITS,
  readScenarioFile,
  scenarioDocument,
  writeScenarioFile,
} from '../../../src/model/scenarioFile.ts'
import { aBase, anyScenario, aProvenance } from '../../support/scenarios.ts'

const gateway = {
  id: 'g',
  kind: 'lorawan-gateway',
  latDeg: 51.1,
  lonDeg: 71.4,
  network: 'helium-iot',
  params: { mastM: 5 },
}
const placed = { kind: 'asset', id: 'g', before: null, after: gateway }
const document = (more: object = {}) => ({
  ...(scenarioDocument(emptyScenario(aBase), aProvenance()) as object),
  ...more,
})
const known = { value: 3, p10: 2, p90: 4, reason: 'measured on site' }
const withEdit = (edit: unknown) => document({ edits: [edit] })

const withFact = (after: unknown) => withEdit({ kind: 'fact', id: 'near.validator.uptime', before: null, after })

test('behavior: what is written is read back, edit by edit and to the last digit', () => {
  fc.assert(
    fc.property(anyScenario(), (scenario) => {
      const back = readScenarioFile(writeScenarioFile(scenario, aProvenance()))
      expect(back.scenario).toEqual(scenario)
      expect(scenarioHash(back.scenario)).toBe(scenarioHash(scenario))
      expect(back.provenance).toEqual(aProvenance())
    }),
    { seed: 21, numRuns: 100 },
  )
})

test('behavior: the file of version 1 opens for ever', () => {
  const text = readFileSync(new URL('../../fixtures/saves/v1.json', import.meta.url), 'utf8')
  const { scenario, provenance } = readScenarioFile(text)
  expect(scenario.title).toBe('One gateway by the river')
  expect([...stateOf(scenario).assets.keys()]).toEqual(['gateway-1'])
  expect(stateOf(scenario).settings.get('energy-price')).toBe(0.07)
  expect(scenario.view?.layers).toEqual(['coverage'])
  expect(writeScenarioFile(scenario, provenance)).toBe(text)
})

test('behavior: a plan that changes a fact is version 2, keeps value, spread and reason, and has another hash', () => {
  const empty = emptyScenario(aBase)
  const edits: Edit[] = [{ kind: 'fact', id: 'near.validator.uptime', before: null, after: known }]
  const text = writeScenarioFile({ ...empty, edits }, aProvenance())
  expect(JSON.parse(text).version).toBe(2)
  const { scenario } = readScenarioFile(text)
  expect(stateOf(scenario).facts.get('near.validator.uptime')).toEqual(known)
  expect(scenarioHash(scenario)).not.toBe(scenarioHash(empty))
  const undone = { ...empty, edits: [...edits, inverseOf(edits[0]!)] }
  expect(scenarioHash(undone)).toBe(scenarioHash(empty))
})

describe('error: SCENARIO_INVALID says where, what was got and what was expected', () => {
  const cases: readonly [name: string, input: unknown, words: readonly string[]][] = [
    ['no object', null, ['the file', 'null', 'object']],
    ['a list', [], ['the file', 'a list of 0', 'object']],
    ['another format', document({ format: 'x' }), ['format', '"x"', '"veracity-scenario"']],
    ['a future version', document({ version: 3 }), ['version 3', 'up to 2', 'newer']],
    ['a version in words', document({ version: '1' }), ['version', '"1"']],
    ['no base', document({ base: undefined }), ['base', 'expected object']],
    ['a short hash', document({ base: { city: 'astana', sha256: 'ab' } }), ['base.sha256', '"ab"', '64 hexadecimal']],
    ['a path as city', document({ base: { ...aBase, city: '../../etc' } }), ['base.city', '"../../etc"']],
    ['an endless title', document({ title: 'x'.repeat(500) }), ['title', 'at most 200']],
    ['an unknown member', document({ run: 'rm' }), ['no member "run"']],
    ['too many edits', document({ edits: new Array(MAX_EDITS + 1).fill(placed) }), ['edits', `at most ${MAX_EDITS}`]],
    ['an unknown kind of edit', withEdit({ ...placed, kind: 'script' }), ['edits.0', 'kind']],
    [
      'an unknown kind of asset',
      withEdit({ ...placed, after: { ...gateway, kind: 'reactor' } }),
      ['edits.0.after.kind', '"reactor"'],
    ],
    [
      'a latitude beyond the pole',
      withEdit({ ...placed, after: { ...gateway, latDeg: 91 } }),
      ['edits.0.after.latDeg', '91', 'at most 90'],
    ],
    [
      'a latitude in words',
      withEdit({ ...placed, after: { ...gateway, latDeg: '51' } }),
      ['edits.0.after.latDeg', '"51"', 'number'],
    ],
    [
      'no number',
      withEdit({ ...placed, after: { ...gateway, latDeg: Number.NaN } }),
      ['edits.0.after.latDeg', 'number'],
    ],
    ['an infinite number', withEdit({ ...placed, after: { ...gateway, lonDeg: Infinity } }), ['edits.0.after.lonDeg']],
    [
      'a network of another kind',
      withEdit({ ...placed, after: { ...gateway, network: 'filecoin' } }),
      ['edits.0.after.network', '"filecoin"', '"helium-iot"'],
    ],
    [
      'an unknown parameter',
      withEdit({ ...placed, after: { ...gateway, params: { volume: 11 } } }),
      ['edits.0.after.params', 'no member "volume"'],
    ],
    [
      'a parameter out of range',
      withEdit({ ...placed, after: { ...gateway, params: { mastM: 1e9 } } }),
      ['params.mastM', '1000000000', 'at most 60'],
    ],
    ['an id with a path in it', withEdit({ ...placed, id: '__proto__/x' }), ['edits.0.id']],
    ['another id inside', withEdit({ ...placed, id: 'h' }), ['edits.0 names another asset']],
    ['an unknown setting', withEdit({ kind: 'setting', id: 'gravity', before: null, after: 1 }), ['edits.0', 'id']],
    [
      'a setting out of range',
      withEdit({ kind: 'setting', id: 'load-scale', before: null, after: 1e6 }),
      ['edits.0.after', '1000000', 'at most 3'],
    ],
    [
      'an edit that does not fit',
      withEdit({ ...placed, before: gateway, after: null }),
      ['edits.0.before does not match'],
    ],
    ['a fact changed without a reason', withFact({ ...known, reason: '' }), ['edits.0.after.reason', 'at least 3']],
    [
      'a fact changed with an endless reason',
      withFact({ ...known, reason: 'x'.repeat(201) }),
      ['reason', 'at most 200'],
    ],
    ['a fact changed to no number', withFact({ ...known, value: '3' }), ['edits.0.after.value', '"3"', 'number']],
    ['a fact changed to infinity', withFact({ ...known, value: Infinity }), ['edits.0.after.value']],
    ['a spread out of order', withFact({ ...known, p10: 4 }), ['edits.0.after', 'rising order']],
    ['a spread that is missing', withFact({ value: 3, reason: 'measured' }), ['edits.0.after.p10', 'nothing']],
    ['a fact with more in it', withFact({ ...known, unit: 'USD' }), ['no member "unit"']],
    ['a view without an end', document({ view: { layers: [] } }), ['view.latDeg', 'nothing']],
  ]
  test.each(cases)('%s', (_, input, words) => {
    try {
      checkScenario(input)
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ code: 'SCENARIO_INVALID' })
      for (const word of words) expect((error as Error).message).toContain(word)
      expect((error as Error).message.split('\n').length).toBe(1)
      expect((error as Error).message.length).toBeLessThan(400)
    }
  })

  test('text that is no JSON, and text that is too long', () => {
    expect(() => readScenarioFile('{')).toThrowError(expect.objectContaining({ code: 'SCENARIO_INVALID' }))
    expect(() => readScenarioFile('')).toThrowError(expect.objectContaining({ code: 'SCENARIO_INVALID' }))
    expect(() => readScenarioFile(' '.repeat(12_000_001))).toThrowError(/12000001 characters/)
  })

  test('members that would reach the prototype are refused, and nothing is polluted', () => {
    const text = JSON.stringify(withEdit(placed))
    for (const hostile of [
      text.replace('"mastM":5', '"__proto__":5'),
      text.replace('"mastM":5', '"constructor":5'),
      text.replace('"title"', '"__proto__":{"polluted":1},"title"'),
    ]) {
      expect(() => readScenarioFile(hostile)).toThrowError(expect.objectContaining({ code: 'SCENARIO_INVALID' }))
    }
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  test('behavior: no edited byte of a good file ever gets past as something else than a scenario or this error', () => {
    const text = writeScenarioFile({ ...emptyScenario(aBase), edits: [placed as Edit] }, aProvenance())
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ minLength: 0, maxLength: 3 }), (at, piece) => {
        try {
          readScenarioFile(text.slice(0, at) + piece + text.slice(at + 1))
        } catch (error) {
          expect(error).toMatchObject({ code: 'SCENARIO_INVALID' })
        }
      }),
      { seed: 22, numRuns: 500 },
    )
  })
})

test('behavior: what could not be read again is not written', () => {
  const wild = {
    ...emptyScenario(aBase),
    edits: [{ ...placed, after: { ...gateway, latDeg: 200 } } as unknown as Edit],
  }
  expect(() => writeScenarioFile(wild, aProvenance())).toThrowError(
    expect.objectContaining({ code: 'SCENARIO_INVALID' }),
  )
})
