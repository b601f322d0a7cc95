import { type Region, ringArea } from '../../geo/polygon/ring.ts'
import { triangulate } from '../buildings/triangulate.ts'
import type { RoofMesh } from './roofMesh.ts'
import { type Skeleton, straightSkeleton } from './skeleton.ts'

/** What becomes of the ends of ridges: hipped all round, a gable up to the ridge, or one half way up. */
export type RoofEnds = 'hip' | 'gable' | 'half'

/** How far up a half-hipped gable goes before it leans back. Assumption: half way. */
const HALF = 0.5

/**
 * A roof whose faces rise alike from all edges, with gables where a ridge ends if wanted. A gable stands on an edge
 * whose face is a triangle: a line from the ridge's end to the middle of the edge parts that triangle between its
 * neighbours, and the wall goes up to it.
 *
 * Returns  null when the outline is too involved
 */
export function skeletonRoof(region: Region, ends: RoofEnds): RoofMesh | null {
  const skeleton = straightSkeleton(region)
  if (!skeleton) return null
  const faces = skeleton.faces.map((face) => [...face])
  const x = skeleton.x.map(Math.round)
  const y = skeleton.y.map(Math.round)
  const deepest = skeleton.depth.reduce((most, depth) => Math.max(most, depth), 0)
  const rise = skeleton.depth.map((depth) => Math.min(1, depth / deepest))
  const walls = skeleton.faces.map(([start, end]) => [start, end])
  if (ends !== 'hip') {
    const mesh = { x, y, rise }
    for (const e of gableEnds(skeleton)) raiseGable(mesh, faces, walls, skeleton, e, ends)
  }
  const triangles = cutFaces(faces, x, y)
  return triangles && { x, y, rise, triangles, walls }
}

/** Edges that may carry a gable: their faces are triangles, and no neighbour's is one already. */
function gableEnds({ faces, rings }: Skeleton): number[] {
  const chosen = new Set<number>()
  let first = 0
  for (const ring of rings) {
    const n = ring.length
    const own = ring.map((_, i) => first + i).filter((e) => faces[e].length === 3)
    // the narrowest ends first: on a square two opposite sides, not two neighbours
    for (const e of own) {
      const i = e - first
      if (chosen.has(first + ((i + 1) % n)) || chosen.has(first + ((i + n - 1) % n))) continue
      chosen.add(e)
    }
    first += n
  }
  return [...chosen]
}

function raiseGable(
  { x, y, rise }: Pick<RoofMesh, 'x' | 'y' | 'rise'>,
  faces: number[][],
  walls: number[][],
  { edgeStart }: Skeleton,
  e: number,
  ends: RoofEnds,
): void {
  const [a, b, tip] = faces[e]
  const behind = faces.findIndex((face) => face[1] === a)
  const ahead = edgeStart.indexOf(b)
  const put = (px: number, py: number, height: number): number => {
    x.push(Math.round(px))
    y.push(Math.round(py))
    rise.push(height)
    return x.length - 1
  }
  const mx = (x[a] + x[b]) / 2
  const my = (y[a] + y[b]) / 2
  // the side of the face behind runs a, tip; that of the face ahead tip, b
  const onSide = (face: number[], from: number, to: number, between: readonly number[]): void => {
    const at = face.findIndex((v, i) => v === from && face[(i + 1) % face.length] === to)
    face.splice(at + 1, 0, ...between)
  }
  if (ends === 'gable') {
    const top = put(mx, my, rise[tip])
    onSide(faces[ahead], tip, b, [top])
    onSide(faces[behind], a, tip, [top])
    faces[e] = []
    walls[e] = [a, top, b]
    return
  }
  const top = put(x[tip] + HALF * (mx - x[tip]), y[tip] + HALF * (my - y[tip]), rise[tip])
  const left = put(x[a] + HALF * (mx - x[a]), y[a] + HALF * (my - y[a]), HALF * rise[tip])
  const right = put(x[b] + HALF * (mx - x[b]), y[b] + HALF * (my - y[b]), HALF * rise[tip])
  onSide(faces[ahead], tip, b, [top, right])
  onSide(faces[behind], a, tip, [left, top])
  faces[e] = [left, right, top]
  walls[e] = [a, left, right, b]
}

/** Triangles of all faces; null when rounding has turned one over. */
function cutFaces(faces: readonly (readonly number[])[], x: readonly number[], y: readonly number[]): number[] | null {
  const out: number[] = []
  for (const face of faces) {
    if (face.length === 0) continue
    const ring = new Float64Array(2 * face.length)
    for (const [i, v] of face.entries()) {
      ring[2 * i] = x[v]
      ring[2 * i + 1] = y[v]
    }
    if (ringArea(ring) <= 0) return null
    const { triangles } = triangulate({ outer: ring, holes: [] })
    if (triangles.length !== 3 * (face.length - 2)) return null
    for (const k of triangles) out.push(face[k])
  }
  return out
}
