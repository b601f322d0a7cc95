import Flatbush from 'flatbush'
import { AREA_KINDS, type City, type Polygons } from '../../../src/model/city.ts'

/** What is under a point of the city: enough to keep a street lamp out of the river and out of somebody's kitchen. */
export interface Ground {
  inWater(xM: number, yM: number): boolean
  inBuilding(xM: number, yM: number): boolean
  /** Neither water nor building. */
  isFree(xM: number, yM: number): boolean
}

/** Whether a point lies in the polygons `from .. to`, holes taken out: the even-odd rule over all their rings. */
export function isInside(polygons: Polygons, from: number, to: number, xM: number, yM: number): boolean {
  const { start, rings } = polygons
  let inside = false
  for (let ring = start[from]!; ring < start[to]!; ring++) {
    const first = rings.start[ring]!
    const end = rings.start[ring + 1]!
    for (let i = first, j = end - 1; i < end; j = i++) {
      const yi = rings.yM[i]!
      const yj = rings.yM[j]!
      if (yi > yM === yj > yM) continue
      if (xM < rings.xM[i]! + ((yM - yi) / (yj - yi)) * (rings.xM[j]! - rings.xM[i]!)) inside = !inside
    }
  }
  return inside
}

interface Shapes {
  readonly count: number
  readonly polygonStart: Uint32Array
  readonly polygons: Polygons
}

/** Answers "which of these shapes holds the point" by boxes first. */
function indexShapes(shapes: Shapes, wanted: (shape: number) => boolean): (xM: number, yM: number) => boolean {
  const kept: number[] = []
  for (let shape = 0; shape < shapes.count; shape++) if (wanted(shape)) kept.push(shape)
  if (kept.length === 0) return () => false
  const { start, rings } = shapes.polygons
  const boxes = new Flatbush(kept.length)
  for (const shape of kept) {
    const first = rings.start[start[shapes.polygonStart[shape]!]!]!
    const end = rings.start[start[shapes.polygonStart[shape + 1]!]!]!
    let west = Infinity
    let south = Infinity
    let east = -Infinity
    let north = -Infinity
    for (let i = first; i < end; i++) {
      west = Math.min(west, rings.xM[i]!)
      east = Math.max(east, rings.xM[i]!)
      south = Math.min(south, rings.yM[i]!)
      north = Math.max(north, rings.yM[i]!)
    }
    boxes.add(west, south, east, north)
  }
  boxes.finish()
  return (xM, yM) =>
    boxes.search(xM, yM, xM, yM).some((i) => {
      const shape = kept[i]!
      return isInside(shapes.polygons, shapes.polygonStart[shape]!, shapes.polygonStart[shape + 1]!, xM, yM)
    })
}

/** Creates the ground of a city. */
export function createGround(city: City): Ground {
  const water = AREA_KINDS.indexOf('water')
  const inWater = indexShapes(city.areas, (area) => city.areas.kind[area] === water)
  const inBuilding = indexShapes(city.buildings, (building) => city.buildings.parent[building] === -1)
  return { inWater, inBuilding, isFree: (xM, yM) => !inWater(xM, yM) && !inBuilding(xM, yM) }
}
