import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import type { PlacementResult } from '../../../src/engines/placement/place.ts'
import { encodeCity } from '../../../src/formats/cityFile/encodeCity.ts'
import type { Asset } from '../../../src/model/asset.ts'
import { sha256Hex } from '../../../src/model/hash.ts'
import { type Edit, emptyScenario } from '../../../src/model/scenario.ts'
import { writeScenarioFile } from '../../../src/model/scenarioFile.ts'
import { documentOf, scratch, veracity } from '../../support/commandLine.ts'
import { aProvenance } from '../../support/scenarios.ts'
import { tinyCity } from '../../support/tinyCity.ts'

const files = scratch()
afterAll(() => files.remove())

type Document = PlacementResult & {
  readonly sentence: string
  readonly sites?: readonly { id: string; latDeg: number; lonDeg: number }[]
}

const list = {
  format: 'veracity-sites',
  version: 1,
  weights: [1, 2, 3, 4],
  sites: [
    { id: 'a', covers: [0, 1] },
    { id: 'b', covers: [2, 3] },
    { id: 'c', covers: [1, 2], cost: 2 },
  ],
}
const run = (document: unknown, ...more: string[]) =>
  veracity('place', files.write('sites.json', JSON.stringify(document)), '--json', ...more)

describe('place', () => {
  test('default: chosen sites, covered weight, bound and gap', async () => {
    const answer = await run(list, '--count', '1')
    expect(answer.code).toBe(0)
    const document = documentOf<Document>(answer)
    expect(document).toMatchObject({ chosen: ['b'], coveredWeight: 7, bound: 7, gap: 0, proven: true })
    expect(document.sentence).toContain('this is proven')
  })
  test('behavior: without --count everything is covered as cheaply as possible', async () => {
    expect(documentOf<Document>(await run(list))).toMatchObject({ chosen: ['a', 'b'], cost: 2, proven: true })
  })
  test('behavior: --exact answers the same small problem', async () => {
    expect(documentOf<Document>(await run(list, '--count', '2', '--exact'))).toMatchObject({ coveredWeight: 10 })
  })
  test('default: a set-covering problem of the OR-Library, in words', async () => {
    const path = files.write('scp.txt', ' 2 3 \n 1 1 5 \n 2 1 3 \n 2 2 3 \n')
    const { code, out } = await veracity('place', path)
    expect(code).toBe(0)
    expect(out.split('\n')).toEqual(['2 sites cover everything for 2. No choice is better: this is proven.', '1 2'])
  })

  const city = tinyCity(
    Array.from({ length: 8 }, (_, i) => ({ x: 2000 * i, y: 0, w: 20, h: 20, heightM: i % 2 ? 40 : 12 })),
  )
  const bytes = encodeCity(city)
  const cityPath = files.write('tiny.vcity.gz', gzipSync(bytes))
  const scenarioOf = (...assets: Asset[]) => {
    const edits = assets.map((after): Edit => ({ kind: 'asset', id: after.id, before: null, after }))
    const scenario = { ...emptyScenario({ city: city.meta.id, sha256: sha256Hex(bytes) }, 'Plan'), edits }
    return files.write('plan.json', writeScenarioFile(scenario, aProvenance()))
  }
  const standing: Asset = {
    id: 'mine',
    kind: 'wifi-cell',
    latDeg: city.meta.originLatDeg,
    lonDeg: city.meta.originLonDeg,
    network: 'helium-mobile',
    params: {},
  }

  test('default: roofs of a scenario’s city, the plan’s own cells counted first', async () => {
    const options = ['--city', cityPath, '--kind', 'wifi-cell', '--json']
    const bare = documentOf<Document>(await veracity('place', scenarioOf(), '--count', '3', ...options))
    expect(bare.chosen).toHaveLength(3)
    expect(bare.coveredWeight).toBe(3)
    expect(bare.sites![0]!.latDeg).toBeCloseTo(city.meta.originLatDeg, 2)
    const more = documentOf<Document>(await veracity('place', scenarioOf(standing), '--count', '3', ...options))
    expect(more.coveredWeight).toBe(4)
    expect(more.chosen).not.toContain('mine')
  })

  test.each([
    ['no count for a scenario', scenarioOf(), ['--city', cityPath], /--count is missing/],
    ['a kind that is none', scenarioOf(), ['--city', cityPath, '--count', '1', '--kind', 'tree'], /--kind is "tree"/],
    [
      'a kind without radio',
      scenarioOf(),
      ['--city', cityPath, '--count', '1', '--kind', 'gpu-rack'],
      /serves nobody by radio/,
    ],
    ['half a site', scenarioOf(), ['--city', cityPath, '--count', '0.5'], /--count/],
    ['numbers that end too early', files.write('short.txt', '2 3 1 1'), [], /the file ends/],
    ['numbers left over', files.write('long.txt', '1 1 1 1 1 9'), [], /6 numbers, expected 5/],
    ['a column that is not there', files.write('far.txt', '1 1 1 1 7'), [], /got|expected at most 1/],
    ['a column 0', files.write('zero.txt', '1 1 1 1 0'), [], /counted from 1/],
    ['a file that is not there', '/nonexistent', ['--count', '1'], /cannot be read/],
  ])('error: %s is one line and 2', async (_, path, more, words) => {
    const { code, err, out } = await veracity('place', path, ...more)
    expect(code).toBe(2)
    expect(err.split('\n').at(-1)).toMatch(words)
    expect(out).toBe('')
  })
  test.each([
    ['a site that is not listed', { ...list, standing: ['z'] }, /"z" is no site/],
    ['a point that is not there', { ...list, weights: [1] }, /covers point/],
    ['a site without cover', { ...list, sites: [{ id: 'a' }] }, /sites\.0\.covers/],
  ])('error: %s in a list is one line and 2', async (_, document, words) => {
    const { code, err } = await run(document, '--count', '1')
    expect(code).toBe(2)
    expect(err).toMatch(words)
  })
})
