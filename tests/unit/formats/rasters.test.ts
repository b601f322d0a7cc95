import { expect, test } from 'vitest'
import { createRandom } from '../../../src/base/random.ts'
import { rasterFormatOf, rasterFormats } from '../../../src/formats/rasters/index.ts'
import type { CoverageExport } from '../../../src/formats/rasters/rasterFormat.ts'
import { readTerrain } from '../../../src/formats/terrains/index.ts'
import { elevationAt } from '../../../src/geo/elevation.ts'
import { createEnu } from '../../../src/geo/enu.ts'

const [cols, rows, cellM] = [301, 201, 10]
const [x0M, y0M] = [-1200, -700]
/** A plane of power, so that a place read back says where it was written: 0.01 dB per metre east, 0.003 north. */
const powerAt = (xM: number, yM: number): number => 0.01 * xM + 0.003 * yM - 80
const aCoverage = (id = 'g'): CoverageExport => ({
  raster: {
    model: 'bullington',
    x0M,
    y0M,
    cellM,
    cols,
    rows,
    rssiDbm: Float32Array.from({ length: cols * rows }, (_, i) =>
      powerAt(x0M + ((i % cols) + 0.5) * cellM, y0M + (Math.floor(i / cols) + 0.5) * cellM),
    ),
    server: new Int16Array(cols * rows),
  },
  transmitters: [{ id, xM: 0, yM: 0, heightM: 20, eirpDbm: 16, freqMhz: 868, rangeM: 2000, sensitivityDbm: -137 }],
  originLatDeg: 51.13,
  originLonDeg: 71.43,
  source: 'made up for this test',
})
const written = (path: string, id?: string): Uint8Array => rasterFormatOf(path)!.write(aCoverage(id))

test('default: GeoTIFF, read back at 2,000 places, lies within a cell of where it was', () => {
  const grid = readTerrain(written('c.tif'), 'c.tif')
  const enu = createEnu(51.13, 71.43)
  const random = createRandom('rasters')
  const at = new Float64Array(2)
  for (let k = 0; k < 2000; k++) {
    const xM = x0M + 20 + random.next() * (cols * cellM - 40)
    const yM = y0M + 20 + random.next() * (rows * cellM - 40)
    enu.toGeo(xM, yM, at)
    expect(Math.abs(elevationAt(grid, at[0]!, at[1]!) - powerAt(xM, yM))).toBeLessThan(0.01 * cellM)
  }
})

test('behavior: a whole raster of one server is one ring of four corners', () => {
  const { features } = JSON.parse(new TextDecoder().decode(written('c.geojson')))
  expect(features[0].geometry.coordinates.map((p: number[][][]) => p.map((r) => r.length))).toEqual([[5]])
  expect(features[0].properties.areaKm2).toBeCloseTo((cols * rows * cellM * cellM) / 1e6, 9)
})

test('behavior: a name cannot break out of KML', () => {
  expect(new TextDecoder().decode(written('c.kml', 'a&<b>'))).toContain('<name>a&#38;&#60;b&#62;</name>')
})

test('error: RADIO_OUT_OF_RANGE for a GeoTIFF of no cell', () => {
  const coverage = aCoverage()
  const empty = { ...coverage, raster: { ...coverage.raster, cols: 0, rows: 0, server: new Int16Array(0) } }
  expect(() => rasterFormatOf('c.tiff')!.write(empty)).toThrowError(
    expect.objectContaining({ code: 'RADIO_OUT_OF_RANGE' }),
  )
})

test('default: a path says its format, in capitals too; another has none', () => {
  expect(rasterFormats.map(({ id }) => id)).toEqual(['geotiff', 'geojson', 'kml'])
  expect(rasterFormatOf('A.TIF')!.id).toBe('geotiff')
  expect(rasterFormatOf('a.png')).toBeUndefined()
})
