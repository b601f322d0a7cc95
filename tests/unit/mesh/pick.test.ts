import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../src/base/random.ts'
import { finish } from '../../../src/base/steps.ts'
import { readCity } from '../../../src/formats/readCity.ts'
import { runBuildingChunks } from '../../../src/mesh/buildingChunks.ts'
import { readVertex } from '../../../src/mesh/buildings/vertex.ts'
import { type RayHit, ROOF } from '../../../src/mesh/pick/rayPrism.ts'
import {
  areaKindAt,
  type BuildingHit,
  buildingAt,
  createPickIndex,
  hitBuilding,
  isWater,
  type PickIndex,
  pickBuilding,
  toBuildingHit,
  toLocalRay,
} from '../../../src/mesh/pick.ts'
import type { City } from '../../../src/model/city.ts'
import { readAstana } from '../../support/cityFiles.ts'
import { boxRing, building, collection, feature, ringOf } from '../../support/featureCollection.ts'

type Triple = [number, number, number]

/** Every building tried, no tree. */
function pickAmongAll(index: PickIndex, city: City, origin: Triple, direction: Triple): BuildingHit | null {
  const ray = toLocalRay(origin, direction)
  const hit: RayHit = { t: Infinity, face: ROOF }
  let found = -1
  for (const b of index.building) if (hitBuilding(index, city, b, ray, hit)) found = b
  return found < 0
    ? null
    : toBuildingHit(found, hit, Math.sqrt(direction[0] ** 2 + direction[2] ** 2 + direction[1] ** 2))
}

function seededRay(random: ReturnType<typeof createRandom>, spreadM: number): [Triple, Triple] {
  const at = () => (random.next() - 0.5) * spreadM
  const origin: Triple = [at(), 1 + random.next() ** 3 * 1500, at()]
  const kind = random.next()
  if (kind < 0.05) return [origin, [0, -1, 0]]
  if (kind < 0.1)
    return [
      [origin[0], random.next() * 60, origin[2]],
      [random.next() - 0.5, 0, random.next() - 0.5],
    ]
  const target: Triple = [origin[0] + at() * 0.2, random.next() * 40, origin[2] + at() * 0.2]
  return [origin, [target[0] - origin[0], target[1] - origin[1], target[2] - origin[2]]]
}

describe('pickBuilding on Astana', () => {
  const { city } = readAstana()
  const index = createPickIndex(city)

  test('default: 1,000 seeded rays meet what trying every building meets, to the last bit (seed "pick")', () => {
    const random = createRandom('pick')
    let hits = 0
    const faces = new Set<string>()
    for (let i = 0; i < 1000; i++) {
      const [origin, direction] = seededRay(random, 6_000)
      const found = pickBuilding(index, city, origin, direction)
      expect(found).toEqual(pickAmongAll(index, city, origin, direction))
      if (found) {
        hits++
        faces.add(found.on)
      }
    }
    expect(hits).toBeGreaterThan(300)
    expect(faces).toContain('roof')
    expect(faces).toContain('wall')
  })

  test('behavior: 200 seeded rays meet the triangles that are drawn (seed "drawn")', () => {
    const chunks: Parameters<NonNullable<NonNullable<Parameters<typeof runBuildingChunks>[1]>['onChunk']>>[0][] = []
    finish(runBuildingChunks(city, { onChunk: (chunk) => void chunks.push(chunk) }))
    const places = chunks.map((chunk) => {
      const place = new Float64Array(3 * chunk.feature.length)
      const out = new Float64Array(3)
      for (let v = 0; v < chunk.feature.length; v++) {
        readVertex(chunk, v, out)
        place.set(out, 3 * v)
      }
      return place
    })
    const random = createRandom('drawn')
    let differ = 0
    for (let i = 0; i < 200; i++) {
      const [origin, direction] = seededRay(random, 4000)
      let best = Infinity
      let feature = -1
      for (const [c, chunk] of chunks.entries()) {
        for (let k = 0; k < chunk.index.length; k += 3) {
          const t = hitTriangle(
            places[c]!,
            chunk.index[k]!,
            chunk.index[k + 1]!,
            chunk.index[k + 2]!,
            origin,
            direction,
          )
          if (t < best) {
            best = t
            feature = chunk.feature[chunk.index[k]!]!
          }
        }
      }
      const found = pickBuilding(index, city, origin, direction)
      const distance = best * Math.hypot(...direction)
      // drawn heights are rounded to 1/32 m: a grazing ray may tell
      if ((found?.building ?? -1) !== feature || (found && Math.abs(found.distanceM - distance) > 2)) differ++
    }
    expect(differ).toBeLessThanOrEqual(2)
  }, 60_000)

  test('behavior: the index crosses a thread and works there', () => {
    const there = structuredClone(index)
    const random = createRandom('thread')
    for (let i = 0; i < 50; i++) {
      const [origin, direction] = seededRay(random, 6000)
      expect(pickBuilding(there, city, origin, direction)).toEqual(pickBuilding(index, city, origin, direction))
    }
  })

  test('default: straight down onto every drawn thing: the highest building there', () => {
    const { buildings: b } = city
    for (let i = 0; i < b.count; i += 97) {
      const [x, y] = [b.centreXM[i]!, b.centreYM[i]!]
      const at = buildingAt(index, city, x, y)
      const down = pickBuilding(index, city, [x, 900, -y], [0, -1, 0])
      expect(down === null).toBe(at < 0)
      if (down && !index.solids.has(down.building)) {
        expect(b.heightM[at]).toBe(b.heightM[down.building])
        expect(down.distanceM).toBeCloseTo(900 - b.heightM[down.building]!, 3)
      }
    }
  })
})

