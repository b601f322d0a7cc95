import { describe, expect, test } from 'vitest'
import { finish } from '../../../src/base/steps.ts'
import { readCity } from '../../../src/formats/readCity.ts'
import { CLEARANCE_M, lineShapeOf, SAG_PER_M2 } from '../../../src/mesh/power/lineShape.ts'
import { runPowerMesh } from '../../../src/mesh/power.ts'
import { POINT_KINDS } from '../../../src/model/city.ts'
import { readAstana } from '../../support/cityFiles.ts'
import { collection, feature, near } from '../../support/featureCollection.ts'

const meta = { originLatDeg: 51.128, originLonDeg: 71.43 }
const road = feature('way/1', { highway: 'service' }, { type: 'LineString', coordinates: [near(0, 0), near(9, 9)] })
const line = (tags: object, ...places: [number, number][]) =>
  feature('way/2', { power: 'line', ...tags }, { type: 'LineString', coordinates: places.map(([x, y]) => near(x, y)) })
const tower = (id: number, x: number, y: number, power = 'tower') =>
  feature(`node/${id}`, { power }, { type: 'Point', coordinates: near(x, y) })
const meshOf = (...features: unknown[]) =>
  finish(runPowerMesh(finish(readCity([collection(road, ...features)], { meta })).city))

describe('runPowerMesh', () => {
  test('default: a span of 300 m hangs as a parabola, lowest in the middle, by w·L²/8H', () => {
    const { wirePosition, wireLine, towers } = meshOf(line({ voltage: '220000', circuits: '2' }, [0, 0], [300, 0]))
    const shape = lineShapeOf(220_000, 2)
    expect(shape.wires.length).toBe(7)
    expect(wireLine.length).toBe(wirePosition.length / 3)
    const heights = [...wirePosition].filter((_, i) => i % 3 === 1)
    const lowest = Math.min(...shape.wires.map((w) => w.heightShare)) * shape.heightM
    expect(Math.min(...heights)).toBeCloseTo(lowest - SAG_PER_M2.value * 300 * 300, 0)
    expect(SAG_PER_M2.value * 300 * 300).toBeGreaterThan(4) // about 5 m, as such spans have
    expect(SAG_PER_M2.value * 300 * 300).toBeLessThan(7)
    // each wire is one run: segment after segment, end to start
    for (let s = 0; s + 6 < 60; s += 6)
      expect([...wirePosition.slice(s + 3, s + 6)]).toEqual([...wirePosition.slice(s + 6, s + 9)])
    expect(towers.count).toBe(2)
    expect([...towers.point]).toEqual([-1, -1])
  })
  test('behavior: no wire comes nearer to the ground than it may, however long the span', () => {
    const { wirePosition } = meshOf(line({ voltage: '110000' }, [0, 0], [1500, 0]))
    expect(Math.min(...[...wirePosition].filter((_, i) => i % 3 === 1))).toBeCloseTo(CLEARANCE_M, 5)
  })
  test('behavior: mapped towers stand where they are mapped, once, turned with their line; others stand alone', () => {
    const { towers } = meshOf(
      line({ voltage: '500000' }, [0, 0], [0, 300], [0, 600]),
      tower(1, 0, 0),
      tower(2, 0, 300),
      tower(3, 500, 500),
      tower(4, 600, 500, 'pole'),
    )
    expect(towers.count).toBe(5)
    expect([...towers.point].sort()).toEqual([-1, 0, 1, 2, 3])
    expect(towers.headingRad[0]).toBeCloseTo(Math.PI / 2, 3)
    expect([...towers.heightM]).toEqual([45, 45, 45, 27, 11])
    expect([...towers.line]).toEqual([0, 0, 0, -1, -1])
    expect(towers.voltageV[3]).toBeNaN()
  })
  test('default: higher voltage, taller tower', () => {
    const heights = [10_000, 35_000, 110_000, 220_000, 330_000, 500_000].map((v) => lineShapeOf(v, 1).heightM)
    expect(heights).toEqual([...heights].sort((a, b) => a - b))
    expect(lineShapeOf(NaN, 0)).toEqual(lineShapeOf(110_000, 1))
  })
  test('default: Astana: all 668 towers, 40 poles, wires on every line', () => {
    const { city } = readAstana()
    const { towers, wireLine, wirePosition } = finish(runPowerMesh(city))
    const mapped = new Set(towers.point.filter((p) => p >= 0))
    const wanted = [...city.points.kind.keys()].filter((p) =>
      ['power-tower', 'power-pole'].includes(POINT_KINDS[city.points.kind[p]!]!),
    )
    expect(wanted.length).toBe(708)
    expect(wanted.filter((p) => !mapped.has(p))).toEqual([])
    expect(mapped.size).toBe(708)
    expect(new Set(wireLine).size).toBe(city.powerLines.count)
    expect(wirePosition.every(Number.isFinite)).toBe(true)
  })
})
