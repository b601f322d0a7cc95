import type { Surface } from './vertex.ts'

/** Takes a solid's vertices and triangles. Places in steps, east, north and up; normals of length one. */
export interface SolidSink {
  vertex(x: number, y: number, up: number, nx: number, ny: number, nUp: number, surface: Surface): number
  triangle(a: number, b: number, c: number): void
}

/** A sink that keeps what it gets in columns that grow. */
export interface SolidColumns extends SolidSink {
  readonly vertexCount: number
  readonly indexCount: number
  place: Int32Array // [vertices, 3] east, north, up in steps
  normal: Int8Array // [vertices, 4] in scene axes, ±127
  surface: Uint8Array
  feature: Float32Array
  index: Uint32Array
  /** The building whose vertices come next. */
  building: number
}

const grown = <Column extends Int32Array | Int8Array | Uint8Array | Float32Array | Uint32Array>(
  column: Column,
  length: number,
): Column => {
  const next = new (column.constructor as new (n: number) => Column)(length)
  next.set(column)
  return next
}

/** Creates columns with room for about this many vertices. */
export function createSolidColumns(vertices: number): SolidColumns {
  let room = Math.max(64, vertices)
  let indexRoom = 2 * room
  let count = 0
  let indices = 0
  const columns: SolidColumns = {
    get vertexCount() {
      return count
    },
    get indexCount() {
      return indices
    },
    place: new Int32Array(3 * room),
    normal: new Int8Array(4 * room),
    surface: new Uint8Array(room),
    feature: new Float32Array(room),
    index: new Uint32Array(indexRoom),
    building: -1,
    vertex(x, y, up, nx, ny, nUp, surface) {
      if (count === room) {
        room *= 2
        columns.place = grown(columns.place, 3 * room)
        columns.normal = grown(columns.normal, 4 * room)
        columns.surface = grown(columns.surface, room)
        columns.feature = grown(columns.feature, room)
      }
      columns.place[3 * count] = x
      columns.place[3 * count + 1] = y
      columns.place[3 * count + 2] = up
      columns.normal[4 * count] = Math.round(127 * nx)
      columns.normal[4 * count + 1] = Math.round(127 * nUp)
      columns.normal[4 * count + 2] = Math.round(-127 * ny)
      columns.surface[count] = surface
      columns.feature[count] = columns.building
      return count++
    },
    triangle(a, b, c) {
      if (indices + 3 > indexRoom) {
        indexRoom *= 2
        columns.index = grown(columns.index, indexRoom)
      }
      columns.index[indices] = a
      columns.index[indices + 1] = b
      columns.index[indices + 2] = c
      indices += 3
    },
  }
  return columns
}
