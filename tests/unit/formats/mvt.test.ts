import { PbfWriter } from 'pbf'
import { describe, expect, test } from 'vitest'
import { finish } from '../../../src/base/steps.ts'
import { reportCity } from '../../../src/cli/commands/cityReport.ts'
import type { InputFile } from '../../../src/formats/format.ts'
import { clipPolygon } from '../../../src/formats/mvt/clipPolygon.ts'
import { tagsOfLayer } from '../../../src/formats/mvt/layerTags.ts'
import { readCity } from '../../../src/formats/readCity.ts'
import { ringArea } from '../../../src/geo/polygon/ring.ts'
import { referenceFile, sanFranciscoTiles } from '../../support/cityFiles.ts'
import { boxRing, building, collection, sequenceOf } from '../../support/featureCollection.ts'

/** A tile of the layer "building", with boxes as far as they lie in it or its margin. */
function tileOf(dx: number, dy: number, boxes: readonly [number, number, number, number, number][]): InputFile {
  const layer = new PbfWriter()
  layer.writeStringField(1, 'building')
  const heights = [...new Set(boxes.map(([height]) => height))]
  const zigzag = (v: number): number => (v << 1) ^ (v >> 31)
  for (const [height, ...box] of boxes) {
    const clip = (v: number, tile: number): number => Math.min(4160, Math.max(-64, v - 4096 * tile))
    const [w, n, e, s] = [clip(box[0], dx), clip(box[1], dy), clip(box[2], dx), clip(box[3], dy)]
    if (w >= e || n >= s) continue
    const feature = new PbfWriter()
    feature.writePackedVarint(2, [0, heights.indexOf(height)])
    feature.writeVarintField(3, 3)
    const path = [9, zigzag(w), zigzag(n), 26, zigzag(e - w), 0, 0, zigzag(s - n), zigzag(w - e), 0, 15]
    feature.writePackedVarint(4, path)
    layer.writeBytesField(2, feature.finish())
  }
  layer.writeStringField(3, 'height')
  for (const height of heights) {
    const value = new PbfWriter()
    value.writeVarintField(5, height)
    layer.writeBytesField(4, value.finish())
  }
  layer.writeVarintField(5, 4096)
  layer.writeVarintField(15, 2)
  const tile = new PbfWriter()
  tile.writeBytesField(3, layer.finish())
  return { name: `15-${10 + dx}-${10 + dy}.mvt`, bytes: tile.finish() }
}

