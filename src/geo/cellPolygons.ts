/** The outlines of one patch of cells: the outer ring first, then its holes. Rings are closed: the last corner is the first. */
export type CellPolygon = readonly (readonly number[])[] // each ring x0,y0,x1,y1,… in corners of cells

// Directions of a walk along cell edges with the patch at the left: east, north, west, south.
const DX = [1, 0, -1, 0]
const DY = [0, 1, 0, -1]
// Cells at the left and at the right of an edge that leaves corner (x, y).
const LEFT_X = [0, -1, -1, 0]
const LEFT_Y = [0, 0, -1, -1]
const RIGHT_X = [0, 0, -1, -1]
const RIGHT_Y = [-1, 0, 0, -1]

/**
 * The patches of cells that hold a value, as polygons along the cell edges. Cells that touch only at a corner make two
 * patches. Outer rings run anticlockwise, holes clockwise, as RFC 7946 wants them.
 *
 * Shapes   values [rows, cols], row 0 at the south
 * Cost     O(cells)
 */
export function cellPolygons(values: Int16Array, cols: number, rows: number, value: number): CellPolygon[] {
  const has = (c: number, r: number): boolean =>
    c >= 0 && r >= 0 && c < cols && r < rows && values[r * cols + c] === value
  const patchOf = labelPatches(values, cols, rows, value)
  const rings: number[][][] = []
  const walked = new Uint8Array(cols * rows) // cells whose lower edge was walked
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++) {
      const cell = r * cols + c
      if (values[cell] !== value || walked[cell] || has(c, r - 1)) continue
      const ring: number[] = []
      let [x, y, heading] = [c, r, 0]
      do {
        if (heading === 0) walked[y * cols + x] = 1
        ring.push(x, y)
        // straight on to the next corner that turns
        for (;;) {
          x += DX[heading]!
          y += DY[heading]!
          const left = has(x + LEFT_X[heading]!, y + LEFT_Y[heading]!)
          const right = has(x + RIGHT_X[heading]!, y + RIGHT_Y[heading]!)
          if (left && !right) {
            if (heading === 0) walked[y * cols + x] = 1
            continue
          }
          // where the patch does not go on ahead it ends at a left turn, also when another touches the corner
          heading = left ? (heading + 3) & 3 : (heading + 1) & 3
          break
        }
      } while (x !== c || y !== r || heading !== 0)
      ring.push(c, r)
      const patch = patchOf[cell]!
      const own = rings[patch] ?? []
      rings[patch] = own
      for (const simple of splitRing(ring)) {
        if (isAnticlockwise(simple)) own.unshift(simple)
        else own.push(simple)
      }
    }
  }
  return rings
}

/** A ring that touches itself at corners as rings that do not. */
function splitRing(ring: readonly number[]): number[][] {
  const simple: number[][] = []
  const open: number[] = []
  const placeOf = new Map<string, number>()
  for (let i = 0; i < ring.length; i += 2) {
    const [x, y] = [ring[i]!, ring[i + 1]!]
    const met = placeOf.get(`${x} ${y}`)
    if (met !== undefined) {
      const loop = open.splice(met)
      for (let k = 0; k < loop.length; k += 2) placeOf.delete(`${loop[k]} ${loop[k + 1]}`)
      simple.push([...loop, x, y])
    }
    placeOf.set(`${x} ${y}`, open.length)
    open.push(x, y)
  }
  return simple
}

function isAnticlockwise(ring: readonly number[]): boolean {
  let twice = 0
  for (let i = 0; i + 3 < ring.length; i += 2) twice += ring[i]! * ring[i + 3]! - ring[i + 2]! * ring[i + 1]!
  return twice > 0
}

/** The patch of each cell, counted from 0 in reading order; -1 for cells of another value. */
function labelPatches(values: Int16Array, cols: number, rows: number, value: number): Int32Array {
  const patchOf = new Int32Array(cols * rows).fill(-1)
  const stack = new Int32Array(cols * rows)
  let patches = 0
  for (let seed = 0; seed < cols * rows; seed++) {
    if (values[seed] !== value || patchOf[seed]! >= 0) continue
    let top = 0
    stack[top++] = seed
    patchOf[seed] = patches
    while (top > 0) {
      const cell = stack[--top]!
      const c = cell % cols
      const near = [c > 0 ? cell - 1 : -1, c < cols - 1 ? cell + 1 : -1, cell - cols, cell + cols]
      for (const other of near) {
        if (other < 0 || other >= cols * rows || values[other] !== value || patchOf[other]! >= 0) continue
        patchOf[other] = patches
        stack[top++] = other
      }
    }
    patches++
  }
  return patchOf
}
