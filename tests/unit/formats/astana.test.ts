import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { describe, expect, test } from 'vitest'
import { finish } from '../../../src/base/steps.ts'
import { osmQa } from '../../../src/formats/osmQa/index.ts'
import { HEIGHT_SOURCES, POINT_KINDS, ROAD_CLASSES, tagOf } from '../../../src/model/city.ts'
import { readRoof } from '../../../src/model/roof.ts'
import { astanaTiles, readAstana, referenceFile } from '../../support/cityFiles.ts'

/** A parse of the tiles by the reference library, that shares nothing with the reader under test. */
function countDirectly() {
  const buildings = new Set<string>()
  const withLevels = new Set<string>()
  const n = { records: 0, levels: 0, towers: 0, lines: 0, substations: 0, roads: 0, points: 0, newest: 0 }
  for (const { bytes } of astanaTiles()) {
    const layer = new VectorTile(new PbfReader(bytes)).layers.osm!
    for (let i = 0; i < layer.length; i++) {
      const { properties: p, type } = layer.feature(i)
      const id = `${p['@type']}/${p['@id']}`
      n.newest = Math.max(n.newest, Number(p['@timestamp']))
      if (p.building && p.building !== 'no') {
        n.records++
        buildings.add(id)
        if (p['building:levels']) {
          n.levels++
          withLevels.add(id)
        }
      }
      if (p.power === 'tower') n.towers++
      if (p.power === 'line') n.lines++
      if (p.power === 'substation') n.substations++
      if (p.highway && type === 2) n.roads++
      if (type === 1) n.points++
    }
  }
  return { ...n, distinct: buildings.size, distinctWithLevels: withLevels.size }
}

/**
 * Area of a ring of degrees on the sphere of the ellipsoid's local radii: each ring in its own plane, by its own
 * latitude. Another method than the product's, which works in one plane for the whole city.
 */
function ringAreaM2(ring: readonly (readonly number[])[]): number {
  const lat0 = ring.reduce((sum, [, lat]) => sum + lat!, 0) / ring.length
  const lon0 = ring[0]![0]!
  const w = 1 - 6.69437999014e-3 * Math.sin((lat0 * Math.PI) / 180) ** 2
  const eastM = ((6378137 / Math.sqrt(w)) * Math.cos((lat0 * Math.PI) / 180) * Math.PI) / 180
  const northM = (((6378137 * (1 - 6.69437999014e-3)) / w ** 1.5) * Math.PI) / 180
  let twice = 0
  for (let i = 0; i < ring.length; i++) {
    const [ax, ay] = ring[i]!
    const [bx, by] = ring[(i + 1) % ring.length]!
    twice += (ax! - lon0) * (by! - lat0) - (bx! - lon0) * (ay! - lat0)
  }
  return (Math.abs(twice) / 2) * eastM * northM
}

