import { describe, expect, test } from 'vitest'
import { finish } from '../../../src/base/steps.ts'
import { readCity } from '../../../src/formats/readCity.ts'
import { AREA_KINDS, BUILDING_USES, POINT_KINDS, ROAD_CLASSES, tagsOf } from '../../../src/model/city.ts'
import { boxRing, building, collection, feature, near, ringOf } from '../../support/featureCollection.ts'

const read = (...features: unknown[]) => finish(readCity([collection(...features)]))
const codes = (found: ReturnType<typeof read>) => found.findings.map((f) => f.code).sort()
const line = (id: string, tags: object, ...places: [number, number][]) =>
  feature(id, { ...tags }, { type: 'LineString', coordinates: places.map(([x, y]) => near(x, y)) })

describe('outlines', () => {
  test('default: area, centroid, ring without its first vertex repeated, counter-clockwise', () => {
    const { city } = read(building('way/7', {}, boxRing(0, 0, 20, 10).reverse()))
    const { buildings: b } = city
    expect(b.footprintM2[0]).toBeCloseTo(200, -1)
    expect(b.polygons.rings.start[1]).toBe(4)
    const { xM, yM } = b.polygons.rings
    let twice = 0
    for (let i = 0; i < 4; i++) twice += xM[i]! * yM[(i + 1) % 4]! - xM[(i + 1) % 4]! * yM[i]!
    expect(twice / 2).toBeCloseTo(b.footprintM2[0]!, 3)
  })
  test('default: holes are cut, in whichever sense they run', () => {
    for (const hole of [boxRing(5, 5, 4, 4), boxRing(5, 5, 4, 4).reverse()]) {
      const { city } = read(building('way/7', {}, boxRing(0, 0, 20, 20), hole))
      expect(city.buildings.footprintM2[0]).toBeCloseTo(384, -1)
      expect([...city.buildings.polygons.start]).toEqual([0, 2])
    }
  })
  test('behavior: pieces of one id become one polygon without the cut; overlapping and repeated pieces count once', () => {
    const left = building('way/9', { height: '12' }, boxRing(0, 0, 10, 10))
    const right = building('way/9', { height: '12' }, boxRing(10, 0, 15, 10))
    const over = building('way/9', { height: '12' }, boxRing(8, 0, 17, 10))
    for (const pieces of [
      [left, right],
      [left, over],
      [left, right, left],
      [right, left, over],
    ]) {
      const { city, counts } = read(...pieces)
      expect(city.buildings.count).toBe(1)
      expect(counts).toMatchObject({ buildings: 1, buildingRecords: pieces.length })
      expect(city.buildings.footprintM2[0]).toBeCloseTo(250, -1)
      expect(city.buildings.polygons.rings.start[1]).toBe(4)
    }
  })
  test('behavior: an outline that crosses itself is mended, and said so', () => {
    const bow = building('way/3', {}, ringOf([0, 0], [20, 20], [20, 0], [0, 20]))
    const found = read(bow)
    expect(codes(found)).toEqual(['RING_MENDED'])
    expect(found.city.buildings.polygonStart[1]).toBe(2)
    expect(found.city.buildings.footprintM2[0]).toBeCloseTo(200, -1)
  })
  test('behavior: no area, too few corners, repeated corners and no geometry are left out, each with a finding', () => {
    const road = line('way/1', { highway: 'service' }, [0, 0], [9, 9])
    const spike = ringOf([0, 0], [20, 0])
    const found = read(
      road,
      building('way/2', {}, spike),
      building('way/3', {}, ringOf([5, 5], [5, 5], [5, 5])),
      building('way/4', {}, boxRing(0, 0, 0.2, 0.2)),
      { type: 'Feature', id: 'way/5', properties: { building: 'yes' }, geometry: null },
      building('way/6', {}, [[71.43, NaN] as never, ...boxRing(0, 0, 1, 1)]),
      building('way/8', {}, [[713, 51], ...boxRing(0, 0, 1, 1)]),
    )
    expect(found.city.buildings.count).toBe(0)
    expect(codes(found)).toEqual(['BAD_COORDINATES', 'NO_GEOMETRY', 'ZERO_AREA'])
    expect(found.findings.find((f) => f.code === 'ZERO_AREA')?.count).toBe(3)
  })
  test('behavior: a stray on another continent does not move the origin', () => {
    const found = read(
      ...[0, 30, 60, 90].map((x, i) => building(`way/${i + 1}`, {}, boxRing(x, 0, 10, 10))),
      feature(
        'way/99',
        { building: 'yes' },
        {
          type: 'Polygon',
          coordinates: [
            [
              [0, 0],
              [0.001, 0],
              [0.001, 0.001],
              [0, 0],
            ],
          ],
        },
      ),
    )
    expect(codes(found)).toEqual(['FAR_AWAY'])
    expect(found.city.meta.originLatDeg).toBeCloseTo(51.128, 2)
    expect(found.city.buildings.count).toBe(4)
  })
  test('behavior: underground, as a point, or with an open line: never drawn, always said', () => {
    const found = read(
      building('way/1', {}, boxRing(0, 0, 9, 9)),
      building('way/2', { layer: '-1' }, boxRing(20, 0, 9, 9)),
      building('way/3', { location: 'underground' }, boxRing(40, 0, 9, 9)),
      feature('node/4', { building: 'yes' }, { type: 'Point', coordinates: near(5, 50) }),
      line('way/5', { building: 'yes' }, [0, 0], [9, 0], [9, 9]),
      feature(
        'way/6',
        { amenity: 'parking', parking: 'underground' },
        { type: 'Polygon', coordinates: [boxRing(0, 60, 9, 9)] },
      ),
    )
    expect(found.city.buildings.count).toBe(1)
    expect(found.counts).toMatchObject({ buildings: 5, buildingsWithoutOutline: 2 })
    expect(codes(found)).toEqual(['NO_OUTLINE', 'UNDERGROUND', 'UNDERGROUND'])
  })
})

