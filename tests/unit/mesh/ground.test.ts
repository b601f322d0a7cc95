import { describe, expect, test } from 'vitest'
import { finish } from '../../../src/base/steps.ts'
import { readCity } from '../../../src/formats/readCity.ts'
import { areaSizes } from '../../../src/mesh/areaOrder.ts'
import { runAreaMesh } from '../../../src/mesh/ground/areas.ts'
import { runRoadMesh } from '../../../src/mesh/ground/roads.ts'
import { runGroundMesh } from '../../../src/mesh/ground.ts'
import { AREA_KINDS, ROAD_CLASSES, tagOf } from '../../../src/model/city.ts'
import { readAstana } from '../../support/cityFiles.ts'
import { boxRing, collection, feature, near } from '../../support/featureCollection.ts'

const meta = { originLatDeg: 51.128, originLonDeg: 71.43 }
const read = (...features: unknown[]) => finish(readCity([collection(...features)], { meta })).city
const road = (id: string, tags: Record<string, string>, ...places: [number, number][]) =>
  feature(id, tags, { type: 'LineString', coordinates: places.map(([x, y]) => near(x, y)) })

interface FlatMesh {
  readonly position: Float32Array
  readonly index: ArrayLike<number>
}

/** Area of each triangle seen from above, north up: positive when it faces up. */
function areasOf({ position: p, index }: FlatMesh): number[] {
  const areas: number[] = []
  for (let t = 0; t < index.length; t += 3) {
    const [a, b, c] = [2 * index[t]!, 2 * index[t + 1]!, 2 * index[t + 2]!]
    areas.push(((p[b]! - p[a]!) * -(p[c + 1]! - p[a + 1]!) + (p[b + 1]! - p[a + 1]!) * (p[c]! - p[a]!)) / 2)
  }
  return areas
}
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

describe('ground of Astana', () => {
  const { city } = readAstana()
  const { areas, roads } = finish(runGroundMesh(city))

  test('default: areas have the area that is mapped, face up, and are painted large and low first', () => {
    const triangles = areasOf(areas)
    expect(Math.min(...triangles)).toBeGreaterThan(-1e-3)
    const sizes = areaSizes(city)
    expect(sum(triangles) / sum([...sizes])).toBeCloseTo(1, 5)
    const painted: number[] = []
    for (let t = 0; t < areas.index.length; t += 3) {
      const feature = areas.feature[areas.index[t]!]!
      expect(areas.kind[areas.index[t]!]).toBe(city.areas.kind[feature])
      if (painted.at(-1) !== feature) painted.push(feature)
    }
    expect(new Set(painted).size).toBe(painted.length)
    const water = AREA_KINDS.indexOf('water')
    const low = AREA_KINDS.indexOf('industrial')
    const kinds = painted.map((a) => city.areas.kind[a])
    expect(kinds.lastIndexOf(low)).toBeLessThan(kinds.indexOf(water))
    const waters = painted.filter((a) => city.areas.kind[a] === water).map((a) => sizes[a]!)
    expect(waters).toEqual([...waters].sort((a, b) => b - a))
  })

  test('default: every road on the surface has its ribbon, foot paths first, rails last', () => {
    const seen = new Set(roads.feature)
    for (let r = 0; r < city.roads.count; r++) {
      const tunnel = tagOf(city.roads.tags, r, 'tunnel')
      if (!tunnel && !tagOf(city.roads.tags, r, 'layer')) expect(seen.has(r)).toBe(true)
      if (tunnel === 'yes') expect(seen.has(r)).toBe(false)
    }
    expect(ROAD_CLASSES[roads.class[roads.index[0]!]!]).toBe('foot')
    expect(ROAD_CLASSES[roads.class[roads.index[roads.index.length - 1]!]!]).toBe('rail')
  })

  test('behavior: ribbons are as large as length × width, and face up but for the inner side of tight bends', () => {
    const triangles = areasOf(roads)
    const { lines, widthM } = city.roads
    let expected = 0
    for (const r of new Set(roads.feature)) {
      for (let v = lines.start[r]! + 1; v < lines.start[r + 1]!; v++) {
        expected += widthM[r]! * Math.hypot(lines.xM[v]! - lines.xM[v - 1]!, lines.yM[v]! - lines.yM[v - 1]!)
      }
    }
    const turned = sum(triangles.filter((area) => area < 0))
    expect(sum(triangles) / expected).toBeGreaterThan(0.99)
    expect(sum(triangles) / expected).toBeLessThan(1.01)
    expect(-turned / expected).toBeLessThan(0.003)
  })
})

describe('ribbons', () => {
  const meshOf = (...places: [number, number][]) =>
    finish(runRoadMesh(read(road('way/1', { highway: 'service', width: '4' }, ...places))))
  test('default: a straight road is one rectangle, and counts its metres', () => {
    const mesh = meshOf([0, 0], [100, 0])
    expect(mesh.triangleCount).toBe(2)
    expect(sum(areasOf(mesh))).toBeCloseTo(400, 0)
    expect(mesh.along[0]).toBe(0)
    expect(mesh.along[2]).toBeCloseTo(100, 0)
    expect([...mesh.across]).toEqual([-127, 127, -127, 127])
    // left of the way east is north, which is -z
    expect(mesh.position[1]!).toBeLessThan(mesh.position[3]!)
  })
  test('behavior: a right angle is mitred, a hairpin is cut square, a roundabout closes', () => {
    expect(sum(areasOf(meshOf([0, 0], [50, 0], [50, 50])))).toBeCloseTo(400, 0)
    const hairpin = meshOf([0, 0], [50, 0], [0, 1])
    expect(Math.max(...hairpin.position)).toBeLessThan(55)
    const ring = meshOf([0, 0], [40, 0], [40, 40], [0, 40], [0, 0])
    expect(sum(areasOf(ring))).toBeCloseTo(640, 0)
    expect(ring.position.slice(0, 2)).toEqual(ring.position.slice(-4, -2))
  })
  test('behavior: tunnels are not drawn, passages through buildings are', () => {
    const city = read(
      road('way/1', { highway: 'primary', tunnel: 'yes' }, [0, 0], [50, 0]),
      road('way/2', { highway: 'primary', layer: '-1' }, [0, 10], [50, 10]),
      road('way/3', { highway: 'service', tunnel: 'building_passage' }, [0, 20], [50, 20]),
    )
    expect([...new Set(finish(runRoadMesh(city)).feature)]).toEqual([2])
  })
  test('behavior: no areas, no roads, no triangles', () => {
    const city = read(feature('way/1', { building: 'yes' }, { type: 'Polygon', coordinates: [boxRing(0, 0, 9, 9)] }))
    expect(finish(runAreaMesh(city)).triangleCount).toBe(0)
    expect(finish(runRoadMesh(city)).triangleCount).toBe(0)
  })
})
