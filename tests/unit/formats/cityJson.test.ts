import { describe, expect, test } from 'vitest'
import { finish } from '../../../src/base/steps.ts'
import { reportCity } from '../../../src/cli/commands/cityReport.ts'
import { encodeCity } from '../../../src/formats/cityFile/encodeCity.ts'
import type { InputFile } from '../../../src/formats/format.ts'
import { readCity } from '../../../src/formats/readCity.ts'
import { AREA_KINDS, HEIGHT_SOURCES, tagsOf } from '../../../src/model/city.ts'
import { referenceFile } from '../../support/cityFiles.ts'
import { asCityJson, asCityJsonSeq, type boxSolid } from '../../support/cityJsonFiles.ts'

const read = (file: InputFile) => finish(readCity([file]))

describe.each([
  ['CityJSON', asCityJson],
  ['CityJSONSeq', asCityJsonSeq],
] as const)('%s', (_, write) => {
  test.each(['1.0', '1.1', '2.0'])(
    'default: version %s: houses, parts, heights measured, what is not drawn by id',
    (version) => {
      const { city, counts, findings } = read(write({ version }))
      expect(counts).toMatchObject({ buildings: 2, buildingsWithHeight: 2, buildingParts: 2, areas: 1 })
      const { buildings: b } = city
      const [one, two, a, over] = ['house-1', 'house-2', 'part-a', 'part-b'].map(
        (id) => Array.from({ length: b.count }, (_, i) => i).find((i) => tagsOf(b.tags, i)['cityjson:id'] === id)!,
      )
      expect(b.footprintM2[one!]).toBeCloseTo(80, 0)
      expect(b.heightM[one!]).toBe(9)
      expect(HEIGHT_SOURCES[b.heightSource[one!]!]).toBe('tagged')
      expect(b.levels[one!]).toBe(3)
      expect(tagsOf(b.tags, one!)).toMatchObject({ 'cityjson:name': 'One', 'cityjson:measuredHeight': '8' })
      // a building without surfaces stands where its parts do, from the lowest foot to the highest top
      expect(b.footprintM2[two!]).toBeCloseTo(150, 0)
      expect(b.heightM[two!]).toBe(10)
      expect([b.heightM[a!], b.minHeightM[a!], b.parent[a!]]).toEqual([6, 0, two])
      // one that hangs four metres up leaves the way free below
      expect([b.heightM[over!], b.minHeightM[over!], b.parent[over!]]).toEqual([10, 4, two])
      expect(b.count).toBe(4)
      expect(Array.from(b.hasParts)).toEqual([0, 1, 0, 0])
      expect(AREA_KINDS[city.areas.kind[0]!]).toBe('square')
      expect(findings).toMatchObject([{ code: 'NOT_DRAWN', entity: 'Bridge', ids: ['bridge'] }])
      expect(city.meta).toMatchObject({
        title: 'Two houses',
        dataDate: '2024-05-06',
        licence: 'not stated in the file',
      })
      expect(city.meta.originLatDeg).toBeCloseTo(52.0072, 3)
      expect(city.meta.originLonDeg).toBeCloseTo(4.3677, 3)
    },
  )
  test.each([
    ['urn:ogc:def:crs:EPSG::28992'],
    ['EPSG:28992'],
    ['http://www.opengis.net/def/crs/EPSG/9.9.1/28992'],
    [
      'https://www.opengis.net/def/crs-compound?1=https://www.opengis.net/def/crs/EPSG/0/28992&2=https://www.opengis.net/def/crs/EPSG/0/5109',
    ],
  ])('default: %s is the same place', (referenceSystem) => {
    const meta = { source: 'one', attribution: 'one' }
    const bytes = (file: InputFile) => encodeCity(finish(readCity([file], { meta })).city)
    expect(Buffer.compare(bytes(write({ referenceSystem })), bytes(asCityJson()))).toBe(0)
  })
  test.each([
    ['an unknown grid', { referenceSystem: 'EPSG:27700' }, /is in "EPSG:27700"; expected one of RD New/],
    ['no grid', { referenceSystem: null }, /does not say in which coordinate system/],
    ['a version to come', { version: '3.0' }, /of version 3.0; expected 1.0, 1.1 or 2.0/],
    ['no version', { version: 7 }, /of version none/],
  ] as [string, Parameters<typeof asCityJson>[0], RegExp][])('error: FORMAT_BROKEN for %s', (_, made, why) => {
    expect(() => read(write(made))).toThrow(why)
  })
  test('behavior: an object whose geometry does not hold together is left out, by id', () => {
    for (const boundaries of [[[[[0, 1, 99_999]]]], [[[[0, 1, -1]]]], [[[['a', 1, 2]]]], 7, [[7]]]) {
      const objects = (add: (box: Parameters<typeof boxSolid>[0]) => Record<string, unknown>) => ({
        good: { type: 'Building', geometry: [add({ x: 0, y: 0, width: 9, depth: 9, low: 0, high: 5 })] },
        bad: { type: 'Building', geometry: [{ type: 'Solid', lod: '1', boundaries }] },
      })
      const found = read(write({ objects }))
      expect(found.findings.map(({ code, ids }) => [code, ...ids])).toContainEqual(['BAD_GEOMETRY', 'bad'])
      expect(found.city.buildings.count).toBe(1)
      expect(found.counts.buildings).toBe(2)
    }
  })
})

