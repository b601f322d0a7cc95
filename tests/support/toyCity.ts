import {
  AREA_KINDS,
  type AreaKind,
  BUILDING_USES,
  type BuildingUse,
  type City,
  POINT_KINDS,
  type PointKind,
  type Polygons,
  ROAD_CLASSES,
  type RoadClass,
  type Tags,
} from '../../src/model/city.ts'

type Point = readonly [xM: number, yM: number]
type TagList = Readonly<Record<string, string>>

/** A town written down by hand: what stands where, in metres around the origin. */
export interface ToyTown {
  readonly buildings?: readonly { ring: readonly Point[]; heightM: number; use: BuildingUse; tags?: TagList }[]
  readonly roads?: readonly { line: readonly Point[]; class: RoadClass; widthM: number; tags?: TagList }[]
  readonly areas?: readonly { ring: readonly Point[]; kind: AreaKind; tags?: TagList }[]
  readonly points?: readonly { at: Point; kind: PointKind; tags?: TagList }[]
}

/** A rectangle by its lower left corner, counter-clockwise. */
export const box = (x: number, y: number, width: number, depth: number): readonly Point[] => [
  [x, y],
  [x + width, y],
  [x + width, y + depth],
  [x, y + depth],
]

function packTags(all: readonly (TagList | undefined)[]): Tags {
  const words: string[] = []
  const start = [0]
  const key: number[] = []
  const value: number[] = []
  const wordAt = (word: string): number => {
    const known = words.indexOf(word)
    return known >= 0 ? known : words.push(word) - 1
  }
  for (const tags of all) {
    for (const [k, v] of Object.entries(tags ?? {})) {
      key.push(wordAt(k))
      value.push(wordAt(v))
    }
    start.push(key.length)
  }
  return { start: Uint32Array.from(start), key: Uint32Array.from(key), value: Uint32Array.from(value), words }
}

function packRings(rings: readonly (readonly Point[])[]) {
  const start = [0]
  for (const ring of rings) start.push(start[start.length - 1]! + ring.length)
  return {
    start: Uint32Array.from(start),
    xM: Float32Array.from(rings.flat(), ([x]) => x),
    yM: Float32Array.from(rings.flat(), ([, y]) => y),
  }
}

const upTo = (n: number): Uint32Array => Uint32Array.from({ length: n + 1 }, (_, i) => i)
const packPolygons = (rings: readonly (readonly Point[])[]): Polygons => ({
  start: upTo(rings.length),
  rings: packRings(rings),
})
const osm = (count: number, type: number) => ({
  id: Float64Array.from({ length: count }, (_, i) => 1000 + i),
  type: new Uint8Array(count).fill(type),
})
const ringArea = (ring: readonly Point[]): number =>
  Math.abs(
    ring.reduce((sum, [x, y], i) => {
      const [nx, ny] = ring[(i + 1) % ring.length]!
      return sum + x * ny - nx * y
    }, 0),
  ) / 2