/** Möller–Trumbore as in the textbook, front faces only. */
function hitTriangle(p: Float64Array, ia: number, ib: number, ic: number, o: Triple, d: Triple): number {
  const at = (i: number, k: number) => p[3 * i + k]!
  const e1 = [at(ib, 0) - at(ia, 0), at(ib, 1) - at(ia, 1), at(ib, 2) - at(ia, 2)] as const
  const e2 = [at(ic, 0) - at(ia, 0), at(ic, 1) - at(ia, 1), at(ic, 2) - at(ia, 2)] as const
  const h = [d[1] * e2[2] - d[2] * e2[1], d[2] * e2[0] - d[0] * e2[2], d[0] * e2[1] - d[1] * e2[0]] as const
  const a = e1[0] * h[0] + e1[1] * h[1] + e1[2] * h[2]
  if (a <= 0) return Infinity
  const s = [o[0] - at(ia, 0), o[1] - at(ia, 1), o[2] - at(ia, 2)] as const
  const u = (s[0] * h[0] + s[1] * h[1] + s[2] * h[2]) / a
  if (u < 0 || u > 1) return Infinity
  const q = [s[1] * e1[2] - s[2] * e1[1], s[2] * e1[0] - s[0] * e1[2], s[0] * e1[1] - s[1] * e1[0]] as const
  const v = (d[0] * q[0] + d[1] * q[1] + d[2] * q[2]) / a
  if (v < 0 || u + v > 1) return Infinity
  const t = (e2[0] * q[0] + e2[1] * q[1] + e2[2] * q[2]) / a
  return t >= 0 ? t : Infinity
}

