import { createRandom, hashText } from '../base/random.ts'
import { type Steps, within } from '../base/steps.ts'
import { AREA_KINDS, type AreaKind, type City, POINT_KINDS, tagOf } from '../model/city.ts'
import { areaAt, buildingAt, type PickIndex } from './pick.ts'
import { createRoadClearance } from './trees/roadClearance.ts'

/** Trees, for instances. Mapped ones where they are mapped; the rest fills mapped woods and parks and is decoration. */
export interface Trees {
  readonly count: number
  readonly position: Float32Array // [n, 2] x east, z south
  readonly heightM: Float32Array // [n]
  readonly isNeedle: Uint8Array // [n] 1 for a conifer
  readonly isMapped: Uint8Array // [n] 1 for a mapped tree or row, 0 for decoration
}

export interface TreesOptions {
  readonly seed?: number | string
  readonly maxTrees?: number
  /** How far from the origin woods and parks are filled, in metres. */
  readonly radiusM?: number
}

/** One tree for so many square metres (assumption: a look, not a forest inventory). */
const ROOM_M2: Partial<Readonly<Record<AreaKind, number>>> = { wood: 110, park: 380 }

/** Clear of trunks: this far from a road's edge. */
const MARGIN_M = 1.2

interface Tree {
  readonly xM: number
  readonly yM: number
  readonly distance2: number
  readonly heightM: number
  readonly isNeedle: boolean
  readonly isMapped: boolean
}

/**
 * Sets trees: all mapped ones, then woods and parks from the origin outwards until there are enough.
 * None stands in a building, on a road, or where something else lies on top of the wood. The same seed gives the same
 * trees.
 */
export function* runTrees(city: City, index: PickIndex, options: TreesOptions = {}): Steps<Trees> {
  const { seed = 'trees', maxTrees = 8000, radiusM = 3500 } = options
  const onRoad = createRoadClearance(city, MARGIN_M)
  yield 0.1
  const mapped: Tree[] = []
  const { points } = city
  const treeKind = POINT_KINDS.indexOf('tree')
  for (let p = 0; p < points.count; p++) {
    if (points.kind[p] !== treeKind) continue
    const xM = points.xM[p]
    const yM = points.yM[p]
    if (buildingAt(index, city, xM, yM) >= 0 || onRoad(xM, yM)) continue
    const leaf = tagOf(points.tags, p, 'leaf_type')
    mapped.push({
      ...sized(`${seed}/point/${p}`, xM, yM),
      isNeedle: leaf === 'needleleaved',
      isMapped: true,
    })
  }
  const scattered: Tree[] = []
  const { areas } = city
  for (let a = 0; a < areas.count; a++) {
    const room = ROOM_M2[AREA_KINDS[areas.kind[a]]]
    if (room === undefined) continue
    const part = scatter(city, index, a, room, radiusM, String(seed), onRoad, scattered)
    yield* within(0.1 + (0.8 * a) / areas.count, 0.1 + (0.8 * (a + 1)) / areas.count, part)
  }
  scattered.sort((p, q) => p.distance2 - q.distance2 || p.xM - q.xM || p.yM - q.yM)
  const trees = [...mapped, ...scattered].slice(0, maxTrees)
  const position = new Float32Array(2 * trees.length)
  for (let i = 0; i < trees.length; i++) {
    position[2 * i] = trees[i].xM
    position[2 * i + 1] = -trees[i].yM
  }
  return {
    count: trees.length,
    position,
    heightM: Float32Array.from(trees, (tree) => tree.heightM),
    isNeedle: Uint8Array.from(trees, (tree) => (tree.isNeedle ? 1 : 0)),
    isMapped: Uint8Array.from(trees, (tree) => (tree.isMapped ? 1 : 0)),
  }
}

function sized(label: string, xM: number, yM: number) {
  return { xM, yM, distance2: xM * xM + yM * yM, heightM: 4 + (hashText(label) / 4294967296) * 7 }
}

/** One tree somewhere in each cell of a grid, where the area itself is what one sees of the ground. */
function* scatter(
  city: City,
  index: PickIndex,
  area: number,
  roomM2: number,
  radiusM: number,
  seed: string,
  onRoad: (xM: number, yM: number) => boolean,
  trees: Tree[],
): Steps<void> {
  const { polygonStart, polygons } = city.areas
  const { start, xM, yM } = polygons.rings
  const cell = Math.sqrt(roomM2)
  const box = { minX: radiusM, minY: radiusM, maxX: -radiusM, maxY: -radiusM }
  for (let v = start[polygons.start[polygonStart[area]]]; v < start[polygons.start[polygonStart[area + 1]]]; v++) {
    box.minX = Math.min(box.minX, xM[v])
    box.maxX = Math.max(box.maxX, xM[v])
    box.minY = Math.min(box.minY, yM[v])
    box.maxY = Math.max(box.maxY, yM[v])
  }
  const leaf = tagOf(city.areas.tags, area, 'leaf_type')
  const random = createRandom(`${seed}/${city.areas.osm.id[area]}`)
  const i0 = Math.floor(Math.max(box.minX, -radiusM) / cell)
  const i1 = Math.floor(Math.min(box.maxX, radiusM) / cell)
  const j0 = Math.floor(Math.max(box.minY, -radiusM) / cell)
  const j1 = Math.floor(Math.min(box.maxY, radiusM) / cell)
  for (let i = i0; i <= i1; i++) {
    if ((i & 7) === 0) yield (i - i0) / (i1 - i0 + 1)
    for (let j = j0; j <= j1; j++) {
      const x = (i + random.next()) * cell
      const y = (j + random.next()) * cell
      const size = random.next()
      const needle = random.next()
      if (x * x + y * y > radiusM * radiusM) continue
      if (areaAt(index, city, x, y) !== area || buildingAt(index, city, x, y) >= 0 || onRoad(x, y)) continue
      trees.push({
        xM: x,
        yM: y,
        distance2: x * x + y * y,
        heightM: 4 + 7 * size,
        isNeedle: leaf === 'needleleaved' || (leaf !== 'broadleaved' && needle < 0.25),
        isMapped: false,
      })
    }
  }
}