/** Builds the columns of a hand-written town. Every polygon is one outer ring. */
export function aCity({ buildings = [], roads = [], areas = [], points = [] }: ToyTown): City {
  const count = buildings.length
  const middle = (ring: readonly Point[], axis: 0 | 1) => ring.reduce((sum, p) => sum + p[axis], 0) / ring.length
  return {
    meta: {
      id: 'toy',
      title: 'Toytown',
      originLatDeg: 51.1283,
      originLonDeg: 71.4305,
      boundsDeg: [71.3, 51, 71.6, 51.3],
      utcOffsetH: 5,
      dataDate: '2026-01-01',
      source: 'written by hand',
      licence: 'none',
      attribution: 'none',
    },
    buildings: {
      count,
      osm: osm(count, 1),
      polygonStart: upTo(count),
      polygons: packPolygons(buildings.map(({ ring }) => ring)),
      heightM: Float32Array.from(buildings, ({ heightM }) => heightM),
      minHeightM: new Float32Array(count),
      levels: new Float32Array(count).fill(NaN),
      heightSource: new Uint8Array(count),
      use: Uint8Array.from(buildings, ({ use }) => BUILDING_USES.indexOf(use)),
      parent: new Int32Array(count).fill(-1),
      hasParts: new Uint8Array(count),
      colour: new Uint32Array(count),
      footprintM2: Float32Array.from(buildings, ({ ring }) => ringArea(ring)),
      centreXM: Float32Array.from(buildings, ({ ring }) => middle(ring, 0)),
      centreYM: Float32Array.from(buildings, ({ ring }) => middle(ring, 1)),
      tags: packTags(buildings.map(({ tags }) => tags)),
    },
    roads: {
      count: roads.length,
      osm: osm(roads.length, 1),
      lines: packRings(roads.map(({ line }) => line)),
      class: Uint8Array.from(roads, (road) => ROAD_CLASSES.indexOf(road.class)),
      widthM: Float32Array.from(roads, ({ widthM }) => widthM),
      tags: packTags(roads.map(({ tags }) => tags)),
    },
    areas: {
      count: areas.length,
      osm: osm(areas.length, 1),
      polygonStart: upTo(areas.length),
      polygons: packPolygons(areas.map(({ ring }) => ring)),
      kind: Uint8Array.from(areas, ({ kind }) => AREA_KINDS.indexOf(kind)),
      tags: packTags(areas.map(({ tags }) => tags)),
    },
    powerLines: {
      count: 0,
      osm: osm(0, 1),
      lines: packRings([]),
      voltageV: new Float32Array(0),
      circuits: new Uint8Array(0),
      tags: packTags([]),
    },
    points: {
      count: points.length,
      osm: osm(points.length, 0),
      xM: Float32Array.from(points, ({ at }) => at[0]),
      yM: Float32Array.from(points, ({ at }) => at[1]),
      kind: Uint8Array.from(points, ({ kind }) => POINT_KINDS.indexOf(kind)),
      tags: packTags(points.map(({ tags }) => tags)),
    },
  }
}

const BLOCK_M = 200

/**
 * A town of square blocks around the origin: streets every 200 m, four houses to a block, here and there a tower, a school
 * with flat roof, a lot, a fuel station; a river across the north.
 */
export function aTown(blocks = 24): City {
  const half = (blocks * BLOCK_M) / 2
  const riverY = half * 0.5
  const buildings: Mutable<ToyTown['buildings']> = []
  const roads: Mutable<ToyTown['roads']> = []
  const areas: Mutable<ToyTown['areas']> = [
    { ring: box(-half - 500, riverY, 2 * half + 1000, 90), kind: 'water', tags: { name: 'River' } },
  ]
  const points: Mutable<ToyTown['points']> = []
  const grid = Array.from({ length: blocks + 1 }, (_, i) => i * BLOCK_M - half)
  grid.forEach((c, i) => {
    const wide = i % 6 === 0
    const shape = { class: wide ? ('primary' as const) : ('street' as const), widthM: wide ? 18 : 7 }
    roads.push({ line: grid.map((d) => [c, d] as const), ...shape, tags: { name: `Meridian ${i}` } })
    roads.push({ line: grid.map((d) => [d, c] as const), ...shape, tags: { name: `Parallel ${i}` } })
  })
  for (let bx = 0; bx < blocks; bx++) {
    for (let by = 0; by < blocks; by++) {
      const x = grid[bx]!
      const y = grid[by]!
      if (y + BLOCK_M > riverY - 20 && y < riverY + 110) continue // the bank
      const n = bx * blocks + by
      if (n % 11 === 0) areas.push({ ring: box(x + 110, y + 20, 60, 60), kind: 'parking' })
      else buildings.push({ ring: box(x + 110, y + 20, 50, 18), heightM: 15, use: 'apartments' })
      if (n % 37 === 0) points.push({ at: [x + 150, y + 150], kind: 'fuel', tags: { name: `Fuel ${n}` } })
      else buildings.push({ ring: box(x + 120, y + 120, 30, 30), heightM: n % 7 === 0 ? 70 : 28, use: 'office' })
      buildings.push({ ring: box(x + 20, y + 120, 60, 25), heightM: 10, use: n % 13 === 0 ? 'school' : 'unknown' })
      buildings.push({
        ring: box(x + 20, y + 20, 14, 12),
        heightM: 6,
        use: 'house',
        tags: { 'addr:street': `Meridian ${bx}`, 'addr:housenumber': String(by) },
      })
      if (n % 23 === 0) points.push({ at: [x + 95, y + 95], kind: 'power-tower' })
    }
  }
  return aCity({ buildings, roads, areas, points })
}

type Mutable<List> = NonNullable<List> extends readonly (infer Row)[] ? Row[] : never
