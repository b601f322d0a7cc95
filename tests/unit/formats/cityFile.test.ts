import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { finish } from '../../../src/base/steps.ts'
import { COLUMNS, type Column, columnOf } from '../../../src/formats/cityFile/columns.ts'
import { decodeCity } from '../../../src/formats/cityFile/decodeCity.ts'
import { encodeCity } from '../../../src/formats/cityFile/encodeCity.ts'
import { cityFile } from '../../../src/formats/cityFile/index.ts'
import { readCity } from '../../../src/formats/readCity.ts'
import { type City, tagsOf } from '../../../src/model/city.ts'
import { readAstana } from '../../support/cityFiles.ts'
import { boxRing, building, collection, feature, near } from '../../support/featureCollection.ts'

const bytesOf = (column: Column) => Buffer.from(column.buffer, column.byteOffset, column.byteLength)

function expectSame(a: City, b: City): void {
  expect(b.meta).toEqual(a.meta)
  expect(b.buildings.tags.words).toEqual(a.buildings.tags.words)
  for (const { name } of COLUMNS) {
    const [mine, theirs] = [columnOf(a, name), columnOf(b, name)]
    expect(theirs.constructor, name).toBe(mine.constructor)
    // by bytes: NaN is a value like any other here
    expect(bytesOf(theirs).equals(bytesOf(mine)), name).toBe(true)
  }
}

const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
const someCity = fc
  .record({
    houses: fc.array(
      fc.record({
        x: fc.nat(500),
        y: fc.nat(500),
        w: fc.integer({ min: 3, max: 40 }),
        tags: fc.dictionary(word, word, { maxKeys: 4 }),
      }),
      { minLength: 1, maxLength: 12 },
    ),
    points: fc.array(fc.record({ x: fc.nat(500), tags: fc.dictionary(word, word, { minKeys: 1, maxKeys: 3 }) }), {
      maxLength: 5,
    }),
  })
  .map(
    ({ houses, points }) =>
      finish(
        readCity([
          collection(
            ...houses.map((h, i) =>
              building(`way/${i + 1}`, { ...h.tags, height: undefined }, boxRing(h.x, h.y, h.w, h.w)),
            ),
            ...points.map((p, i) => feature(`node/${i + 1}`, p.tags, { type: 'Point', coordinates: near(p.x, p.x) })),
          ),
        ]),
      ).city,
  )

describe('city file', () => {
  test('default: any city comes back as it was, byte for byte the second time', () => {
    fc.assert(
      fc.property(someCity, (city) => {
        const bytes = encodeCity(city)
        const back = decodeCity(bytes)
        expectSame(city, back)
        expect(Buffer.compare(encodeCity(back), bytes)).toBe(0)
      }),
      { seed: 31, numRuns: 60 },
    )
  })
  test('default: Astana, with its counts and findings', () => {
    const { city, counts, findings } = readAstana()
    const bytes = encodeCity(city, { counts, findings })
    const back = finish(cityFile.read([{ name: 'astana.vcity', bytes }]))
    expectSame(city, back.city)
    expect(back.counts).toEqual(counts)
    expect(back.findings).toEqual(findings)
  })
  test('behavior: columns are views into the file where it lies on eight bytes, and one copy where not', () => {
    const bytes = encodeCity(readAstana().city)
    expect(decodeCity(bytes).roads.widthM.buffer).toBe(bytes.buffer)
    const odd = new Uint8Array(bytes.length + 3)
    odd.set(bytes, 3)
    const back = decodeCity(odd.subarray(3))
    expect(back.roads.widthM.buffer).not.toBe(odd.buffer)
    expectSame(decodeCity(bytes), back)
  })
  test('behavior: words of kinds that do not share a list are merged', () => {
    const { city } = finish(readCity([collection(building('way/1', { name: 'A' }, boxRing(0, 0, 9, 9)))]))
    const own: City = { ...city, roads: { ...city.roads, tags: { ...city.roads.tags, words: ['other'] } } }
    expect(tagsOf(decodeCity(encodeCity(own)).buildings.tags, 0)).toEqual({ building: 'yes', name: 'A' })
  })
  test('behavior: without notes the counts come from the columns', () => {
    const { city, counts } = readAstana()
    const back = finish(cityFile.read([{ name: 'a.vcity', bytes: encodeCity(city) }]))
    expect(back.counts.buildings).toBe(counts.buildings - counts.buildingsWithoutOutline)
    expect(back.counts).toMatchObject({ powerTowers: 668, substations: 10, points: city.points.count })
  })
  test.each([
    ['another version', (b: Uint8Array) => (b[4] = 9), /version 9, expected 1/],
    [
      'a start beyond what is there', // the column after the two types, which take eight bytes
      (b: Uint8Array, at: (name: string) => number) => (b[at('buildings.osm.type') + 8 + 4] = 200),
      /polygons\.start has 3 entries, expected 202/,
    ],
    [
      'an unknown use',
      (b: Uint8Array, at: (name: string) => number) => (b[at('buildings.use')] = 99),
      /buildings\.use is 99/,
    ],
    [
      'a word that is not there',
      (b: Uint8Array, at: (name: string) => number) => (b[at('roads.tags.key') + 2] = 77),
      /roads\.tags\.key/,
    ],
    [
      'a place that is no number',
      (b: Uint8Array, at: (name: string) => number) => b.fill(255, at('points.xM'), at('points.xM') + 4),
      /points\.xM/,
    ],
    [
      'a parent that is not there',
      (b: Uint8Array, at: (name: string) => number) => (b[at('buildings.parent') + 3] = 1),
      /buildings\.parent/,
    ],
  ])('error: FORMAT_BROKEN for %s', (_, harm, message) => {
    const city = finish(
      readCity([
        collection(
          building('way/1', {}, boxRing(0, 0, 9, 9)),
          building('way/2', {}, boxRing(20, 0, 9, 9)),
          feature('way/3', { highway: 'service' }, { type: 'LineString', coordinates: [near(0, 0), near(9, 9)] }),
          feature('node/4', { shop: 'kiosk' }, { type: 'Point', coordinates: near(5, 5) }),
        ),
      ]),
    ).city
    const bytes = encodeCity(city)
    const back = decodeCity(bytes)
    harm(bytes, (name) => columnOf(back, name).byteOffset)
    expect(() => decodeCity(bytes)).toThrow(message)
  })
})
