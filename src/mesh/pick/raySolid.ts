import type { City } from '../../model/city.ts'
import type { Roof } from '../../model/roof.ts'
import { addBuilding } from '../buildings/solid.ts'
import { SURFACE } from '../buildings/vertex.ts'
import { STEPS_PER_M } from '../steps.ts'
import { type LocalRay, type RayHit, ROOF, UNDERSIDE, WALL } from './rayPrism.ts'

/** A building's triangles in local metres, for the few that are no plain prisms. */
export interface PlainSolid {
  readonly place: Float64Array // [vertices, 3] east, north, up
  readonly surface: Uint8Array
  readonly index: Uint32Array
}

export function plainSolidOf(city: City, building: number, roof: Roof): PlainSolid {
  const place: number[] = []
  const surface: number[] = []
  const index: number[] = []
  addBuilding(
    {
      vertex(x, y, up, _nx, _ny, _nUp, kind) {
        place.push(x / STEPS_PER_M, y / STEPS_PER_M, up / STEPS_PER_M)
        surface.push(kind)
        return surface.length - 1
      },
      triangle: (a, b, c) => void index.push(a, b, c),
    },
    city,
    building,
    roof,
  )
  return { place: new Float64Array(place), surface: new Uint8Array(surface), index: new Uint32Array(index) }
}

/**
 * Where a ray first enters a solid given by triangles; their backs do not count.
 *
 * Writes   `hit`, when there is one before `hit.t`
 * Source   Möller & Trumbore 1997, "Fast, minimum storage ray/triangle intersection", the culling branch
 */
export function hitSolid({ place, surface, index }: PlainSolid, ray: LocalRay, hit: RayHit): boolean {
  const { ox, oy, oUp, dx, dy, dUp } = ray
  let found = false
  for (let k = 0; k < index.length; k += 3) {
    const a = 3 * index[k]
    const b = 3 * index[k + 1]
    const c = 3 * index[k + 2]
    const ux = place[b] - place[a]
    const uy = place[b + 1] - place[a + 1]
    const uz = place[b + 2] - place[a + 2]
    const vx = place[c] - place[a]
    const vy = place[c + 1] - place[a + 1]
    const vz = place[c + 2] - place[a + 2]
    const px = dy * vz - dUp * vy
    const py = dUp * vx - dx * vz
    const pz = dx * vy - dy * vx
    const det = ux * px + uy * py + uz * pz
    if (det <= 0) continue
    const sx = ox - place[a]
    const sy = oy - place[a + 1]
    const sz = oUp - place[a + 2]
    const u = sx * px + sy * py + sz * pz
    if (u < 0 || u > det) continue
    const qx = sy * uz - sz * uy
    const qy = sz * ux - sx * uz
    const qz = sx * uy - sy * ux
    const v = dx * qx + dy * qy + dUp * qz
    if (v < 0 || u + v > det) continue
    const t = (vx * qx + vy * qy + vz * qz) / det
    if (t < 0 || t >= hit.t) continue
    hit.t = t
    const kind = surface[index[k]]
    hit.face = kind === SURFACE.roof ? ROOF : kind === SURFACE.underside ? UNDERSIDE : WALL
    found = true
  }
  return found
}
