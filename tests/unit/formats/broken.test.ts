import { describe, expect, test } from 'vitest'
import { type ErrorCode, TwinError } from '../../../src/base/errors.ts'
import { createRandom } from '../../../src/base/random.ts'
import { finish } from '../../../src/base/steps.ts'
import { encodeCity } from '../../../src/formats/cityFile/encodeCity.ts'
import type { InputFile } from '../../../src/formats/format.ts'
import { readCity } from '../../../src/formats/readCity.ts'
import { astanaTiles, sanFranciscoTiles } from '../../support/cityFiles.ts'
import { asCityJson, asCityJsonSeq } from '../../support/cityJsonFiles.ts'
import { boxRing, building, collection, feature, near, sequenceOf } from '../../support/featureCollection.ts'
import { asOverpass, asPbf, asXml, sampleOsm } from '../../support/osmFiles.ts'

const text = (content: string, name = 'x.geojson'): InputFile => ({ name, bytes: new TextEncoder().encode(content) })
const read = (...files: InputFile[]) => finish(readCity(files))

/** What reading ends in: the code, or 'read'. Anything but a TwinError with one sentence is a bug. */
function outcome(...files: InputFile[]): ErrorCode | 'read' {
  try {
    const { city } = read(...files)
    for (const x of city.buildings.polygons.rings.xM)
      if (!Number.isFinite(x)) throw new Error('a place that is no number')
    return 'read'
  } catch (error) {
    if (!(error instanceof TwinError)) throw error
    expect(error.message).toMatch(/^.+\.$/)
    expect(error.message).not.toContain('\n')
    return error.code
  }
}

const smallTile = astanaTiles().find(({ name }) => name.includes('2861-1366'))!
const house = building('way/1', { 'building:levels': '2' }, boxRing(0, 0, 10, 8))
const samples: Record<string, InputFile> = {
  'osm-qa': smallTile,
  geojson: collection(
    house,
    feature('way/2', { highway: 'service' }, { type: 'LineString', coordinates: [near(0, 0), near(50, 5)] }),
  ),
}
samples['osm-pbf'] = asPbf(sampleOsm())
samples['osm-pbf as it is'] = asPbf(sampleOsm(), { dense: false, packed: false })
samples['osm-xml'] = asXml(sampleOsm())
samples['overpass-json'] = asOverpass(sampleOsm())
samples.mvt = sanFranciscoTiles().at(-1)!
samples['geojson sequence'] = sequenceOf(samples.geojson!)
samples.cityjson = asCityJson()
samples['cityjson sequence'] = asCityJsonSeq()
samples.vcity = { name: 'a.vcity', bytes: encodeCity(read(samples.geojson!).city) }