describe('roofs', () => {
  /** A house of 10 × 6 m with walls of 4 m and a ridge of 6 m along the middle, its gables upright or leaning in. */
  const house = (lean: number, shed = false): InputFile => {
    const at = (x: number, y: number, z: number) => [1000 * x, 1000 * y, 1000 * z]
    const foot = [at(0, 0, 0), at(10, 0, 0), at(10, 6, 0), at(0, 6, 0)]
    const eaves = [at(0, 0, 4), at(10, 0, 4), at(10, 6, shed ? 6 : 4), at(0, 6, shed ? 6 : 4)]
    const ridge = [at(lean, 3, 6), at(10 - lean, 3, 6)]
    const roof = shed
      ? [[4, 5, 6, 7]]
      : [
          [4, 5, 9, 8],
          [6, 7, 8, 9],
          [5, 6, 9],
          [7, 4, 8],
        ]
    const walls = [
      [0, 1, 5, 4],
      [1, 2, 6, 5],
      [2, 3, 7, 6],
      [3, 0, 4, 7],
    ]
    const faces = [[3, 2, 1, 0], ...walls, ...roof]
    const values = faces.map((_, i) => (i === 0 ? 0 : i <= 4 ? 1 : 2))
    const semantics = {
      surfaces: [{ type: 'GroundSurface' }, { type: 'WallSurface' }, { type: 'RoofSurface' }],
      values,
    }
    const geometry = { type: 'MultiSurface', lod: '2', boundaries: faces.map((face) => [face]), semantics }
    const made = JSON.parse(new TextDecoder().decode(asCityJson().bytes)) as Record<string, unknown>
    const text = JSON.stringify({
      ...made,
      CityObjects: { a: { type: 'Building', geometry: [geometry] } },
      vertices: [...foot, ...eaves, ...ridge],
    })
    return { name: 'house.city.json', bytes: new TextEncoder().encode(text) }
  }
  test.each([
    ['upright gables', house(0), { 'roof:shape': 'gabled', 'roof:height': '2.000' }],
    ['hips', house(3), { 'roof:shape': 'hipped', 'roof:height': '2.000' }],
    [
      'one side that looks south',
      house(0, true),
      { 'roof:shape': 'skillion', 'roof:height': '2.000', 'roof:direction': '180' },
    ],
  ])('default: %s', (_, file, wanted) => {
    const { city } = read(file)
    expect(tagsOf(city.buildings.tags, 0)).toMatchObject({ ...wanted, height: '6.000' })
    expect(city.buildings.heightM[0]).toBe(6)
    expect(city.buildings.footprintM2[0]).toBeCloseTo(60, 0)
  })
  test('default: a level roof says nothing of a shape', () => {
    const { city } = read(asCityJson())
    for (let i = 0; i < city.buildings.count; i++) expect(tagsOf(city.buildings.tags, i)['roof:shape']).toBeUndefined()
  })
})

/** Counted, united and measured apart from this reader, with Python's json, shapely 2.1.2 and pyproj 3.7.2. */
describe.each([
  [
    'delft',
    { buildings: 160, parts: 0, areaM2: 8654.03 / 0.9999079 ** 2, heightsM: 521.07, maxM: 8.29, west: 4.362011356 },
  ],
  [
    'zurich_subset_lod2',
    { buildings: 49, parts: 161, areaM2: 9137.18, heightsM: 808.694, maxM: 31.358, west: 8.4735425 },
  ],
])('%s (skipped without reference data)', (name, truth) => {
  const file = referenceFile(name === 'delft' ? 'cities/delft.city.json' : `cities/${name}.city.json`)
  test.skipIf(!file)('default: counts, footprints within 0.1 %, heights to the centimetre, place', () => {
    const found = read(file!)
    const report = reportCity(found, 0)
    expect(report.counts).toMatchObject({ buildings: truth.buildings, buildingsWithHeight: truth.buildings })
    expect(report.counts.buildingParts).toBe(truth.parts)
    expect(Math.abs(report.footprintAreaM2 / truth.areaM2 - 1)).toBeLessThan(1e-3)
    const { buildings: b } = found.city
    let heightsM = 0
    for (let i = 0; i < b.count; i++) if (tagsOf(b.tags, i).building && b.parent[i]! < 0) heightsM += b.heightM[i]!
    expect(heightsM).toBeCloseTo(truth.heightsM, 1)
    expect(Math.max(...b.heightM)).toBeCloseTo(truth.maxM, 2)
    expect(report.boundsDeg[0]).toBeCloseTo(truth.west, 6)
  })
})
