/** Finds boxes around a point: boxes are sorted into square cells. */
export interface BoxGrid {
  /** Calls `visit` with every box whose cells hold the point; whether the box itself does is the caller's to check. */
  at(x: number, y: number, visit: (box: number) => void): void
}

/** Boxes that would fill more cells than this are looked at for every point instead. */
const MAX_CELLS = 256

/**
 * Creates the grid over n boxes given by their corners.
 *
 * Cost     O(n) to build for boxes about as large as a cell
 */
export function createBoxGrid(
  minX: ArrayLike<number>,
  minY: ArrayLike<number>,
  maxX: ArrayLike<number>,
  maxY: ArrayLike<number>,
  cell: number,
): BoxGrid {
  const cells = new Map<number, number[]>()
  const large: number[] = []
  const key = (i: number, j: number): number => i * 4_194_304 + j
  for (let b = 0; b < minX.length; b++) {
    const i0 = Math.floor(minX[b] / cell)
    const i1 = Math.floor(maxX[b] / cell)
    const j0 = Math.floor(minY[b] / cell)
    const j1 = Math.floor(maxY[b] / cell)
    if (!((i1 - i0 + 1) * (j1 - j0 + 1) <= MAX_CELLS)) {
      large.push(b)
      continue
    }
    for (let i = i0; i <= i1; i++) {
      for (let j = j0; j <= j1; j++) {
        const list = cells.get(key(i, j))
        if (list) list.push(b)
        else cells.set(key(i, j), [b])
      }
    }
  }
  return {
    at(x, y, visit) {
      for (const box of large) visit(box)
      for (const box of cells.get(key(Math.floor(x / cell), Math.floor(y / cell))) ?? []) visit(box)
    },
  }
}