describe('broken input', () => {
  test('error: CITY_EMPTY and FORMAT_BROKEN for nothing', () => {
    expect(outcome()).toBe('CITY_EMPTY')
    expect(outcome({ name: 'a.mvt', bytes: new Uint8Array() })).toBe('FORMAT_BROKEN')
    expect(outcome(text('{"type":"FeatureCollection","features":[]}'))).toBe('CITY_EMPTY')
    expect(outcome(collection(feature('node/1', { shop: 'kiosk' }, { type: 'Point', coordinates: near(0, 0) })))).toBe(
      'CITY_EMPTY',
    )
  })
  test.each([
    ['a picture', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
    ['zeros', new Array(64).fill(0)],
    ['text', [...new TextEncoder().encode('Dear sir or madam, this is no city.')]],
    ['a JSON array', [...new TextEncoder().encode('[1, 2, 3]')]],
    ['other JSON', [...new TextEncoder().encode('{"type":"Topology","arcs":[]}')]],
  ])('error: FORMAT_UNKNOWN for %s', (_, bytes) => {
    expect(outcome({ name: 'x.bin', bytes: Uint8Array.from(bytes) })).toBe('FORMAT_UNKNOWN')
  })
  test.each([
    ['it ends in a list', '{"type":"FeatureCollection","features":[{"type":"Feature"'],
    ['no list', '{"type":"FeatureCollection","features":{}}'],
    ['no features', '{"type":"FeatureCollection"}'],
    ['a missing comma', '{"type":"FeatureCollection","features":[{} {}]}'],
    ['a trailing comma', '{"type":"FeatureCollection","features":[{},]}'],
    ['rubbish in a feature', '{"type":"FeatureCollection","features":[{"a":bc}]}'],
    ['an open string', '{"type":"FeatureCollection","features":["abc'],
    ['deep nesting', `{"type":"FeatureCollection","features":${'['.repeat(200_000)}`],
    [
      'metres for degrees',
      '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[7943000,6640000]}}]}',
    ],
  ])('error: FORMAT_BROKEN for GeoJSON with %s', (_, content) => expect(outcome(text(content))).toBe('FORMAT_BROKEN'))

  test('error: FORMAT_BROKEN for a tile whose name does not say where it lies, and for tiles that do not belong together', () => {
    expect(outcome({ ...smallTile, name: 'tile.mvt' })).toBe('FORMAT_BROKEN')
    expect(outcome({ ...smallTile, name: '12-5000-1366.mvt' })).toBe('FORMAT_BROKEN')
    expect(outcome(smallTile, { ...smallTile, name: '13-5722-2732.mvt' })).toBe('FORMAT_BROKEN')
    expect(outcome(smallTile, samples.geojson!)).toBe('FORMAT_BROKEN')
    expect(outcome(samples.vcity!, samples.vcity!)).toBe('FORMAT_BROKEN')
  })
  test('error: FORMAT_BROKEN for a tile that promises more vertices than it has bytes for', () => {
    // layer "osm", one feature of type line, geometry: MoveTo with a count of 2^28
    const geometry = [0x22, 5, 0x81, 0x80, 0x80, 0x80, 0x08]
    const one = [0x18, 2, ...geometry]
    const layer = [0x0a, 3, 0x6f, 0x73, 0x6d, 0x12, one.length, ...one]
    expect(outcome({ name: '1-0-0.mvt', bytes: Uint8Array.from([0x1a, layer.length, ...layer]) })).toBe('FORMAT_BROKEN')
    // ClosePath with a count of 2^28: nothing to read, everything to write
    const close = [0x18, 3, 0x22, 5, 0x87, 0x80, 0x80, 0x80, 0x08]
    const second = [0x0a, 3, 0x6f, 0x73, 0x6d, 0x12, close.length, ...close]
    expect(outcome({ name: '1-0-0.mvt', bytes: Uint8Array.from([0x1a, second.length, ...second]) })).toBe(
      'FORMAT_BROKEN',
    )
  })

  describe.each(Object.keys(samples))('%s', (id) => {
    const { name, bytes } = samples[id]!
    test('default: the sample itself reads', () => expect(outcome(samples[id]!)).toBe('read'))
    test('behavior: cut off anywhere it is refused (seed 1)', () => {
      const random = createRandom(`cut/${id}`)
      for (let i = 0; i < 120; i++) {
        const cut = bytes.slice(0, 1 + random.below(bytes.length - 1))
        // a text sequence that ends with a line is whole as far as anybody can tell
        if (id.endsWith('sequence') && /\}\n?$/.test(new TextDecoder().decode(cut.slice(-4)))) continue
        expect(['FORMAT_BROKEN', 'FORMAT_UNKNOWN', 'CITY_EMPTY']).toContain(outcome({ name, bytes: cut }))
      }
    })
    test('behavior: with bytes flipped it reads or is refused, and comes to an end (seed 2)', () => {
      const random = createRandom(`flip/${id}`)
      const seen = new Set<string>()
      for (let i = 0; i < 250; i++) {
        const bad = bytes.slice()
        for (let k = 1 + random.below(6); k > 0; k--) bad[random.below(bad.length)] = random.below(256)
        seen.add(outcome({ name, bytes: bad }))
      }
      expect([...seen].filter((s) => !['read', 'FORMAT_BROKEN', 'FORMAT_UNKNOWN', 'CITY_EMPTY'].includes(s))).toEqual(
        [],
      )
    })
    test('behavior: with its head on random bytes it is refused (seed 3)', () => {
      const random = createRandom(`noise/${id}`)
      for (let i = 0; i < 60; i++) {
        const noise = Uint8Array.from({ length: 40 + random.below(4000) }, () => random.below(256))
        noise.set(bytes.subarray(0, 8 + random.below(24)))
        expect(['FORMAT_BROKEN', 'FORMAT_UNKNOWN', 'CITY_EMPTY']).toContain(outcome({ name, bytes: noise }))
      }
    })
  })
})
