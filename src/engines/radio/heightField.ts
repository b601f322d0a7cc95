import type { Buildings } from '../../model/city.ts'
import type { Window } from './lattice.ts'

/** Tops of buildings above ground on the lattice; 0 where nothing is built. */
export interface HeightField extends Window {
  readonly topM: Float32Array // [rows, cols]
}

/** Bounding boxes of all buildings, so that a window needs to look at its own only. */
export function footprintBoxes({ count, polygonStart, polygons }: Buildings): Float32Array {
  const { start, rings } = polygons
  const boxes = new Float32Array(4 * count)
  for (let b = 0; b < count; b++) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
    for (let v = rings.start[start[polygonStart[b]]]; v < rings.start[start[polygonStart[b + 1]]]; v++) {
      west = Math.min(west, rings.xM[v])
      east = Math.max(east, rings.xM[v])
      south = Math.min(south, rings.yM[v])
      north = Math.max(north, rings.yM[v])
    }
    boxes.set([west, south, east, north], 4 * b)
  }
  return boxes
}

/**
 * Draws the buildings into a height field: a cell takes the highest top over its centre.
 * A building that is drawn by its parts counts by its parts; passages under a raised part are closed.
 *
 * Shapes   boxes [4 n] from {@link footprintBoxes}
 * Units    m
 * Cost     O(cells under roofs + edges x rows of each building)
 */
export function drawHeights(buildings: Buildings, boxes: Float32Array, window: Window): HeightField {
  const { cellM, col0, row0, cols, rows } = window
  const topM = new Float32Array(cols * rows)
  const { polygonStart, heightM, hasParts } = buildings
  const [west, south, east, north] = [col0 * cellM, row0 * cellM, (col0 + cols) * cellM, (row0 + rows) * cellM]
  for (let b = 0; b < buildings.count; b++) {
    if (hasParts[b] === 1 || !(heightM[b] > 0)) continue
    const at = 4 * b
    if (boxes[at] > east || boxes[at + 2] < west || boxes[at + 1] > north || boxes[at + 3] < south) continue
    for (let p = polygonStart[b]; p < polygonStart[b + 1]; p++) fillPolygon(buildings, p, heightM[b], window, topM)
  }
  return { ...window, topM }
}

let crossings = new Float64Array(64)

/** Even-odd scanline fill at cell centres; holes are rings like the others. */
function fillPolygon(buildings: Buildings, polygon: number, height: number, window: Window, topM: Float32Array): void {
  const { start, rings } = buildings.polygons
  const { cellM, col0, row0, cols, rows } = window
  const first = start[polygon]
  const last = start[polygon + 1]
  let [south, north] = [Infinity, -Infinity]
  for (let v = rings.start[first]; v < rings.start[last]; v++) {
    south = Math.min(south, rings.yM[v])
    north = Math.max(north, rings.yM[v])
  }
  const vertices = rings.start[last] - rings.start[first]
  if (crossings.length < vertices) crossings = new Float64Array(2 * vertices)
  const rowFrom = Math.max(0, Math.ceil(south / cellM - 0.5) - row0)
  const rowTo = Math.min(rows - 1, Math.floor(north / cellM - 0.5) - row0)
  for (let row = rowFrom; row <= rowTo; row++) {
    const y = (row0 + row + 0.5) * cellM
    let n = 0
    for (let r = first; r < last; r++) {
      const from = rings.start[r]
      const to = rings.start[r + 1]
      let previous = to - 1
      for (let v = from; v < to; previous = v++) {
        const ya = rings.yM[previous]
        const yb = rings.yM[v]
        if (ya > y === yb > y) continue
        const xa = rings.xM[previous]
        crossings[n++] = xa + ((y - ya) / (yb - ya)) * (rings.xM[v] - xa)
      }
    }
    const sorted = crossings.subarray(0, n).sort()
    for (let i = 0; i + 1 < n; i += 2) {
      const colFrom = Math.max(0, Math.ceil(sorted[i] / cellM - 0.5) - col0)
      const colTo = Math.min(cols - 1, Math.ceil(sorted[i + 1] / cellM - 0.5) - 1 - col0)
      for (let c = row * cols + colFrom; c <= row * cols + colTo; c++) if (topM[c] < height) topM[c] = height
    }
  }
}

/** Height of the roof over a point, 0 where nothing is built. */
export function roofOver(buildings: Buildings, boxes: Float32Array, xM: number, yM: number): number {
  const cellM = 0.25
  const window = { cellM, col0: Math.floor(xM / cellM), row0: Math.floor(yM / cellM), cols: 1, rows: 1 }
  return drawHeights(buildings, boxes, window).topM[0]
}
