import { AREA_KINDS, type AreaKind, type City } from '../model/city.ts'

/**
 * In which layer a kind of ground is painted, lowest first: land use under green under water under what people built
 * on purpose into either.
 */
const LAYER: Readonly<Record<AreaKind, number>> = {
  industrial: 0,
  construction: 0,
  park: 1,
  grass: 2,
  wood: 2,
  wetland: 2,
  sand: 2,
  parking: 3,
  substation: 3,
  water: 4,
  square: 5,
  pitch: 5,
}

/** Ground area of each mapped area, holes taken off. */
export function areaSizes({ areas }: City): Float64Array {
  const { polygons, polygonStart } = areas
  const { start, xM, yM } = polygons.rings
  const sizes = new Float64Array(areas.count)
  for (let a = 0; a < areas.count; a++) {
    let twice = 0
    for (let r = polygons.start[polygonStart[a]]; r < polygons.start[polygonStart[a + 1]]; r++) {
      const last = start[r + 1] - 1
      for (let v = start[r], w = last; v <= last; w = v, v++) twice += xM[w] * yM[v] - xM[v] * yM[w]
    }
    sizes[a] = Math.abs(twice) / 2
  }
  return sizes
}

/** Areas in painting order: by layer, within a layer the large ones first, so that what is small stays visible. */
export function paintingOrder(city: City, sizes: Float64Array = areaSizes(city)): Uint32Array {
  const { kind, count } = city.areas
  const order = Uint32Array.from({ length: count }, (_, a) => a)
  const layer = AREA_KINDS.map((name) => LAYER[name])
  return order.sort((a, b) => layer[kind[a]] - layer[kind[b]] || sizes[b] - sizes[a] || a - b)
}