describe('heights', () => {
  const heightOf = (tags: Record<string, unknown>) => {
    const { city, findings } = read(building('way/1', tags, boxRing(0, 0, 20, 20)))
    const { heightM, minHeightM, heightSource, levels } = city.buildings
    return {
      top: heightM[0],
      bottom: minHeightM[0],
      source: heightSource[0],
      levels: levels[0],
      codes: findings.map((f) => f.code),
    }
  }
  test.each([
    [{ height: '21.5', 'building:levels': '3' }, 21.5, 0, 0],
    [{ height: '12 m' }, 12, 0, 0],
    [{ height: "40'" }, 12.192, 0, 0],
    [{ 'building:height': '8' }, 8, 0, 0],
    [{ 'building:levels': '5' }, 15.5, 0, 1],
    [{ building: 'office', 'building:levels': '10' }, 39, 0, 1],
    [{ building: 'apartments', 'building:levels': '9' }, 27.9, 0, 1],
    [{ building: 'apartments', 'building:levels': '9', 'building:min_level': '2' }, 27.9, 6.2, 1],
    [{ height: '30', min_height: '10' }, 30, 10, 0],
    [{ height: '30', 'building:levels': '10', 'building:min_level': '2' }, 30, 6, 0],
    [{ building: 'apartments', 'building:levels': '4', 'roof:shape': 'pyramidal', 'roof:height': '6' }, 18.4, 0, 1],
    [{ height: '77', 'roof:shape': 'pyramidal', 'roof:height': '62' }, 77, 0, 0],
  ])('default: %o', (tags, top, bottom, source) => {
    const found = heightOf(tags)
    expect(found.top).toBeCloseTo(top, 4)
    expect(found.bottom).toBeCloseTo(bottom, 4)
    expect(found.source).toBe(source)
    expect(found.codes).toEqual([])
  })
  test.each([
    [{ 'building:levels': '5000' }, 'LEVELS_ABSURD'],
    [{ 'building:levels': '-2' }, 'LEVELS_ABSURD'],
    [{ 'building:levels': 'many' }, 'LEVELS_ABSURD'],
    [{ height: '88888' }, 'HEIGHT_ABSURD'],
    [{ height: '0' }, 'HEIGHT_ABSURD'],
    [{ height: 'tall' }, 'HEIGHT_ABSURD'],
    [{ height: '10', min_height: '12' }, 'MIN_ABOVE_TOP'],
    [{ 'building:levels': '2', 'building:min_level': '4' }, 'MIN_ABOVE_TOP'],
  ])('behavior: %o is not believed, and said so', (tags, code) => {
    const found = heightOf(tags)
    expect(found.codes).toEqual([code])
    expect(found.top!).toBeGreaterThan(found.bottom!)
    expect(found.top!).toBeLessThan(40)
  })
  test('behavior: an unknown height is that of its like around it', () => {
    const row = (x: number, tags: Record<string, unknown>, size = 12) =>
      building(`way/${x + 1000}`, tags, boxRing(x, 0, size, 10))
    const homes = [0, 20, 40, 60, 80].map((x) => row(x, { 'building:levels': '2' }))
    const { city } = read(...homes, row(100, {}), row(140, { 'building:levels': '30' }, 60))
    expect(city.buildings.heightM[5]).toBeCloseTo(6.2, 4)
    expect(city.buildings.heightSource[5]).toBe(2)
  })
  test('behavior: beside towers nothing is guessed to be one', () => {
    const towers = [0, 40, 80].map((x, i) => building(`way/${i + 1}`, { height: '140' }, boxRing(x, 0, 20, 20)))
    const { city } = read(...towers, building('way/9', {}, boxRing(120, 0, 20, 20)))
    expect(city.buildings.heightM[3]).toBe(30)
  })
})

