import type { Region, Ring } from '../../geo/polygon/ring.ts'
import type { SolidSink } from './solidSink.ts'
import { triangulate } from './triangulate.ts'
import { SURFACE } from './vertex.ts'

/**
 * Adds an upright solid with a flat roof: walls along every ring, the roof, and an underside where it floats.
 * All faces turn counter-clockwise seen from outside.
 *
 * Shapes   region in steps, without straight vertices
 */
export function addFlatSolid(sink: SolidSink, region: Region, bottom: number, top: number): void {
  addWalls(sink, region.outer, bottom, top)
  for (const hole of region.holes) addWalls(sink, hole, bottom, top)
  const cut = triangulate(region)
  addCap(sink, cut, top, 1)
  if (bottom > 0) addCap(sink, cut, bottom, -1)
}

/** Walls along a ring; the solid lies left of it, so a hole that runs clockwise gets its walls turned inwards. */
export function addWalls(sink: SolidSink, ring: Ring, bottom: number, top: number): void {
  const n = ring.length
  for (let i = 0; i < n; i += 2) {
    const ax = ring[i]
    const ay = ring[i + 1]
    const bx = ring[(i + 2) % n]
    const by = ring[(i + 3) % n]
    const length = Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay))
    const nx = (by - ay) / length
    const ny = (ax - bx) / length
    const a = sink.vertex(ax, ay, bottom, nx, ny, 0, SURFACE.foot)
    const b = sink.vertex(bx, by, bottom, nx, ny, 0, SURFACE.foot)
    const c = sink.vertex(bx, by, top, nx, ny, 0, SURFACE.eaves)
    const d = sink.vertex(ax, ay, top, nx, ny, 0, SURFACE.eaves)
    sink.triangle(a, b, c)
    sink.triangle(a, c, d)
  }
}

function addCap(sink: SolidSink, { xy, triangles }: ReturnType<typeof triangulate>, up: number, facing: 1 | -1): void {
  const surface = facing > 0 ? SURFACE.roof : SURFACE.underside
  const first = sink.vertex(xy[0], xy[1], up, 0, 0, facing, surface)
  for (let i = 2; i < xy.length; i += 2) sink.vertex(xy[i], xy[i + 1], up, 0, 0, facing, surface)
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [first + triangles[t], first + triangles[t + 1], first + triangles[t + 2]]
    if (facing > 0) sink.triangle(a, b, c)
    else sink.triangle(a, c, b)
  }
}

/** The underside alone, for solids that bring their own roof. */
export const addUnderside = (sink: SolidSink, region: Region, up: number): void =>
  addCap(sink, triangulate(region), up, -1)
