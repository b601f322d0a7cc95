import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { encodeCity } from '../../../src/formats/cityFile/encodeCity.ts'
import { readTerrain } from '../../../src/formats/terrains/index.ts'
import { elevationAt } from '../../../src/geo/elevation.ts'
import { createEnu } from '../../../src/geo/enu.ts'
import type { Asset, AssetKind } from '../../../src/model/asset.ts'
import type { CoverageSummary } from '../../../src/model/coverage.ts'
import { sha256Hex } from '../../../src/model/hash.ts'
import { type Edit, emptyScenario } from '../../../src/model/scenario.ts'
import { writeScenarioFile } from '../../../src/model/scenarioFile.ts'
import { documentOf, scratch, veracity } from '../../support/commandLine.ts'
import { aProvenance } from '../../support/scenarios.ts'
import { tinyCity } from '../../support/tinyCity.ts'

const files = scratch()
afterAll(() => files.remove())

const city = tinyCity([
  { x: 300, y: -20, w: 40, h: 40, heightM: 12 },
  { x: -200, y: 60, w: 60, h: 30, heightM: 12 },
])
const bytes = encodeCity(city)
const cityPath = files.write('tiny.vcity.gz', gzipSync(bytes))
const { originLatDeg, originLonDeg } = city.meta
const asset = (id: string, kind: AssetKind, network: string): Asset => ({
  id,
  kind,
  latDeg: originLatDeg,
  lonDeg: originLonDeg,
  network,
  params: {},
})
const gateway = asset('g', 'lorawan-gateway', 'helium-iot')
const scenarioOf = (...assets: Asset[]) => {
  const edits = assets.map((after): Edit => ({ kind: 'asset', id: after.id, before: null, after }))
  const scenario = { ...emptyScenario({ city: city.meta.id, sha256: sha256Hex(bytes) }, 'Plan'), edits }
  return files.write('plan.json', writeScenarioFile(scenario, aProvenance()))
}
const folder = dirname(cityPath)
const run = (plan: string, ...more: string[]) =>
  veracity('radio', 'coverage', plan, '--city', cityPath, '--cell', '50', '--json', ...more)

interface Document {
  readonly model: string
  readonly tag: string
  readonly raster: { readonly cols: number; readonly rows: number; readonly cellM: number }
  readonly summary: CoverageSummary
  readonly out: { readonly format: string } | null
  readonly sentence: string
}

describe('radio coverage', () => {
  test('default: whom the gateways reach, with a band, and a sentence', async () => {
    const answer = await run(scenarioOf(gateway))
    expect(answer.code).toBe(0)
    const { model, tag, raster, summary, out, sentence } = documentOf<Document>(answer)
    expect([model, tag, raster.cellM, out]).toEqual(['bullington', 'modelled', 50, null])
    expect(raster.cols).toBe(201)
    expect(summary.buildingsCovered).toBe(2)
    expect(summary.coveredKm2P10).toBeLessThanOrEqual(summary.coveredKm2)
    expect(summary.peopleTotal).toBeNull()
    expect(sentence).toMatch(/2 of 2 buildings have signal.*Shadow fading decides/)
  })

  test('default: the GeoTIFF, read back by the reader of terrain, falls with distance and indoors, and ends at the range', async () => {
    const path = join(folder, 'c.tif')
    expect((await run(scenarioOf(gateway), '--cell', '10', '--out', path)).code).toBe(0)
    const grid = readTerrain(new Uint8Array(readFileSync(path)), 'c.tif')
    const enu = createEnu(originLatDeg, originLonDeg)
    const at = new Float64Array(2)
    const powerAt = (xM: number, yM: number): number => {
      enu.toGeo(xM, yM, at)
      return elevationAt(grid, at[0]!, at[1]!)
    }
    expect(powerAt(5, 205)).toBeGreaterThan(powerAt(5, 2005) + 15)
    expect(powerAt(320, 0)).toBeLessThan(powerAt(5, 320) - 10) // behind a wall of 14 dB
    expect(powerAt(4900, 4900)).toBeNaN()
  })

  test('default: GeoJSON has an area for each transmitter, wound as RFC 7946 wants, and says that it is modelled', async () => {
    const path = join(folder, 'c.GEOJSON')
    const { summary } = documentOf<Document>(await run(scenarioOf(gateway), '--out', path))
    const { features } = JSON.parse(readFileSync(path, 'utf8'))
    expect(features.map((f: { geometry: { type: string } }) => f.geometry.type)).toEqual(['MultiPolygon', 'Point'])
    expect(features[0].properties).toMatchObject({ transmitter: 'g', tag: 'modelled', model: 'bullington' })
    expect(features[0].properties.areaKm2).toBeCloseTo(summary.coveredKm2, 9)
    expect(features[1].geometry.coordinates[0]).toBeCloseTo(originLonDeg, 6)
  })

  test('default: KML has the same areas', async () => {
    const path = join(folder, 'c.kml')
    await run(scenarioOf(gateway), '--out', path)
    const text = readFileSync(path, 'utf8')
    expect(text).toContain('<name>g</name>')
    expect(text).toMatch(/<outerBoundaryIs>.*<\/kml>/s)
    expect(text).toContain('modelled')
  })

  test('behavior: the same scenario writes the same bytes', async () => {
    const [a, b] = [join(folder, 'a.tif'), join(folder, 'b.tif')]
    await run(scenarioOf(gateway), '--out', a)
    await run(scenarioOf(gateway), '--out', b)
    expect(readFileSync(a)).toEqual(readFileSync(b))
  })

  const both = () => scenarioOf(gateway, asset('t', 'tower', 'telecom-tower'))
  test('behavior: of several kinds the named one is computed', async () => {
    expect(documentOf<Document>(await run(both(), '--kind', 'tower')).model).toBe('uma')
  })

  test.each([
    ['no radio in the plan', () => scenarioOf(), [], /plan has no radio/],
    ['several kinds and none named', both, [], /name one with --kind: lorawan-gateway, tower/],
    ['a kind that is not in the plan', both, ['--kind', 'moon'], /--kind is "moon", expected one of the plan/],
    ['a file of another kind', both, ['--out', 'x.png'], /--out is "x.png", expected a file that ends in one of: .tif/],
    ['cells of nothing', both, ['--kind', 'tower', '--cell', '0'], /--cell is "0"/],
    ['cells too small for the range', both, ['--kind', 'lorawan-gateway', '--cell', '1'], /range is 5000/],
    [
      'a folder that is not there',
      both,
      ['--kind', 'tower', '--out', join(folder, 'no', 'x.kml')],
      /cannot be written/,
    ],
    ['a scenario that is none', () => files.write('bad.json', '{}'), [], /scenario/i],
    ['a scenario that is not there', () => join(folder, 'none.json'), [], /none.json/],
  ])('error: %s is named and ends with 2, with nothing on stdout', async (_, plan, more, words) => {
    const { code, err, out } = await run(plan(), ...more)
    expect(code).toBe(2)
    expect(err).toMatch(words)
    expect(out).toBe('')
  })
})
