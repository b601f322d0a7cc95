import type { Findings } from '../../base/findings.ts'
import type { Region } from '../../geo/polygon/ring.ts'
import { footprintOf } from './footprint.ts'
import { roofTags } from './roofTags.ts'
import { isBadGeometry, isObject, type Json, type Surface, surfacesOf } from './surfaces.ts'
import type { Vertices } from './vertices.ts'

/** A city object as far as a city is made of it: what it is, where it stands, how high it reaches. */
export interface CityObject {
  readonly id: string
  readonly type: string
  readonly parents: readonly string[]
  readonly attributes: Json
  readonly regions: readonly Region[] // in grid millimetres; none when it has no surfaces
  readonly lowM: number // NaN without geometry
  readonly highM: number
  readonly roof: readonly string[] // tags of its shape
  readonly point: readonly [x: number, y: number] | null // of an instance of a template
}

/** Reads one city object: of several geometries the most detailed that has surfaces. */
export function readObject(id: string, json: Json, vertices: Vertices, findings: Findings): CityObject {
  const type = typeof json.type === 'string' ? json.type : ''
  const parents = (Array.isArray(json.parents) ? json.parents : []).filter((p) => typeof p === 'string')
  const attributes = isObject(json.attributes) ? json.attributes : {}
  const none = { id, type, parents, attributes, regions: [], lowM: NaN, highM: NaN, roof: [], point: null }
  const geometries = (Array.isArray(json.geometry) ? json.geometry : []).filter(isObject)
  geometries.sort((a, b) => Number.parseFloat(String(b.lod ?? 0)) - Number.parseFloat(String(a.lod ?? 0)))
  try {
    for (const geometry of geometries) {
      const surfaces = surfacesOf(geometry, vertices)
      if (surfaces.length > 0) return { ...none, ...shapeOf(id, surfaces, vertices, findings) }
    }
  } catch (error) {
    if (!isBadGeometry(error)) throw error
    findings.add('BAD_GEOMETRY', 'city object', 'A geometry that does not hold together was left out.', id)
    return none
  }
  return { ...none, point: placeOf(geometries, vertices) }
}

function shapeOf(id: string, surfaces: readonly Surface[], vertices: Vertices, findings: Findings) {
  let lowM = Infinity
  let highM = -Infinity
  for (const { rings } of surfaces) {
    for (const ring of rings) {
      for (const v of ring) {
        lowM = Math.min(lowM, vertices.zM(v))
        highM = Math.max(highM, vertices.zM(v))
      }
    }
  }
  const regions = footprintOf(surfaces, vertices)
  if (regions === null) {
    findings.add('RING_TANGLED', 'city object', 'A footprint too tangled to be united was left out.', id)
  }
  return { regions: regions ?? [], lowM, highM, roof: roofTags(surfaces, vertices) }
}

/** Where an instance of a template, or a single point, stands. */
function placeOf(geometries: readonly Json[], vertices: Vertices): readonly [number, number] | null {
  for (const { boundaries } of geometries) {
    const [v] = Array.isArray(boundaries) ? boundaries : []
    if (!Number.isInteger(v) || v < 0 || v >= vertices.count) continue
    const place = [vertices.x(v), vertices.y(v)] as const
    if (Number.isFinite(place[0] + place[1])) return place
  }
  return null
}
