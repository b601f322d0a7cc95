import type { Polygons } from '../model/city.ts'
import { createBoxGrid } from './boxGrid.ts'

/** Whether a point lies in a polygon, holes taken off. Even-odd over all its rings. */
function isInPolygon({ rings, start }: Polygons, polygon: number, xM: number, yM: number): boolean {
  let inside = false
  for (let ring = start[polygon]; ring < start[polygon + 1]; ring++) {
    const end = rings.start[ring + 1]
    for (let i = rings.start[ring], j = end - 1; i < end; j = i++) {
      const yi = rings.yM[i]
      const yj = rings.yM[j]
      if (yi > yM === yj > yM) continue
      if (xM < rings.xM[i] + ((yM - yi) / (yj - yi)) * (rings.xM[j] - rings.xM[i])) inside = !inside
    }
  }
  return inside
}

/** Features made of polygons: feature i owns the polygons `start[i] .. start[i + 1]`. */
export interface PolygonFeatures {
  readonly count: number
  readonly polygonStart: Uint32Array
  readonly polygons: Polygons
}

/**
 * Prepares some features to be asked for by place.
 *
 * Returns  a function: the first accepted feature that holds the point, or -1
 */
export function createFeatureFinder(
  features: PolygonFeatures,
  accept: (feature: number) => boolean,
  cellM = 200,
): (xM: number, yM: number) => number {
  const { rings, start } = features.polygons
  const polygon: number[] = []
  const owner: number[] = []
  const box: [number[], number[], number[], number[]] = [[], [], [], []]
  for (let feature = 0; feature < features.count; feature++) {
    if (!accept(feature)) continue
    for (let p = features.polygonStart[feature]; p < features.polygonStart[feature + 1]; p++) {
      let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
      for (let i = rings.start[start[p]]; i < rings.start[start[p] + 1]; i++) {
        west = Math.min(west, rings.xM[i])
        east = Math.max(east, rings.xM[i])
        south = Math.min(south, rings.yM[i])
        north = Math.max(north, rings.yM[i])
      }
      polygon.push(p)
      owner.push(feature)
      for (const [k, value] of [west, south, east, north].entries()) box[k].push(value)
    }
  }
  const grid = createBoxGrid(box[0], box[1], box[2], box[3], cellM)
  return (xM, yM) => {
    let found = -1
    grid.at(xM, yM, (k) => {
      if (found >= 0 && found <= owner[k]) return
      if (xM < box[0][k] || yM < box[1][k] || xM > box[2][k] || yM > box[3][k]) return
      if (isInPolygon(features.polygons, polygon[k], xM, yM)) found = owner[k]
    })
    return found
  }
}
