/** A closed ring as x0, y0, x1, y1 …; the first vertex is not repeated. Exact where the coordinates are whole numbers. */
export type Ring = Float64Array

/** A polygon: outer ring counter-clockwise, holes clockwise. */
export interface Region {
  readonly outer: Ring
  readonly holes: readonly Ring[]
}

/** Signed area: positive when the ring runs counter-clockwise (y up). */
export function ringArea(ring: Ring): number {
  const n = ring.length
  if (n < 6) return 0
  // relative to the first vertex, so that large coordinates cost no digits
  const x0 = ring[0]
  const y0 = ring[1]
  let twice = 0
  let px = ring[n - 2] - x0
  let py = ring[n - 1] - y0
  for (let i = 0; i < n; i += 2) {
    const x = ring[i] - x0
    const y = ring[i + 1] - y0
    twice += px * y - x * py
    px = x
    py = y
  }
  return twice / 2
}

/** The same ring run the other way round. */
export function reversedRing(ring: Ring): Ring {
  const n = ring.length
  const out = new Float64Array(n)
  for (let i = 0; i < n; i += 2) {
    out[i] = ring[n - 2 - i]
    out[i + 1] = ring[n - 1 - i]
  }
  return out
}

/** The ring with the wanted sense. */
export const orientedRing = (ring: Ring, counterClockwise: boolean): Ring =>
  ringArea(ring) > 0 === counterClockwise ? ring : reversedRing(ring)

/** Area of a region, holes taken off. */
export const regionArea = ({ outer, holes }: Region): number =>
  holes.reduce((area, hole) => area - Math.abs(ringArea(hole)), Math.abs(ringArea(outer)))

/** The ring without repeated vertices, and without a last vertex that repeats the first. */
export function withoutRepeats(ring: Ring): Ring {
  const n = ring.length
  let repeats = n > 2 && ring[0] === ring[n - 2] && ring[1] === ring[n - 1]
  for (let i = 2; i < n && !repeats; i += 2) repeats = ring[i] === ring[i - 2] && ring[i + 1] === ring[i - 1]
  if (!repeats) return ring
  const out: number[] = []
  for (let i = 0; i < ring.length; i += 2) {
    const k = out.length
    if (k > 0 && out[k - 2] === ring[i] && out[k - 1] === ring[i + 1]) continue
    out.push(ring[i], ring[i + 1])
  }
  while (out.length > 2 && out[0] === out[out.length - 2] && out[1] === out[out.length - 1]) out.length -= 2
  return Float64Array.from(out)
}

const MAX_ROUNDS = 64

/**
 * The ring without vertices that stand within `tolerance` of the line through their neighbours, spikes included.
 * With tolerance 0 only exactly straight vertices and spikes go, and the area stays as it is.
 */
export function withoutStraight(ring: Ring, tolerance = 0): Ring {
  let points = Array.from(withoutRepeats(ring))
  let changed = true
  // each round sees what the last one laid bare; real rings are done after two or three
  for (let round = 0; changed && round < MAX_ROUNDS && points.length >= 6; round++) {
    changed = false
    const kept: number[] = []
    const n = points.length
    for (let i = 0; i < n; i += 2) {
      // the last one kept is the true neighbour; looking back at a dropped one would drop a whole arc
      const px = kept.length ? kept[kept.length - 2] : points[n - 2]
      const py = kept.length ? kept[kept.length - 1] : points[n - 1]
      const nx = points[(i + 2) % n] - px
      const ny = points[(i + 3) % n] - py
      const vx = points[i] - px
      const vy = points[i + 1] - py
      const cross = nx * vy - ny * vx
      const length2 = nx * nx + ny * ny
      if (cross * cross <= tolerance * tolerance * length2) changed = true
      else kept.push(points[i], points[i + 1])
    }
    points = kept
  }
  return points.length === ring.length ? ring : Float64Array.from(points.length < 6 ? [] : points)
}
