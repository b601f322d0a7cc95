import { describe, expect, test } from 'vitest'
import { finish } from '../../../src/base/steps.ts'
import { reportCity } from '../../../src/cli/commands/cityReport.ts'
import { encodeCity } from '../../../src/formats/cityFile/encodeCity.ts'
import type { InputFile } from '../../../src/formats/format.ts'
import { memberRings } from '../../../src/formats/osm/memberRings.ts'
import { osmPbf } from '../../../src/formats/osmPbf/index.ts'
import { readCity } from '../../../src/formats/readCity.ts'
import { tagOf } from '../../../src/model/city.ts'
import { referenceFile } from '../../support/cityFiles.ts'
import { asOverpass, asOverpassGeom, asPbf, asXml, type OsmPiece, sampleOsm } from '../../support/osmFiles.ts'

const read = (file: InputFile) => finish(readCity([file]))
const xml = (text: string): InputFile => ({ name: 'x.osm', bytes: new TextEncoder().encode(text) })
const writers: [string, (piece: OsmPiece) => InputFile][] = [
  ['XML', asXml],
  ['PBF, dense and packed', asPbf],
  ['PBF, plain nodes and as they are', (piece) => asPbf(piece, { dense: false, packed: false })],
  ['Overpass JSON', asOverpass],
  ['Overpass JSON with geometry', asOverpassGeom],
]

describe.each(writers)('%s', (_, write) => {
  test('default: a courtyard of two outer ways and a hole, a house, a road, a tree', () => {
    const { city, counts, findings } = read(write(sampleOsm()))
    expect(findings).toEqual([])
    expect(counts).toMatchObject({ buildings: 2, buildingsWithHeight: 2, roads: 1, trees: 1, points: 2 })
    const { buildings: b } = city
    const court = b.osm.type.indexOf(2)
    expect(b.footprintM2[court]).toBeCloseTo(1200 - 200, -1)
    expect(b.polygons.start[b.polygonStart[court]! + 1]! - b.polygons.start[b.polygonStart[court]!]!).toBe(2)
    expect(tagOf(b.tags, 1 - court, 'name')).toBe('Smith & "Sons" <1>')
    expect(city.points.osm.id).toContain(9_000_000_001)
    expect(city.meta).toMatchObject({ dataDate: '2020-02-03', licence: 'ODbL 1.0' })
    expect(city.meta.id).toBe('made')
  })
  test('behavior: the same city as from XML, byte for byte', () => {
    const meta = { source: 'one and the same' }
    const bytes = (file: InputFile) => encodeCity(finish(readCity([file], { meta })).city)
    expect(Buffer.compare(bytes(write(sampleOsm())), bytes(asXml(sampleOsm())))).toBe(0)
  })
  test('behavior: what is not in the file is said, by id', () => {
    const { relations, ...rest } = sampleOsm()
    const piece = {
      ...rest,
      relations: relations.map((r) => ({ ...r, members: r.members.filter((m) => m.ref !== 2) })),
    }
    const found = read(write(piece))
    expect(found.findings.map(({ code, ids }) => [code, ...ids])).toContainEqual(['RING_OPEN', 'relation/1'])
    expect(found.counts.buildings).toBe(2)
    // the courtyard's own ring closes and is what is left
    expect(found.city.buildings.count).toBe(2)
  })
})

