import type { Vertices } from './vertices.ts'

export type Json = Readonly<Record<string, unknown>>
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** One surface of a geometry: rings of vertex indices, outer first, and what it is said to be. */
export interface Surface {
  readonly rings: readonly (readonly number[])[]
  readonly type: string // 'GroundSurface', 'RoofSurface' …; '' when not said
}

class BadGeometry extends Error {}
export const isBadGeometry = (error: unknown): boolean => error instanceof BadGeometry

/** How deep the surfaces of a geometry lie in its boundaries. */
const DEPTH: Readonly<Record<string, number>> = {
  MultiSurface: 0,
  CompositeSurface: 0,
  Solid: 1,
  MultiSolid: 2,
  CompositeSolid: 2,
}

/**
 * All surfaces of one geometry object; none for points, lines and instances.
 *
 * Throws   BadGeometry when boundaries are not shaped as their type says, or name vertices that do not exist
 * Source   CityJSON 2.0 specification, 3 Geometry Objects
 */
export function surfacesOf(geometry: Json, vertices: Vertices): Surface[] {
  const depth = typeof geometry.type === 'string' && Object.hasOwn(DEPTH, geometry.type) ? DEPTH[geometry.type]! : -1
  if (depth < 0) return []
  const semantics = isObject(geometry.semantics) ? geometry.semantics : {}
  const kinds = Array.isArray(semantics.surfaces) ? semantics.surfaces : []
  const found: Surface[] = []
  const walk = (boundary: unknown, values: unknown, level: number): void => {
    if (!Array.isArray(boundary)) throw new BadGeometry()
    for (const [i, part] of boundary.entries()) {
      const value: unknown = Array.isArray(values) ? values[i] : null
      if (level > 0) {
        walk(part, value, level - 1)
        continue
      }
      const kind: unknown = typeof value === 'number' ? kinds[value] : null
      const type = isObject(kind) && typeof kind.type === 'string' ? kind.type : ''
      found.push({ rings: ringsOf(part, vertices), type })
    }
  }
  walk(geometry.boundaries, semantics.values, depth)
  return found
}

function ringsOf(value: unknown, vertices: Vertices): number[][] {
  if (!Array.isArray(value)) throw new BadGeometry()
  return value.map((ring) => {
    if (!Array.isArray(ring)) throw new BadGeometry()
    for (const v of ring) {
      const isVertex = Number.isInteger(v) && v >= 0 && v < vertices.count
      if (!isVertex || !Number.isFinite(vertices.x(v) + vertices.y(v) + vertices.zM(v))) throw new BadGeometry()
    }
    return ring as number[]
  })
}

/** Upward part of a surface's normal (twice its area seen from above), by Newell's sum over the outer ring. */
export function facingOf({ rings }: Surface, vertices: Vertices): number {
  const ring = rings[0] ?? []
  let sum = 0
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i]!
    const b = ring[(i + 1) % ring.length]!
    const ox = vertices.x(ring[0]!)
    sum += (vertices.x(a) - ox) * vertices.y(b) - (vertices.x(b) - ox) * vertices.y(a)
  }
  return sum
}
