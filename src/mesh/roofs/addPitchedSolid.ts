import type { Region } from '../../geo/polygon/ring.ts'
import type { Roof } from '../../model/roof.ts'
import { addUnderside } from '../buildings/flatSolid.ts'
import type { SolidSink } from '../buildings/solidSink.ts'
import { SURFACE } from '../buildings/vertex.ts'
import { heightAt, type RoofMesh } from './roofMesh.ts'
import { roofOf } from './roofOf.ts'

/** Heights are kept to 1/32 m: four steps. */
const HEIGHT_STEPS = 4

/**
 * Adds a solid with a pitched roof: the roof's triangles, walls that go up to them, and an underside where it floats.
 * Heights in steps.
 *
 * Shapes   region in steps, without straight vertices
 */
export function addPitchedSolid(
  sink: SolidSink,
  region: Region,
  roof: Roof,
  bottom: number,
  eaves: number,
  top: number,
): void {
  const { mesh, profile } = roofOf(region, roof)
  const up = mesh.rise.map(
    (rise) => eaves + Math.round(((top - eaves) * heightAt(profile, rise)) / HEIGHT_STEPS) * HEIGHT_STEPS,
  )
  addRoof(sink, mesh, up)
  for (const wall of mesh.walls) addWall(sink, mesh, up, wall, bottom)
  if (bottom > 0) addUnderside(sink, region, bottom)
}

/** Every triangle flat, with its own normal: roofs have edges. */
function addRoof(sink: SolidSink, { x, y, triangles }: RoofMesh, up: readonly number[]): void {
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [triangles[t], triangles[t + 1], triangles[t + 2]]
    const [ux, uy, uz] = [x[b] - x[a], y[b] - y[a], up[b] - up[a]]
    const [vx, vy, vz] = [x[c] - x[a], y[c] - y[a], up[c] - up[a]]
    const nx = uy * vz - uz * vy
    const ny = uz * vx - ux * vz
    const nUp = ux * vy - uy * vx
    const length = Math.sqrt(nx * nx + ny * ny + nUp * nUp) || 1
    const put = (v: number): number =>
      sink.vertex(x[v], y[v], up[v], nx / length, ny / length, nUp / length, SURFACE.roof)
    sink.triangle(put(a), put(b), put(c))
  }
}

/**
 * One wall from corner to corner, with a gable on it where the roof rises between them. Its top bends outwards or not at
 * all, so a fan from one foot covers it.
 */
function addWall(sink: SolidSink, { x, y }: RoofMesh, up: readonly number[], wall: readonly number[], bottom: number) {
  const a = wall[0]
  const b = wall[wall.length - 1]
  const [dx, dy] = [x[b] - x[a], y[b] - y[a]]
  const length = Math.sqrt(dx * dx + dy * dy) || 1
  const [nx, ny] = [dy / length, -dx / length]
  const low = sink.vertex(x[a], y[a], bottom, nx, ny, 0, SURFACE.foot)
  let last = sink.vertex(x[b], y[b], bottom, nx, ny, 0, SURFACE.foot)
  for (let k = wall.length - 1; k >= 0; k--) {
    const v = wall[k]
    const isFoot = up[v] === bottom && (v === a || v === b)
    if (isFoot) continue
    const next = sink.vertex(x[v], y[v], up[v], nx, ny, 0, SURFACE.eaves)
    sink.triangle(low, last, next)
    last = next
  }
}