describe('multipolygons', () => {
  const square = (id: number, x: number, y: number, size: number) => {
    const at = (dx: number, dy: number, k: number) => ({
      id: 10 * id + k,
      lat: 51 + (y + dy) / 1e5,
      lon: 71 + (x + dx) / 1e5,
    })
    return {
      nodes: [at(0, 0, 1), at(size, 0, 2), at(size, size, 3), at(0, size, 4)],
      way: { id, nodes: [1, 2, 3, 4, 1].map((k) => 10 * id + k) },
    }
  }
  const made = (roles: [id: number, role: string, x: number, y: number, size: number][]): OsmPiece => {
    const squares = roles.map(([id, , x, y, size]) => square(id, x, y, size))
    return {
      nodes: squares.flatMap(({ nodes }) => nodes),
      ways: squares.map(({ way }) => way),
      relations: [
        {
          id: 9,
          members: roles.map(([ref, role]) => ({ type: 'way', ref, role })),
          tags: { type: 'multipolygon', building: 'yes' },
        },
      ],
    }
  }
  const unitM2 = (51.2e-5 * 0 + 1) * 1.1126 * 0.7021 // one unit of 1e-5 degrees each way at 51° N
  test.each([
    [
      'two wings, one with a hole',
      [
        [1, 'outer', 0, 0, 40],
        [2, 'inner', 10, 10, 20],
        [3, 'outer', 60, 0, 30],
      ],
      1600 - 400 + 900,
      2,
    ],
    [
      'an island in the hole',
      [
        [1, 'outer', 0, 0, 90],
        [2, 'inner', 10, 10, 70],
        [3, 'outer', 30, 30, 20],
      ],
      8100 - 4900 + 400,
      2,
    ],
    [
      'roles the wrong way round',
      [
        [1, 'inner', 0, 0, 40],
        [2, 'outer', 10, 10, 20],
      ],
      1600 - 400,
      1,
    ],
    [
      'no roles at all',
      [
        [1, '', 0, 0, 40],
        [2, '', 10, 10, 20],
      ],
      1600 - 400,
      1,
    ],
  ] as [string, [number, string, number, number, number][], number, number][])(
    'default: %s',
    (_, roles, units, polygons) => {
      const { city } = read(asXml(made(roles)))
      expect(city.buildings.count).toBe(1)
      expect(city.buildings.footprintM2[0]! / (units * unitM2)).toBeCloseTo(1, 2)
      expect(city.buildings.polygonStart[1]).toBe(polygons)
    },
  )
  test('behavior: members that are not in the file are said, and what closes without them is drawn', () => {
    const piece = made([[1, 'outer', 0, 0, 40]])
    const [relation] = piece.relations
    const members = [...relation!.members, { type: 'way' as const, ref: 77, role: 'outer' }]
    const found = read(asXml({ ...piece, relations: [{ ...relation!, members }] }))
    expect(found.findings.map(({ code, ids }) => [code, ...ids])).toEqual([['MISSING_MEMBERS', 'relation/9']])
    expect(found.city.buildings.count).toBe(1)
  })
})

test('behavior: a relation of more ways than any coast has is refused at once, not joined for ever', () => {
  const ways = Array.from({ length: 20_001 }, (_, i) => ({
    refs: [1, 2 + i],
    places: Float64Array.of(0, 0, i, 1),
    isInner: false,
  }))
  expect(memberRings(ways)).toMatchObject({ polygons: [] })
  expect(memberRings(ways).open).toHaveLength(20_001)
})

describe('OpenStreetMap XML', () => {
  const house = '<nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/><tag k="building" v="yes"/>'
  const nodes =
    "<node id='1' lat='51' lon='71'/><node id='2' lat='51' lon='71.0005'></node><node id='3' lat='51.0005' lon='71'/>"
  test('default: bounds, comments, declarations, single quotes, byte order mark, numeric entities', () => {
    const found = read(
      xml(
        `\uFEFF<?xml version="1.0"?><!-- <osm> --><!DOCTYPE osm><osm version="0.6"><bounds minlat="50.9" minlon="70.9" maxlat="51.1" maxlon="71.1"/>${nodes}<way id="4">${house}<tag k="name" v="&#1040;&#x41;&lt;&nope;"/></way></osm>`,
      ),
    )
    expect(found.city.meta.boundsDeg).toEqual([70.9, 50.9, 71.1, 51.1])
    expect(found.city.meta.originLatDeg).toBeCloseTo(51, 9)
    expect(tagOf(found.city.buildings.tags, 0, 'name')).toBe('АA<&nope;')
  })
  test('behavior: what JOSM marks as deleted and histories as not visible is not there', () => {
    for (const mark of ['action="delete"', 'visible="false"']) {
      const found = read(xml(`<osm>${nodes}<way id="4">${house}</way><way id="-5" ${mark}>${house}</way></osm>`))
      expect(found.counts.buildings).toBe(1)
    }
  })
  test('behavior: a way without some of its nodes is drawn with the others, and said', () => {
    const found = read(
      xml(
        `<osm>${nodes}<way id="4">${house}</way><way id="6"><nd ref="1"/><nd ref="99"/><nd ref="2"/><tag k="highway" v="path"/></way></osm>`,
      ),
    )
    expect(found.findings).toMatchObject([{ code: 'MISSING_NODES', ids: ['way/6'], count: 1 }])
    expect(found.city.roads.count).toBe(1)
  })
  test('behavior: a closed way is an area by custom: a square, not a roundabout', () => {
    const ring = '<nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/>'
    const tag = (k: string, v: string) => `<tag k="${k}" v="${v}"/>`
    const found = read(
      xml(
        `<osm>${nodes}<way id="1">${ring}${tag('highway', 'primary')}</way><way id="2">${ring}${tag('leisure', 'park')}</way><way id="3">${ring}${tag('highway', 'pedestrian')}${tag('area', 'yes')}</way><way id="4">${ring}${tag('natural', 'water')}${tag('area', 'no')}</way></osm>`,
      ),
    )
    expect(found.counts).toMatchObject({ roads: 1, areas: 2 })
  })
  test.each([
    ['no end', '<osm><node id="1" lat="51" lon="71"/>', /cut off/],
    ['an attribute without quotes', '<osm><node id=1 lat="51" lon="71"/></osm>', /without quotes/],
    ['an id that is none', '<osm><node id="x" lat="51" lon="71"/></osm>', /an id "x"/],
    ['a place that is none', '<osm><node id="1" lat="95" lon="71"/></osm>', /no place on earth/],
    ['a node without a place', '<osm><node id="1"/></osm>', /no place on earth/],
  ])('error: FORMAT_BROKEN with the reason: %s', (_, text, why) => {
    expect(() => read(xml(text))).toThrow(why)
  })
})