describe('vector tiles', () => {
  test('default: San Francisco in Mapbox Streets tiles: buildings measured, roads, water, what is not drawn by name', () => {
    const found = finish(readCity(sanFranciscoTiles()))
    const report = reportCity(found, 0)
    expect(found.format.id).toBe('mvt')
    expect(report.counts.buildingsWithHeight / report.counts.buildings).toBeGreaterThan(0.999)
    expect(report.roadLengthM).toBeGreaterThan(180_000)
    expect(report.maxHeightM).toBe(45)
    expect(found.findings.find(({ code }) => code === 'NOT_DRAWN')?.ids).toContain('poi_label')
    // nothing of a tile's margin counts twice: the nine tiles and no more
    const [west, south, east, north] = report.boundsDeg
    expect(west).toBeGreaterThanOrEqual((5237 / 32768) * 360 - 180 - 1e-9)
    expect(east).toBeLessThanOrEqual((5240 / 32768) * 360 - 180 + 1e-9)
    expect(north - south).toBeLessThan(0.0262)
  })
  test('behavior: the ground under buildings is that of the same city as GeoJSON, which has the outer margins too (skipped without reference data)', () => {
    const file = referenceFile('cities/sanfrancisco.geojson.gz')
    if (!file) return console.log('skipped: no reference data')
    const geo = reportCity(finish(readCity([file])), 0)
    const tiles = reportCity(finish(readCity(sanFranciscoTiles())), 0)
    expect(geo.counts).toMatchObject({ buildings: 13_061, buildingsWithHeight: 13_060 })
    expect(tiles.footprintAreaM2).toBeLessThan(geo.footprintAreaM2)
    expect(tiles.footprintAreaM2 / geo.footprintAreaM2).toBeGreaterThan(0.99)
  })
  test('behavior: what tile edges cut is one thing again; neighbours of another height, or that only touch, stay two', () => {
    // in tile units from the corner of tile 15-10-10; 4096 to a tile, with a margin of 64
    const whole: [height: number, west: number, north: number, east: number, south: number][] = [
      [9, 4000, 1000, 4200, 1100],
      [9, 4050, 4050, 4150, 4150], // over the corner of four tiles
      [9, 4000, 2000, 4096, 2100],
      [12, 4096, 2000, 4200, 2100],
      [9, 4000, 3000, 4096, 3100],
      [9, 4096, 3100, 4200, 3200],
    ]
    const tiles = [0, 1].flatMap((dx) => [0, 1].map((dy) => tileOf(dx, dy, whole)))
    const { counts, city } = finish(readCity(tiles))
    expect(counts.buildings).toBe(6)
    expect(counts.buildingRecords).toBe(2 + 4 + 4)
    const unitM2 = city.buildings.footprintM2[0]! / (200 * 100)
    expect(city.buildings.footprintM2[1]! / unitM2).toBeCloseTo(100 * 100, -2)
    expect(city.buildings.polygons.rings.start[1]).toBe(4)
  })
  test.each([
    ['building', { render_height: 12, render_min_height: 3 }, 'building=yes height=12 min_height=3'],
    ['building', { render_height: 5 }, 'building=yes'],
    ['building', { render_height: 9, hide_3d: true }, null],
    ['building', { height: 9, underground: 'false', type: 'house', min_height: 0 }, 'building=house height=9'],
    ['buildings', { kind: 'building_part', height: 9 }, 'building:part=yes height=9'],
    ['buildings', {}, 'building=yes'],
    ['transportation', { class: 'minor', brunnel: 'bridge' }, 'highway=residential bridge=yes'],
    ['transportation', { class: 'path', subclass: 'footway' }, 'highway=footway'],
    ['transportation', { class: 'rail', subclass: 'tram' }, 'railway=tram'],
    ['transportation', { class: 'ferry' }, null],
    ['streets', { kind: 'primary', oneway: true }, 'highway=primary oneway=yes'],
    ['water_polygons', { kind: 'lake' }, 'natural=water'],
    ['landcover', { class: 'grass', subclass: 'park' }, 'leisure=park'],
    ['landuse', { kind: 'industrial' }, 'landuse=industrial'],
    ['park', { class: 'protected_area' }, 'leisure=park'],
    ['landuse', {}, null],
  ] as [string, Record<string, unknown>, string | null][])('default: %s %o', (layer, properties, wanted) => {
    const tags = tagsOfLayer(layer, properties)
    const words = tags?.flatMap((word, i) => (i & 1 ? [] : [`${word}=${tags[i + 1]}`])).join(' ') ?? null
    expect(words).toBe(wanted)
  })
  test('default: a polygon with a hole across the tile’s edge keeps what lies inside', () => {
    const box = (x: number, y: number, size: number) =>
      Float64Array.of(x, y, x + size, y, x + size, y + size, x, y + size)
    const [polygon, ...others] = clipPolygon([box(-20, 10, 60), box(-10, 20, 40)], 0, 0, 100)
    expect(others).toEqual([])
    expect(polygon!.reduce((area, ring) => area + ringArea(ring), 0)).toBe(40 * 60 - 30 * 40)
    expect(clipPolygon([box(-20, 10, 10)], 0, 0, 100)).toEqual([])
    expect(clipPolygon([box(20, 10, 10)], 0, 0, 100)).toHaveLength(1)
  })
})

describe('GeoJSONSeq', () => {
  const whole = collection(
    building('way/1', { height: '9' }, boxRing(0, 0, 12, 9)),
    building('way/2', {}, boxRing(30, 0, 9, 9)),
  )
  test.each([
    ['lines', ''],
    ['marked records', '\u001e'],
  ])('default: %s are the same city', (_, mark) => {
    const found = finish(readCity([sequenceOf(whole, mark)]))
    expect(found.format.id).toBe('geojson')
    expect(found.counts).toEqual(finish(readCity([whole])).counts)
  })
  test('error: FORMAT_BROKEN where a line is none', () => {
    const { bytes, name } = sequenceOf(whole)
    const text = new TextDecoder().decode(bytes).replace('"geometry"', 'geometry')
    expect(() => finish(readCity([{ name, bytes: new TextEncoder().encode(text) }]))).toThrow(/no readable JSON/)
  })
})