describe('parts', () => {
  const outline = building('way/1', { 'building:levels': '2' }, boxRing(0, 0, 40, 20))
  const partOf = (id: string, tags: Record<string, unknown>, x: number, width: number) =>
    feature(id, { 'building:part': 'yes', ...tags }, { type: 'LineString', coordinates: boxRing(x, 0, width, 20) })

  test('default: parts that fill the outline replace it; a closed line is as good as an area', () => {
    const { city, counts } = read(
      outline,
      partOf('way/2', { height: '9' }, 0, 20),
      partOf('way/3', { height: '30' }, 20, 20),
    )
    expect([...city.buildings.parent]).toEqual([-1, 0, 0])
    expect([...city.buildings.hasParts]).toEqual([1, 0, 0])
    expect(counts).toMatchObject({ buildings: 1, buildingParts: 2 })
  })
  test('behavior: what parts leave uncovered stays, as high as the outline says', () => {
    const { city } = read(outline, partOf('way/3', { height: '30' }, 20, 20))
    const { buildings: b } = city
    expect(b.count).toBe(3)
    expect([...b.parent]).toEqual([-1, 0, 0])
    expect([...b.hasParts]).toEqual([1, 0, 0])
    expect(b.osm.id[2]).toBe(1)
    expect(b.footprintM2[2]).toBeCloseTo(400, -1)
    expect(b.heightM[2]).toBeCloseTo(6.2, 4)
  })
  test('behavior: a part in the air leaves the outline standing', () => {
    const { city } = read(outline, partOf('way/3', { height: '30', min_height: '12' }, 0, 40))
    expect([...city.buildings.hasParts]).toEqual([0, 0])
  })
  test('behavior: a part without height takes its building’s; one without a building stands alone', () => {
    const { city } = read(outline, partOf('way/2', {}, 0, 40), partOf('way/3', { height: '5' }, 200, 20))
    expect(city.buildings.heightM[1]).toBeCloseTo(6.2, 4)
    expect([...city.buildings.parent]).toEqual([-1, 0, -1])
  })
  test('behavior: a sphere is round: its underside follows from its top', () => {
    const { city } = read(
      building('way/1', { height: '97' }, boxRing(0, 0, 12, 12)),
      partOf('way/2', { height: '105', 'building:min_level': '30', 'building:shape': 'sphere' }, -5, 22),
    )
    const { heightM, minHeightM, footprintM2 } = city.buildings
    expect(heightM[1]! - minHeightM[1]!).toBeCloseTo(2 * Math.sqrt(footprintM2[1]! / Math.PI), 3)
  })
})