describe('OpenStreetMap PBF', () => {
  test('error: a file that needs what is not read says what', () => {
    expect(() => read(asPbf(sampleOsm(), { needs: ['Sort.Type_then_ID+'] }))).toThrow(/needs "Sort.Type_then_ID\+"/)
  })
})

test('error: a country is refused for its size before it is read', () => {
  const { bytes } = asPbf(sampleOsm())
  // as large as it says, without the memory
  const large = new Proxy(bytes, { get: (own, key) => (key === 'length' ? 500_000_000 : Reflect.get(own, key, own)) })
  const steps = osmPbf.read([{ name: 'kazakhstan.osm.pbf', bytes: large }])
  expect(() => finish(steps)).toThrow(/500000000 bytes of PBF are a country/)
})

/**
 * Counted by osmium-tool 1.15.0 (`osmium tags-filter -R … building`, `osmium export`), areas by shapely 2.1.2 in
 * a Lambert equal-area projection around the city, of what does not lie below ground.
 */
describe.each([
  [
    'monaco-latest',
    { buildings: 1183 + 1 + 24, parts: 14, drawn: 1205, areaM2: 712_393.47, trees: 415, underground: 2 },
  ],
  [
    'astana-converted',
    { buildings: 32_341 + 4, parts: 228, drawn: 32_341, areaM2: 16_553_220.4, trees: 0, underground: 0 },
  ],
])('%s (skipped without reference data)', (name, truth) => {
  const file = referenceFile(`cities/${name}.osm.pbf`)
  test.skipIf(!file)('default: counts are those of osmium, the footprint within 0.1 % of shapely’s', () => {
    const found = read(file!)
    const report = reportCity(found, 0)
    expect(report.counts.buildings).toBe(truth.buildings)
    expect(report.counts.buildingParts).toBe(truth.parts)
    expect(report.counts.trees).toBe(truth.trees)
    expect(Math.abs(report.footprintAreaM2 / truth.areaM2 - 1)).toBeLessThan(1e-3)
    const lost = found.findings.filter(({ code }) => code === 'UNDERGROUND' || code === 'ZERO_AREA')
    const left = lost.filter(({ entity }) => entity === 'building').reduce((n, f) => n + f.count, 0)
    const ids = found.city.buildings
    const outlines = new Set<number>()
    for (let i = 0; i < ids.count; i++) {
      if (tagOf(ids.tags, i, 'building')) outlines.add(ids.osm.id[i]! * 3 + ids.osm.type[i]!)
    }
    expect(outlines.size + left).toBe(truth.drawn + truth.underground)
  })
})
