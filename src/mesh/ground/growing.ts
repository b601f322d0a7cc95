/** Columns of a flat mesh that grow: places on the ground in metres, triangles. */
export interface GroundColumns {
  readonly xz: number[] // east, south
  readonly index: number[]
}

export const createGroundColumns = (): GroundColumns => ({ xz: [], index: [] })

export const addVertex = ({ xz }: GroundColumns, xM: number, yM: number): number => {
  xz.push(xM, -yM)
  return xz.length / 2 - 1
}

/** A mesh of many vertices needs 32-bit indices; most fit into 16. */
export const indexOf = (index: readonly number[], vertices: number): Uint16Array | Uint32Array =>
  vertices <= 65_536 ? new Uint16Array(index) : new Uint32Array(index)