describe('the rest of the city', () => {
  const found = read(
    building('way/1', { building: 'school' }, boxRing(0, 0, 30, 30)),
    building('way/2', { amenity: 'hospital', 'building:colour': '#16588D' }, boxRing(50, 0, 30, 30)),
    line('way/10', { highway: 'primary', lanes: '4' }, [0, -10], [50, -10], [100, -10]),
    line('way/10', { highway: 'primary', lanes: '4' }, [100, -10], [200, -10]),
    line('way/11', { highway: 'residential', oneway: 'yes' }, [0, -40], [50, -40]),
    line('way/12', { highway: 'footway' }, [0, -60], [50, -60]),
    line('way/13', { railway: 'rail' }, [0, -80], [50, -80]),
    line('way/14', { highway: 'proposed' }, [0, -90], [50, -90]),
    line('way/15', { power: 'line', voltage: '220000;110000', circuits: '2' }, [0, 200], [300, 210]),
    line('way/16', { power: 'minor_line', voltage: '10 kV' }, [0, 220], [300, 230]),
    feature('way/20', { natural: 'water' }, { type: 'Polygon', coordinates: [boxRing(0, 100, 40, 40)] }),
    feature('way/21', { power: 'substation' }, { type: 'Polygon', coordinates: [boxRing(100, 100, 40, 40)] }),
    feature('node/30', { power: 'tower' }, { type: 'Point', coordinates: near(0, 200) }),
    feature('node/31', { natural: 'tree' }, { type: 'Point', coordinates: near(5, 90) }),
    feature('node/32', { amenity: 'cafe', name: 'Ata‑Su\u0000mar' }, { type: 'Point', coordinates: near(5, 95) }),
    feature('node/33', {}, { type: 'Point', coordinates: near(6, 95) }),
  )
  const { city, counts } = found
  test('default: use, colour', () => {
    expect([...city.buildings.use].map((u) => BUILDING_USES[u])).toEqual(['school', 'hospital'])
    expect([...city.buildings.colour]).toEqual([0, 0x16588d + 1])
  })
  test('default: roads joined, classed, as wide as their lanes', () => {
    expect([...city.roads.class].map((c) => ROAD_CLASSES[c])).toEqual(['primary', 'street', 'foot', 'rail'])
    expect([...city.roads.widthM].map((w) => Math.round(w * 10) / 10)).toEqual([14, 4.5, 2, 2.6])
    expect(city.roads.lines.start[1]).toBe(3) // the joint stood on a straight line
    expect(counts).toMatchObject({ roads: 5, roadsJoined: 4, railways: 1 })
  })
  test('default: power lines with their highest voltage; a substation is an area and a point', () => {
    expect([...city.powerLines.voltageV]).toEqual([220_000, 10_000])
    expect([...city.powerLines.circuits]).toEqual([2, 0])
    expect([...city.areas.kind].map((k) => AREA_KINDS[k])).toEqual(['water', 'substation'])
    expect([...city.points.kind].map((k) => POINT_KINDS[k])).toEqual(['substation', 'power-tower', 'tree', 'food'])
    expect(counts).toMatchObject({ substations: 1, powerTowers: 1, powerLines: 2, trees: 1, points: 4, areas: 2 })
  })
  test('behavior: every tag is kept, control characters are not', () => {
    expect(tagsOf(city.points.tags, 3)).toEqual({ amenity: 'cafe', name: 'Ata‑Su mar' })
    expect(tagsOf(city.roads.tags, 0)).toEqual({ highway: 'primary', lanes: '4' })
  })
})
