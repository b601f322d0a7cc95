import type { Steps } from '../../base/steps.ts'
import { type Region, type Ring, withoutStraight } from '../../geo/polygon/ring.ts'
import type { City } from '../../model/city.ts'
import { paintingOrder } from '../areaOrder.ts'
import { triangulate } from '../buildings/triangulate.ts'
import { STEPS_PER_M, toSteps } from '../steps.ts'
import { addVertex, createGroundColumns, indexOf } from './growing.ts'

/** All ground cover as one flat mesh, to be drawn in the order of its triangles without a depth test. */
export interface AreaMesh {
  readonly position: Float32Array // [vertices, 2] x east, z south, metres
  readonly kind: Uint8Array // [vertices] index into AREA_KINDS
  readonly feature: Float32Array // [vertices] index of the area
  readonly index: Uint16Array | Uint32Array
  readonly triangleCount: number
}

/** Makes the mesh of all areas. Large and low kinds come first, small ones and water on top. */
export function* runAreaMesh(city: City): Steps<AreaMesh> {
  const { areas } = city
  const columns = createGroundColumns()
  const kind: number[] = []
  const feature: number[] = []
  const order = paintingOrder(city)
  for (let k = 0; k < order.length; k++) {
    if ((k & 15) === 0) yield k / order.length
    const area = order[k]
    for (const region of regionsOfArea(city, area)) {
      const { xy, triangles } = triangulate(region)
      const first = columns.xz.length / 2
      for (let i = 0; i < xy.length; i += 2) {
        addVertex(columns, xy[i] / STEPS_PER_M, xy[i + 1] / STEPS_PER_M)
        kind.push(areas.kind[area])
        feature.push(area)
      }
      // counter-clockwise on the map is counter-clockwise from above: it faces up
      for (let t = 0; t < triangles.length; t++) columns.index.push(first + triangles[t])
    }
  }
  return {
    position: new Float32Array(columns.xz),
    kind: new Uint8Array(kind),
    feature: new Float32Array(feature),
    index: indexOf(columns.index, kind.length),
    triangleCount: columns.index.length / 3,
  }
}

function regionsOfArea({ areas }: City, area: number): Region[] {
  const { polygonStart, polygons } = areas
  const { start, xM, yM } = polygons.rings
  const ringAt = (r: number): Ring => {
    const ring = new Float64Array(2 * (start[r + 1] - start[r]))
    for (let v = start[r]; v < start[r + 1]; v++) {
      ring[2 * (v - start[r])] = toSteps(xM[v])
      ring[2 * (v - start[r]) + 1] = toSteps(yM[v])
    }
    return withoutStraight(ring)
  }
  const regions: Region[] = []
  for (let p = polygonStart[area]; p < polygonStart[area + 1]; p++) {
    const rings: Ring[] = []
    for (let r = polygons.start[p]; r < polygons.start[p + 1]; r++) {
      const ring = ringAt(r)
      if (ring.length >= 6) rings.push(ring)
      else if (r === polygons.start[p]) break
    }
    const [outer, ...holes] = rings
    if (outer) regions.push({ outer, holes })
  }
  return regions
}