describe('Astana from its tiles', () => {
  const direct = countDirectly()
  const { city, counts, findings } = readAstana()
  const { buildings, roads, points } = city

  test('default: counts are those of a direct parse, and those that are written down', () => {
    expect(direct.records).toBe(32_337)
    expect(direct.distinct).toBe(32_060)
    expect(direct.levels).toBe(20_449)
    expect(counts).toMatchObject({
      buildings: direct.distinct,
      buildingRecords: direct.records,
      powerTowers: direct.towers,
      powerLines: direct.lines,
      substations: direct.substations,
      roads: direct.roads,
      points: direct.points,
    })
    expect([direct.towers, direct.lines, direct.substations, direct.roads]).toEqual([668, 67, 10, 10_664])
    // six more have a height but no levels, one has levels on one square metre of ground
    expect(counts.buildingsWithHeight).toBeGreaterThanOrEqual(direct.distinctWithLevels)
    expect(counts.buildingsWithHeight).toBeLessThan(direct.distinctWithLevels + 20)
  })

  test('default: every building with an outline is there once, pieces joined', () => {
    const seen = new Map<number, number>()
    for (let i = 0; i < buildings.count; i++) {
      const isRest = buildings.parent[i]! >= 0 && buildings.osm.id[i] === buildings.osm.id[buildings.parent[i]!]
      if (isRest || !tagOf(buildings.tags, i, 'building')) continue
      seen.set(buildings.osm.id[i]!, (seen.get(buildings.osm.id[i]!) ?? 0) + 1)
    }
    expect(seen.size + counts.buildingsWithoutOutline).toBe(32_060)
    expect([...seen.values()].every((n) => n === 1)).toBe(true)
    expect(counts.buildingsWithoutOutline).toBe(4)
    expect(findings.find((f) => f.code === 'NO_OUTLINE' && f.entity === 'building')?.ids).toContain('node/1577038814')
  })

  test('behavior: a joined building is one polygon without a seam', () => {
    for (let i = 0; i < buildings.count; i++) {
      // only what a tower leaves of its podium may fall apart
      const isRest = buildings.parent[i]! >= 0 && buildings.osm.id[i] === buildings.osm.id[buildings.parent[i]!]
      if (!isRest) expect(buildings.polygonStart[i + 1]! - buildings.polygonStart[i]!).toBe(1)
    }
    const joined = buildings.osm.id.indexOf(498774652)
    expect(buildings.polygonStart[joined + 1]! - buildings.polygonStart[joined]!).toBe(1)
    const ring = buildings.polygons.start[buildings.polygonStart[joined]!]!
    // 12-2859-1367 has three of its corners and the two cuts, 12-2859-1368 the fourth
    const { start } = buildings.polygons.rings
    expect(start[ring + 1]! - start[ring]!).toBe(4)
  })

  test('default: the footprint area is that of the reference file by another method, to 0.1 % (skipped without it)', () => {
    const file = referenceFile('cities/astana.geojson.gz')
    if (!file) return console.log('skipped: no reference data')
    const { features } = JSON.parse(new TextDecoder().decode(file.bytes)) as {
      features: { properties: Record<string, string>; geometry: { type: string; coordinates: never } }[]
    }
    let expected = 0
    for (const { properties, geometry } of features) {
      if (!properties.building) continue
      const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
      if (geometry.type === 'Point') continue
      for (const [outer, ...holes] of polygons as number[][][][]) {
        expected += ringAreaM2(outer!) - holes.reduce((sum, hole) => sum + ringAreaM2(hole), 0)
      }
    }
    let found = 0
    for (let i = 0; i < buildings.count; i++) {
      const isRest = buildings.parent[i]! >= 0 && buildings.osm.id[i] === buildings.osm.id[buildings.parent[i]!]
      if (!isRest && tagOf(buildings.tags, i, 'building')) found += buildings.footprintM2[i]!
    }
    expect(expected).toBeGreaterThan(1e7)
    expect(Math.abs(found / expected - 1)).toBeLessThan(0.001)
  })

  test('default: heights say where they come from', () => {
    const bySource = HEIGHT_SOURCES.map((_, s) => buildings.heightSource.reduce((n, v) => n + (v === s ? 1 : 0), 0))
    expect(bySource[0]).toBeGreaterThanOrEqual(14) // five height tags and ten with the old prefix, one of them above levels
    expect(bySource[1]).toBeGreaterThan(20_000)
    expect(bySource.reduce((a, b) => a + b)).toBe(buildings.count)
    for (let i = 0; i < buildings.count; i++) {
      expect(buildings.heightM[i]!).toBeGreaterThan(buildings.minHeightM[i]!)
      if (buildings.heightSource[i] === 2 && buildings.parent[i]! < 0) {
        // what is estimated are the walls
        const roof = readRoof((key) => tagOf(buildings.tags, i, key), buildings.footprintM2[i]!)
        expect(buildings.heightM[i]! - roof.heightM).toBeLessThanOrEqual(30 + 1e-5)
      }
    }
  })

  test('default: the skyline around Bayterek', () => {
    const at = (id: number) => buildings.osm.id.indexOf(id)
    const height = (id: number) => buildings.heightM[at(id)]!
    expect(height(230401645)).toBe(97) // the column
    expect(height(230401644)).toBe(105) // the sphere on it …
    expect(buildings.minHeightM[at(230401644)]!).toBeCloseTo(105 - 2 * Math.sqrt(371 / Math.PI), 0) // … round
    expect(buildings.hasParts[at(230401645)]).toBe(0)
    expect(height(166197368)).toBe(77) // Palace of Peace
    expect(height(108292453)).toBeGreaterThan(130) // Khan Shatyr with its tent
    expect(buildings.hasParts[at(507953472)]).toBe(1) // its stepped likeness gives way
    expect(height(230361899)).toBe(210)
  })

  test('default: parts know their building, and outlines that parts cover step back', () => {
    for (let i = 0; i < buildings.count; i++) {
      const parent = buildings.parent[i]!
      if (parent < 0) continue
      expect(parent).not.toBe(i)
      expect(tagOf(buildings.tags, parent, 'building')).toBeDefined()
    }
    expect(buildings.hasParts.reduce((a, b) => a + b)).toBeGreaterThan(60)
  })

  test('default: roads are joined, classed and wide enough to be seen', () => {
    expect(counts.roadsJoined).toBe(10_176)
    const rails = roads.class.reduce((n, c) => n + (c === ROAD_CLASSES.indexOf('rail') ? 1 : 0), 0)
    expect(rails).toBeGreaterThan(280)
    expect(roads.count - rails).toBeGreaterThanOrEqual(10_176 - 20)
    expect(Math.min(...roads.widthM)).toBeGreaterThanOrEqual(0.5)
    expect(Math.max(...roads.widthM)).toBeLessThanOrEqual(60)
  })

  test('default: power lines of 110, 220 and 500 kV, substations by point and by area', () => {
    const volts = [...new Set(city.powerLines.voltageV)].sort((a, b) => a - b)
    expect(volts).toEqual([110_000, 220_000, 500_000, NaN])
    expect(counts.powerLinesJoined).toBe(38)
    const kind = POINT_KINDS.indexOf('substation')
    expect(points.kind.reduce((n, k) => n + (k === kind ? 1 : 0), 0)).toBe(10)
  })

  test('behavior: progress rises to the end in small steps, and the date is the newest edit', () => {
    const seen: number[] = []
    const { city: again } = finish(osmQa.read(astanaTiles().slice(0, 4)), (f) => seen.push(f))
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.length).toBeGreaterThan(100)
    expect(again.meta.dataDate <= city.meta.dataDate).toBe(true)
    expect(city.meta.dataDate).toBe(new Date(direct.newest * 1000).toISOString().slice(0, 10))
  })

  test('behavior: the caller may fix the origin, title and clock', () => {
    const meta = { title: 'Astana', originLatDeg: 51.12828, originLonDeg: 71.43051, utcOffsetH: 5 }
    const { city: named } = finish(osmQa.read(astanaTiles().slice(5, 7), { meta }))
    expect(named.meta).toMatchObject(meta)
    const bayterek = named.buildings.osm.id.indexOf(230401645)
    expect(Math.hypot(named.buildings.centreXM[bayterek]!, named.buildings.centreYM[bayterek]!)).toBeLessThan(2)
  })
})
