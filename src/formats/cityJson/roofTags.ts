import type { Surface } from './surfaces.ts'
import { UNITS_PER_M, type Vertices } from './vertices.ts'

/** A surface flatter than this counts as level: 6°, less than any tiled roof. */
const LEVEL_SLOPE = 0.105
/** A side of a roof that has less of its area than this is a dormer or a porch. */
const MIN_SHARE = 0.12
/** Directions nearer than this, as a cosine, are one side: 45°. */
const SAME_SIDE = 0.7

const POINTS = 16

interface Side {
  x: number
  y: number
  area: number
}

/**
 * The shape of a roof in OpenStreetMap's words, as its surfaces tell it: one sloping side is a lean-to, two are a gable,
 * more are hips. The model of a city knows shapes, not surfaces, so this is what is drawn of them.
 *
 * Returns  tags; none for a roof that is level for the most part
 */
export function roofTags(surfaces: readonly Surface[], vertices: Vertices): string[] {
  const isRoof = surfaces.some(({ type }) => type === 'RoofSurface')
    ? ({ type }: Surface) => type === 'RoofSurface'
    : () => true
  const sides: Side[] = []
  let all = 0
  let eavesM = Infinity
  let ridgeM = -Infinity
  for (const surface of surfaces) {
    if (!isRoof(surface)) continue
    const [nx, ny, nUp] = normalOf(surface, vertices)
    if (nUp <= 0) continue
    all += nUp
    const flat = Math.sqrt(nx * nx + ny * ny)
    if (flat <= LEVEL_SLOPE * nUp) continue
    for (const v of surface.rings[0] ?? []) {
      eavesM = Math.min(eavesM, vertices.zM(v))
      ridgeM = Math.max(ridgeM, vertices.zM(v))
    }
    const own = { x: nx / flat, y: ny / flat, area: nUp }
    const side = sides.find(({ x, y }) => x * own.x + y * own.y > SAME_SIDE)
    if (side) side.area += own.area
    else sides.push(own)
  }
  const sloped = sides.reduce((sum, { area }) => sum + area, 0)
  if (!(sloped > all / 2) || !(ridgeM > eavesM)) return []
  const large = sides.filter(({ area }) => area >= MIN_SHARE * sloped)
  const shape = large.length === 1 ? 'skillion' : large.length === 2 ? 'gabled' : 'hipped'
  const tags = ['roof:shape', shape, 'roof:height', (ridgeM - eavesM).toFixed(3)]
  if (shape === 'skillion') tags.push('roof:direction', bearingOf(large[0]!).toFixed(0))
  return [...tags, 'cityjson:roof', `shape told by ${large.length} sloping sides`]
}

/** Twice the area of the outer ring, as a vector (Newell). */
function normalOf({ rings }: Surface, vertices: Vertices): [x: number, y: number, up: number] {
  const ring = rings[0] ?? []
  const sum: [number, number, number] = [0, 0, 0]
  const [first] = ring
  if (first === undefined) return sum
  const [ox, oy, oz] = [vertices.x(first), vertices.y(first), vertices.zM(first)]
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i]!
    const b = ring[(i + 1) % ring.length]!
    const [ax, ay, az] = [(vertices.x(a) - ox) / UNITS_PER_M, (vertices.y(a) - oy) / UNITS_PER_M, vertices.zM(a) - oz]
    const [bx, by, bz] = [(vertices.x(b) - ox) / UNITS_PER_M, (vertices.y(b) - oy) / UNITS_PER_M, vertices.zM(b) - oz]
    sum[0] += ay * bz - az * by
    sum[1] += az * bx - ax * bz
    sum[2] += ax * by - ay * bx
  }
  return sum
}

/** The point of the compass a side looks to, in degrees, to the nearest of sixteen. */
function bearingOf({ x, y }: Side): number {
  let best = 0
  let most = -Infinity
  for (let k = 0; k < POINTS; k++) {
    const angle = (2 * Math.PI * k) / POINTS
    const along = x * Math.sin(angle) + y * Math.cos(angle)
    if (along <= most) continue
    most = along
    best = (360 * k) / POINTS
  }
  return best
}