describe('pickBuilding on a courtyard', () => {
  const ring = building('way/1', { height: '10' }, boxRing(-20, -20, 40, 40), boxRing(-8, -8, 16, 16))
  const bridge = building('way/2', { height: '20', min_height: '12' }, boxRing(-30, -5, 60, 10))
  const city = finish(readCity([collection(ring)], { meta: { originLatDeg: 51.128, originLonDeg: 71.43 } })).city
  const over = finish(
    readCity([collection(ring, bridge)], { meta: { originLatDeg: 51.128, originLonDeg: 71.43 } }),
  ).city
  const index = createPickIndex(city)
  const down = (x: number, north: number) => pickBuilding(index, city, [x, 50, -north], [0, -1, 0])

  test('default: roof, wall from outside, wall of the court from inside it', () => {
    expect(down(14, 0)).toEqual({ building: 0, distanceM: 40, on: 'roof' })
    expect(down(0, 0)).toBeNull()
    expect(pickBuilding(index, city, [0, 5, 60], [0, 0, -1])).toMatchObject({ building: 0, on: 'wall' })
    const court = pickBuilding(index, city, [0, 5, 0], [0, 0, -2])
    expect(court?.on).toBe('wall')
    expect(court!.distanceM).toBeCloseTo(8, 1)
  })
  test('behavior: rays that look away, end above, pass by, or have no direction meet nothing', () => {
    for (const [origin, direction] of [
      [
        [0, 5, 60],
        [0, 0, 1],
      ],
      [
        [0, 15, 60],
        [0, 0, -1],
      ],
      [
        [0, 15, 60],
        [0, 1, -1],
      ],
      [
        [50, 5, 60],
        [0, 0, -1],
      ],
      [
        [0, 5, 60],
        [0, 0, 0],
      ],
      [
        [0, 5, 60],
        [Number.NaN, 0, 0],
      ],
    ] as [Triple, Triple][]) {
      expect(pickBuilding(index, city, origin, direction)).toBeNull()
    }
  })
  test('behavior: a wide building whose box is met first does not hide a near one behind its corner', () => {
    const hook = building(
      'way/1',
      { height: '10' },
      ringOf([0, 90], [500, 90], [500, -10], [600, -10], [600, 110], [0, 110]),
    )
    const hut = building('way/2', { height: '10' }, boxRing(300, -5, 10, 10))
    const wide = finish(readCity([collection(hook, hut)], { meta: { originLatDeg: 51.128, originLonDeg: 71.43 } })).city
    const found = pickBuilding(createPickIndex(wide), wide, [-150, 5, 0], [1, 0, 0])
    expect(found?.building).toBe(1)
    expect(found!.distanceM).toBeCloseTo(450, 0)
  })
  test('behavior: from inside a building its own walls are not in the way', () => {
    expect(pickBuilding(index, city, [14, 5, 0], [1, 0, 0])).toBeNull()
  })
  test('behavior: below a bridge one sees its underside; above, its roof', () => {
    const both = createPickIndex(over)
    expect(pickBuilding(both, over, [0, 2, 0], [0, 1, 0])).toMatchObject({
      building: 1,
      distanceM: 10,
      on: 'underside',
    })
    expect(pickBuilding(both, over, [0, 50, 0], [0, -1, 0])).toMatchObject({ building: 1, on: 'roof' })
    expect(buildingAt(both, over, 14, 0)).toBe(1)
    expect(buildingAt(both, over, 14, 14)).toBe(0)
    expect(buildingAt(both, over, 0, 18)).toBe(0)
    expect(buildingAt(both, over, 90, 0)).toBe(-1)
  })
})

describe('ground at a place', () => {
  const area = (id: string, tags: Record<string, string>, ...rings: ReturnType<typeof boxRing>[]) =>
    feature(id, tags, { type: 'Polygon', coordinates: rings })
  const { city } = finish(
    readCity(
      [
        collection(
          building('way/1', {}, boxRing(500, 500, 9, 9)),
          area('way/2', { leisure: 'park' }, boxRing(-100, -100, 200, 200)),
          area('way/3', { natural: 'water' }, boxRing(-50, -50, 100, 100), boxRing(-10, -10, 20, 20)),
          area('way/4', { natural: 'wood' }, boxRing(-60, -60, 40, 40)),
        ),
      ],
      { meta: { originLatDeg: 51.128, originLonDeg: 71.43 } },
    ),
  )
  const index = createPickIndex(city)
  test('default: water on green on a park, an island in the water is park again', () => {
    expect(areaKindAt(index, city, 30, 30)).toBe('water')
    expect(areaKindAt(index, city, 0, 0)).toBe('park')
    expect(areaKindAt(index, city, -55, -55)).toBe('wood')
    expect(areaKindAt(index, city, -30, -30)).toBe('water')
    expect(areaKindAt(index, city, 80, 80)).toBe('park')
    expect(areaKindAt(index, city, 300, 300)).toBeNull()
    expect([isWater(index, city, 30, 30), isWater(index, city, 0, 0)]).toEqual([true, false])
  })
})
