import type { PbfReader } from 'pbf'
import { type Ring, ringArea } from '../../../geo/polygon/ring.ts'

const MOVE_TO = 1
const LINE_TO = 2
const CLOSE_PATH = 7

/**
 * Decodes the drawing commands of a feature into runs of vertices, in tile units from the tile's corner, y down.
 * Every vertex needs two bytes at least, so a count that the bytes cannot hold is refused before it is believed.
 *
 * Source   Mapbox Vector Tile specification 2.1, section 4.3.
 */
export function readRuns(pbf: PbfReader, end: number): number[][] {
  const runs: number[][] = []
  let run: number[] = []
  let x = 0
  let y = 0
  while (pbf.pos < end) {
    const command = pbf.readVarint()
    const id = command & 7
    const count = command >>> 3
    if (id === CLOSE_PATH) {
      if (count !== 1) throw new Error('a path closed more than once')
      continue
    }
    if (id !== MOVE_TO && id !== LINE_TO) throw new Error(`unknown drawing command ${id}`)
    if (count * 2 > end - pbf.pos) throw new Error(`${count} vertices in ${end - pbf.pos} bytes`)
    for (let i = 0; i < count; i++) {
      x += pbf.readSVarint()
      y += pbf.readSVarint()
      if (id === MOVE_TO) {
        run = []
        runs.push(run)
      }
      run.push(x, y)
    }
  }
  if (pbf.pos !== end) throw new Error('a drawing command runs over its end')
  return runs
}

/**
 * Puts runs onto the lattice of all tiles: `left` and `top` are the tile's corner, y is turned to the north.
 */
export const placeRun = (run: readonly number[], left: number, top: number): Ring => {
  const ring = new Float64Array(run.length)
  for (let i = 0; i < run.length; i += 2) {
    ring[i] = left + run[i]!
    ring[i + 1] = -(top + run[i + 1]!)
  }
  return ring
}

/** Groups the rings of a polygon feature: a ring that turns like the first opens a polygon, the others are its holes. */
export function groupRings(rings: readonly Ring[]): Ring[][] {
  const polygons: Ring[][] = []
  let sense = 0
  for (const ring of rings) {
    const area = ringArea(ring)
    if (sense === 0 && area !== 0) sense = Math.sign(area)
    if (polygons.length === 0 || Math.sign(area) === sense) polygons.push([ring])
    else polygons[polygons.length - 1]!.push(ring)
  }
  return polygons
}

/** The parts of a line that lie in its own tile; a tile may carry a margin of its neighbours, which have it too. */
export function clipRun(run: Ring, left: number, bottom: number, size: number): Ring[] {
  const right = left + size
  const top = bottom + size
  const inside = run.every((v, i) => (i & 1 ? v >= bottom && v <= top : v >= left && v <= right))
  if (inside) return [run]
  const pieces: Ring[] = []
  let open: number[] = []
  const close = (): void => {
    if (open.length >= 4) pieces.push(Float64Array.from(open))
    open = []
  }
  for (let i = 0; i + 3 < run.length; i += 2) {
    const ax = run[i]!
    const ay = run[i + 1]!
    const dx = run[i + 2]! - ax
    const dy = run[i + 3]! - ay
    let from = 0
    let to = 1
    // Liang and Barsky 1984: the span of the segment on the inner side of all four borders
    for (const [p, q] of [
      [-dx, ax - left],
      [dx, right - ax],
      [-dy, ay - bottom],
      [dy, top - ay],
    ] as const) {
      if (p === 0) {
        if (q < 0) to = -1
      } else if (p < 0) from = Math.max(from, q / p)
      else to = Math.min(to, q / p)
    }
    if (from > to) {
      close()
      continue
    }
    if (open.length === 0) open.push(Math.round(ax + from * dx), Math.round(ay + from * dy))
    open.push(Math.round(ax + to * dx), Math.round(ay + to * dy))
    if (to < 1) close()
  }
  close()
  return pieces
}
