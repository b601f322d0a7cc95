import {
  BUILDING_USES,
  type Buildings,
  type BuildingUse,
  type City,
  type Rings,
  type Tags,
} from '../../src/model/city.ts'

/** A rectangle of a test city, in metres east and north of the origin. */
export interface Block {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
  readonly heightM: number
  readonly levels?: number
  readonly use?: BuildingUse
  readonly hole?: readonly [x: number, y: number, w: number, h: number]
  readonly parent?: number
  readonly hasParts?: boolean
}

const noTags = (n: number): Tags => ({
  start: new Uint32Array(n + 1),
  key: new Uint32Array(0),
  value: new Uint32Array(0),
  words: [],
})
const noOsm = (n: number) => ({
  id: Float64Array.from({ length: n }, (_, i) => i + 1),
  type: new Uint8Array(n).fill(1),
})
const noRings = (): Rings => ({ start: new Uint32Array(1), xM: new Float32Array(0), yM: new Float32Array(0) })

export function blockBuildings(blocks: readonly Block[]): Buildings {
  const n = blocks.length
  const rings = blocks.flatMap(({ x, y, w, h, hole }) => {
    const outer = [
      [x, y],
      [x + w, y],
      [x + w, y + h],
      [x, y + h],
    ]
    if (!hole) return [outer]
    const [hx, hy, hw, hh] = hole
    return [
      outer,
      [
        [hx, hy],
        [hx, hy + hh],
        [hx + hw, hy + hh],
        [hx + hw, hy],
      ],
    ]
  })
  const start = Uint32Array.from({ length: rings.length + 1 }, (_, i) => 4 * i)
  const perPolygon = blocks.map(({ hole }) => (hole ? 2 : 1))
  const polygonRings = new Uint32Array(n + 1)
  perPolygon.forEach((count, i) => {
    polygonRings[i + 1] = polygonRings[i]! + count
  })
  const points = rings.flat()
  return {
    count: n,
    osm: noOsm(n),
    polygonStart: Uint32Array.from({ length: n + 1 }, (_, i) => i),
    polygons: {
      start: polygonRings,
      rings: { start, xM: Float32Array.from(points, (p) => p[0]!), yM: Float32Array.from(points, (p) => p[1]!) },
    },
    heightM: Float32Array.from(blocks, (b) => b.heightM),
    minHeightM: new Float32Array(n),
    levels: Float32Array.from(blocks, (b) => b.levels ?? NaN),
    heightSource: new Uint8Array(n),
    use: Uint8Array.from(blocks, (b) => BUILDING_USES.indexOf(b.use ?? 'apartments')),
    parent: Int32Array.from(blocks, (b) => b.parent ?? -1),
    hasParts: Uint8Array.from(blocks, (b) => (b.hasParts ? 1 : 0)),
    colour: new Uint32Array(n),
    footprintM2: Float32Array.from(blocks, (b) => b.w * b.h - (b.hole ? b.hole[2] * b.hole[3] : 0)),
    centreXM: Float32Array.from(blocks, (b) => b.x + b.w / 2),
    centreYM: Float32Array.from(blocks, (b) => b.y + b.h / 2),
    tags: noTags(n),
  }
}

/** A city of rectangles and nothing else. */
export function tinyCity(blocks: readonly Block[]): City {
  const none = { count: 0, osm: noOsm(0), tags: noTags(0) }
  return {
    meta: {
      id: 'tiny',
      title: 'Tiny',
      originLatDeg: 51.13,
      originLonDeg: 71.43,
      boundsDeg: [71.3, 51.0, 71.6, 51.3],
      utcOffsetH: 5,
      dataDate: '2017-01-01',
      source: 'made for tests',
      licence: 'none',
      attribution: 'made for tests',
    },
    buildings: blockBuildings(blocks),
    roads: { ...none, lines: noRings(), class: new Uint8Array(0), widthM: new Float32Array(0) },
    areas: {
      ...none,
      polygonStart: new Uint32Array(1),
      polygons: { start: new Uint32Array(1), rings: noRings() },
      kind: new Uint8Array(0),
    },
    powerLines: { ...none, lines: noRings(), voltageV: new Float32Array(0), circuits: new Uint8Array(0) },
    points: { ...none, xM: new Float32Array(0), yM: new Float32Array(0), kind: new Uint8Array(0) },
  }
}
