import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import type { CityReport } from '../../../src/cli/commands/cityReport.ts'
import { main } from '../../../src/cli/main.ts'
import { decodeCity } from '../../../src/formats/cityFile/decodeCity.ts'
import { astanaTiles, referenceFile } from '../../support/cityFiles.ts'
import { boxRing, building, collection, feature, near } from '../../support/featureCollection.ts'

const scratch = mkdtempSync(join(tmpdir(), 'veracity-import-'))
afterAll(() => rmSync(scratch, { recursive: true }))
const path = (name: string) => join(scratch, name)

async function run(...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const code = await main(['city', 'import', ...args], { out: (text) => out.push(text), err: (text) => err.push(text) })
  return { code, out, err, report: () => JSON.parse(out.join('\n')) as CityReport }
}

const small = collection(
  building('way/1', { height: '12' }, boxRing(0, 0, 30, 20)),
  feature('way/2', { highway: 'service' }, { type: 'LineString', coordinates: [near(0, 50), near(200, 50)] }),
)
writeFileSync(path('small.geojson'), small.bytes)
writeFileSync(path('small.geojson.gz'), gzipSync(small.bytes))
mkdirSync(path('bare'))
mkdirSync(path('tiles'))
for (const { name, bytes } of astanaTiles()) writeFileSync(path(`tiles/${name}`), bytes)

describe('veracity city import', () => {
  test('default: a folder of tiles, as JSON and nothing else on stdout', async () => {
    const { code, out, err, report } = await run('--json', path('tiles'))
    expect(code).toBe(0)
    expect(out).toHaveLength(1)
    expect(err.length).toBeGreaterThan(0)
    const city = report()
    expect(Object.keys(city.counts)).toEqual([
      'buildings',
      'buildingsWithHeight',
      'buildingParts',
      'roads',
      'powerTowers',
      'powerLines',
      'substations',
      'transformers',
      'trees',
      'points',
    ])
    expect(city).toMatchObject({
      format: 'osm-qa',
      counts: { buildings: 32_060, roads: 10_664, powerTowers: 668, powerLines: 67, substations: 10 },
      records: { buildings: 32_337 },
    })
    expect(city.boundsDeg[0]).toBeCloseTo(71.2793, 3)
    expect(city.boundsDeg[3]).toBeCloseTo(51.2894, 3)
    expect(city.maxHeightM).toBeGreaterThan(300)
    expect(city.roadLengthM).toBeGreaterThan(2_000_000)
    expect(city.findings.length).toBeGreaterThan(0)
    for (const { code: found, entity, ids } of city.findings) {
      expect(found).toMatch(/^[A-Z_]+$/)
      expect(entity).not.toBe('')
      expect(ids.length).toBeGreaterThan(0)
    }
    expect(city.ms).toBeGreaterThan(0)
  })
  test('default: the same Astana as GeoJSON, packed, gives the same counts (skipped without reference data)', async () => {
    const file = referenceFile('cities/astana.geojson.gz')
    if (!file) return console.log('skipped: no reference data')
    writeFileSync(path('astana.geojson.gz'), gzipSync(file.bytes, { level: 1 }))
    const tiles = (await run('--json', path('tiles'))).report()
    const geo = (await run('--json', path('astana.geojson.gz'))).report()
    expect(geo.counts).toEqual(tiles.counts)
    expect(geo.footprintAreaM2 / tiles.footprintAreaM2).toBeCloseTo(1, 4)
    expect(geo.roadLengthM / tiles.roadLengthM).toBeCloseTo(1, 4)
  })
  test('default: area, length and bounds of a city one can count by hand', async () => {
    const city = (await run('--json', path('small.geojson.gz'))).report()
    expect(city.footprintAreaM2).toBeCloseTo(600, -1)
    expect(city.roadLengthM).toBeCloseTo(200, 0)
    expect(city.maxHeightM).toBe(12)
    expect(city.findings).toEqual([])
  })
  test('default: without --json, for people', async () => {
    const { code, out } = await run(path('small.geojson'))
    expect(code).toBe(0)
    expect(out.join('\n')).toMatch(/buildings {3}1 \(1 with height/)
  })
  test('default: --out writes a city file that reads back, packed when it is called so', async () => {
    expect((await run(path('small.geojson'), '--out', path('a.vcity'))).code).toBe(0)
    const city = decodeCity(new Uint8Array(readFileSync(path('a.vcity'))))
    expect(city.buildings.count).toBe(1)
    expect(city.meta.source).toBe('small.geojson')
    expect((await run(path('small.geojson'), '--out', path('a.vcity.gz'))).code).toBe(0)
    const again = (await run('--json', path('a.vcity.gz'))).report()
    expect(again).toMatchObject({ format: 'vcity', counts: { buildings: 1, roads: 1 } })
  })
  test.each([
    ['no file', [], /No city file was named/],
    ['a file that is not there', [path('nope.geojson')], /there is no such file/],
    ['a folder without cities', [path('bare')], /holds no city file/],
    ['a text file', [join(import.meta.dirname, 'cityImport.test.ts')], /is no city file that can be read/],
    ['an unknown option', [path('small.geojson'), '--bogus'], /--bogus/],
    [
      'an --out that cannot be written',
      [path('small.geojson'), '--out', path('no/such/folder.vcity')],
      /could not be written/,
    ],
  ])('error: %s: one clear line, exit 2, nothing on stdout', async (_, args, message) => {
    const { code, out, err } = await run('--json', ...args)
    expect(code).toBe(2)
    expect(out).toEqual([])
    const lines = err.filter((line) => !line.startsWith('reading the city'))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(message)
    expect(lines[0]).not.toContain('\n')
  })
  test('error: damaged and empty files', async () => {
    writeFileSync(path('cut.geojson.gz'), gzipSync(small.bytes).subarray(0, 60))
    writeFileSync(path('cut.geojson'), small.bytes.subarray(0, 200))
    writeFileSync(path('empty.geojson'), '')
    for (const [name, message] of [
      ['cut.geojson.gz', /could not be unpacked/],
      ['cut.geojson', /no readable JSON/],
      ['empty.geojson', /is empty/],
    ] as const) {
      const { code, err } = await run(path(name))
      expect(code).toBe(2)
      expect(err.at(-1)).toMatch(message)
    }
  })
})
