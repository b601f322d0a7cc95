import { cos, sin } from '../../base/math/trig.ts'
import type { Region, Ring } from '../../geo/polygon/ring.ts'
import { triangulate } from '../buildings/triangulate.ts'
import type { RoofMesh } from './roofMesh.ts'

/** A direction on the ground, of length one. */
export type Direction = readonly [x: number, y: number]

/** Towards a compass bearing in degrees. */
export const bearing = (deg: number): Direction => [sin((deg * Math.PI) / 180), cos((deg * Math.PI) / 180)]

/**
 * The way across a building: square to the side of the smallest rectangle around it that is the longer one. A tight
 * rectangle lies along one of the edges.
 */
export function across(ring: Ring): Direction {
  let best: Direction = [0, 1]
  let least = Infinity
  const n = ring.length
  for (let i = 0; i < n; i += 2) {
    const lx = ring[(i + 2) % n] - ring[i]
    const ly = ring[(i + 3) % n] - ring[i + 1]
    const length = Math.sqrt(lx * lx + ly * ly)
    if (length === 0) continue
    const along: Direction = [lx / length, ly / length]
    const square: Direction = [-along[1], along[0]]
    const wide = spanOf(ring, along)[1] - spanOf(ring, along)[0]
    const deep = spanOf(ring, square)[1] - spanOf(ring, square)[0]
    if (wide * deep >= least - 1e-6 * least) continue
    least = wide * deep
    best = wide >= deep ? square : along
  }
  return best
}

export function spanOf(ring: Ring, [dx, dy]: Direction): [low: number, high: number] {
  let low = Infinity
  let high = -Infinity
  for (let i = 0; i < ring.length; i += 2) {
    const u = ring[i] * dx + ring[i + 1] * dy
    low = Math.min(low, u)
    high = Math.max(high, u)
  }
  return [low, high]
}

/**
 * A roof that is the same all along a direction square to `way`: the rise goes from 0 on one side of the outline to 1
 * on the other. With a profile this is a lean-to roof, or one ridge over any outline, holes and all.
 */
export function slopeRoof(region: Region, way: Direction): RoofMesh {
  const { xy, ringStart, triangles } = triangulate(region)
  const [low, high] = spanOf(region.outer, way)
  const x: number[] = []
  const y: number[] = []
  const rise: number[] = []
  for (let i = 0; i < xy.length; i += 2) {
    x.push(xy[i])
    y.push(xy[i + 1])
    rise.push(Math.min(1, Math.max(0, (xy[i] * way[0] + xy[i + 1] * way[1] - low) / (high - low))))
  }
  const walls: number[][] = []
  for (let r = 0; r + 1 < ringStart.length; r++) {
    for (let v = ringStart[r]; v < ringStart[r + 1]; v++) {
      walls.push([v, v + 1 < ringStart[r + 1] ? v + 1 : ringStart[r]])
    }
  }
  return { x, y, rise, triangles: [...triangles], walls }
}
