import { hypot } from '../../../src/base/math/arc.ts'
import type { Polygons } from '../../../src/model/city.ts'
import { type Ground, isInside } from './ground.ts'

export interface Spot {
  readonly xM: number
  readonly yM: number
}

/** A point in the middle of a shape: its centroid, or where that is outside, the middle of the widest stretch beside it. */
export function middleOf(polygons: Polygons, from: number, to: number, centroid: Spot): Spot {
  if (isInside(polygons, from, to, centroid.xM, centroid.yM)) return centroid
  const { start, rings } = polygons
  const crossings: number[] = []
  for (let ring = start[from]!; ring < start[to]!; ring++) {
    const end = rings.start[ring + 1]!
    for (let i = rings.start[ring]!, j = end - 1; i < end; j = i++) {
      const yi = rings.yM[i]!
      const yj = rings.yM[j]!
      if (yi > centroid.yM === yj > centroid.yM) continue
      crossings.push(rings.xM[i]! + ((centroid.yM - yi) / (yj - yi)) * (rings.xM[j]! - rings.xM[i]!))
    }
  }
  crossings.sort((a, b) => a - b)
  let best = centroid
  let widest = 0
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const width = crossings[i + 1]! - crossings[i]!
    if (width > widest) {
      widest = width
      best = { xM: (crossings[i]! + crossings[i + 1]!) / 2, yM: centroid.yM }
    }
  }
  return best
}

/** Centre of gravity of a shape's first outer ring. */
export function centroidOf(polygons: Polygons, polygon: number): Spot {
  const { start, rings } = polygons
  const first = rings.start[start[polygon]!]!
  const end = rings.start[start[polygon]! + 1]!
  let area = 0
  let x = 0
  let y = 0
  for (let i = first, j = end - 1; i < end; j = i++) {
    const cross = rings.xM[j]! * rings.yM[i]! - rings.xM[i]! * rings.yM[j]!
    area += cross
    x += (rings.xM[j]! + rings.xM[i]!) * cross
    y += (rings.yM[j]! + rings.yM[i]!) * cross
  }
  if (area === 0) return { xM: rings.xM[first]!, yM: rings.yM[first]! }
  return { xM: x / (3 * area), yM: y / (3 * area) }
}

/** Area of a shape's first outer ring, m². */
export function areaOf(polygons: Polygons, polygon: number): number {
  const { start, rings } = polygons
  const end = rings.start[start[polygon]! + 1]!
  let twice = 0
  for (let i = rings.start[start[polygon]!]!, j = end - 1; i < end; j = i++)
    twice += rings.xM[j]! * rings.yM[i]! - rings.xM[i]! * rings.yM[j]!
  return Math.abs(twice) / 2
}

/**
 * A spot outside a building, `awayM` from the middle of one of its walls; long walls are tried first.
 * Null when everything around is built up or under water.
 */
export function spotAtWall(polygons: Polygons, polygon: number, awayM: number, ground: Ground): Spot | null {
  const { start, rings } = polygons
  const first = rings.start[start[polygon]!]!
  const end = rings.start[start[polygon]! + 1]!
  const walls: { lengthM: number; i: number; j: number }[] = []
  for (let i = first, j = end - 1; i < end; j = i++)
    walls.push({ lengthM: hypot(rings.xM[i]! - rings.xM[j]!, rings.yM[i]! - rings.yM[j]!), i, j })
  walls.sort((a, b) => b.lengthM - a.lengthM || a.i - b.i)
  for (const { lengthM, i, j } of walls.slice(0, 6)) {
    if (lengthM < 1) break
    // outer rings run counter-clockwise, so outside lies to the right of the way from j to i
    const outX = (rings.yM[i]! - rings.yM[j]!) / lengthM
    const outY = -(rings.xM[i]! - rings.xM[j]!) / lengthM
    const spot = {
      xM: (rings.xM[i]! + rings.xM[j]!) / 2 + awayM * outX,
      yM: (rings.yM[i]! + rings.yM[j]!) / 2 + awayM * outY,
    }
    if (ground.isFree(spot.xM, spot.yM)) return spot
  }
  return null
}
