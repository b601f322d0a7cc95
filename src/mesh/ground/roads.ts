import type { Steps } from '../../base/steps.ts'
import { type City, ROAD_CLASSES, tagOf } from '../../model/city.ts'
import { isYes, readNumber } from '../../model/tagValues.ts'
import { addVertex, createGroundColumns, type GroundColumns, indexOf } from './growing.ts'

/** All roads and rails as one flat mesh of ribbons, to be drawn in the order of its triangles without a depth test. */
export interface RoadMesh {
  readonly position: Float32Array // [vertices, 2] x east, z south, metres
  readonly class: Uint8Array // [vertices] index into ROAD_CLASSES
  readonly along: Float32Array // [vertices] metres from the road's start, for dashes
  readonly across: Int8Array // [vertices] -127 at the left edge, 127 at the right
  readonly feature: Float32Array // [vertices] index of the road
  readonly index: Uint16Array | Uint32Array
  readonly triangleCount: number
}

/** Foot paths first, then narrow roads, wide ones on top of them, and rails over all. */
const ORDER = ['foot', 'service', 'street', 'tertiary', 'secondary', 'primary', 'trunk', 'motorway', 'rail'] as const

/** A mitre longer than this many half-widths would stab out of a hairpin; such a bend is cut square instead. */
const MITRE_LIMIT = 2

/** Makes the ribbons of all roads that lie on the surface. */
export function* runRoadMesh(city: City): Steps<RoadMesh> {
  const { roads } = city
  const rank = ROAD_CLASSES.map((name) => ORDER.indexOf(name))
  const order = Uint32Array.from({ length: roads.count }, (_, r) => r).sort(
    (a, b) => rank[roads.class[a]] - rank[roads.class[b]] || roads.widthM[a] - roads.widthM[b] || a - b,
  )
  const ribbon: Ribbon = { columns: createGroundColumns(), along: [], across: [] }
  const classes: number[] = []
  const feature: number[] = []
  for (let k = 0; k < order.length; k++) {
    if ((k & 127) === 0) yield k / order.length
    const road = order[k]
    if (!isOnSurface(city, road)) continue
    addRibbon(
      ribbon,
      roads.lines.xM,
      roads.lines.yM,
      roads.lines.start[road],
      roads.lines.start[road + 1],
      roads.widthM[road],
    )
    while (classes.length < ribbon.along.length) {
      classes.push(roads.class[road])
      feature.push(road)
    }
  }
  return {
    position: new Float32Array(ribbon.columns.xz),
    class: new Uint8Array(classes),
    along: new Float32Array(ribbon.along),
    across: new Int8Array(ribbon.across),
    feature: new Float32Array(feature),
    index: indexOf(ribbon.columns.index, classes.length),
    triangleCount: ribbon.columns.index.length / 3,
  }
}

/** A road in a tunnel is there, but not to be seen; one through a building's passage is on the surface. */
function isOnSurface({ roads }: City, road: number): boolean {
  const tunnel = tagOf(roads.tags, road, 'tunnel')
  if (tunnel === 'building_passage') return true
  return (
    !(isYes(tunnel) || tagOf(roads.tags, road, 'location') === 'underground') &&
    !(readNumber(tagOf(roads.tags, road, 'layer')) < 0)
  )
}

interface Ribbon {
  readonly columns: GroundColumns
  readonly along: number[]
  readonly across: number[]
}

/**
 * Adds one line as a ribbon. Two vertices for each point, on the bisector of the bend; where a mitre would be too long
 * the bend gets two pairs, and a triangle closes the gap between them on the outer side.
 */
function addRibbon(
  { columns, along, across }: Ribbon,
  xM: Float32Array,
  yM: Float32Array,
  start: number,
  end: number,
  widthM: number,
): void {
  const half = widthM / 2
  const closed = end - start > 3 && xM[start] === xM[end - 1] && yM[start] === yM[end - 1]
  let distance = 0
  let left = -1
  let right = -1
  const pair = (v: number, nx: number, ny: number, reach: number): [number, number] => {
    const l = addVertex(columns, xM[v] + nx * reach, yM[v] + ny * reach)
    const r = addVertex(columns, xM[v] - nx * reach, yM[v] - ny * reach)
    along.push(distance, distance)
    across.push(-127, 127)
    return [l, r]
  }
  const join = (l: number, r: number): void => {
    if (left >= 0) columns.index.push(left, right, r, left, r, l)
    left = l
    right = r
  }
  for (let v = start; v < end; v++) {
    const before = v > start ? v - 1 : closed ? end - 2 : -1
    const after = v + 1 < end ? v + 1 : closed ? start + 1 : -1
    if (v > start)
      distance += Math.sqrt((xM[v] - xM[v - 1]) * (xM[v] - xM[v - 1]) + (yM[v] - yM[v - 1]) * (yM[v] - yM[v - 1]))
    const into = before >= 0 ? leftNormal(xM, yM, before, v) : null
    const out = after >= 0 ? leftNormal(xM, yM, v, after) : null
    const one = into ?? out!
    const other = out ?? into!
    const sx = one[0] + other[0]
    const sy = one[1] + other[1]
    // the bisector is as long as twice the cosine of half the bend
    const cos2 = (sx * sx + sy * sy) / 4
    if (cos2 * MITRE_LIMIT * MITRE_LIMIT >= 1) {
      const [l, r] = pair(v, sx, sy, half / (2 * cos2))
      join(l, r)
      continue
    }
    const [l1, r1] = pair(v, one[0], one[1], half)
    join(l1, r1)
    const [l2, r2] = pair(v, other[0], other[1], half)
    // the outer side of a bend to the left is the right one
    const bend = one[0] * other[1] - one[1] * other[0]
    if (bend >= 0) columns.index.push(l1, r1, r2)
    else columns.index.push(l1, r1, l2)
    left = l2
    right = r2
  }
}

/** Unit vector to the left of the way from a to b. */
function leftNormal(xM: Float32Array, yM: Float32Array, a: number, b: number): [number, number] {
  const dx = xM[b] - xM[a]
  const dy = yM[b] - yM[a]
  const length = Math.sqrt(dx * dx + dy * dy) || 1
  return [-dy / length, dx / length]
}
