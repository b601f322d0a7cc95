/** Points in square cells, to find the nearest one that qualifies. */
export interface PointGrid {
  /** Index of the nearest accepted point within `reachM`, the lowest index among equals; -1 when there is none. */
  nearest(xM: number, yM: number, reachM: number, accept?: (point: number) => boolean): number
}

/**
 * Sorts points into cells of the given size.
 *
 * Cost     O(n) to build; a query looks at rings of cells until none can hold a nearer point
 */
export function createPointGrid(xM: Float64Array, yM: Float64Array, cellM: number): PointGrid {
  const n = xM.length
  let west = Infinity
  let south = Infinity
  let east = -Infinity
  let north = -Infinity
  for (let i = 0; i < n; i++) {
    west = Math.min(west, xM[i])
    east = Math.max(east, xM[i])
    south = Math.min(south, yM[i])
    north = Math.max(north, yM[i])
  }
  const cols = n > 0 ? Math.floor((east - west) / cellM) + 1 : 0
  const rows = n > 0 ? Math.floor((north - south) / cellM) + 1 : 0
  const start = new Int32Array(cols * rows + 1)
  const cellOf = (i: number): number => Math.floor((yM[i] - south) / cellM) * cols + Math.floor((xM[i] - west) / cellM)
  for (let i = 0; i < n; i++) start[cellOf(i) + 1]++
  for (let c = 0; c < cols * rows; c++) start[c + 1] += start[c]
  const next = start.slice(0, cols * rows)
  const points = new Int32Array(n)
  for (let i = 0; i < n; i++) points[next[cellOf(i)]++] = i

  return {
    nearest(x, y, reachM, accept = () => true) {
      if (n === 0) return -1
      const col = Math.floor((x - west) / cellM)
      const row = Math.floor((y - south) / cellM)
      let best = -1
      let bestSquare = reachM * reachM
      const look = (c: number, r: number): void => {
        if (c < 0 || r < 0 || c >= cols || r >= rows) return
        const cell = r * cols + c
        for (let k = start[cell]; k < start[cell + 1]; k++) {
          const i = points[k]
          const dx = xM[i] - x
          const dy = yM[i] - y
          const square = dx * dx + dy * dy
          if (square > bestSquare || (square === bestSquare && i >= best && best >= 0) || !accept(i)) continue
          bestSquare = square
          best = i
        }
      }
      // the furthest ring that still touches the points
      const rings = Math.max(Math.abs(col), Math.abs(row), Math.abs(cols - col), Math.abs(rows - row))
      for (let ring = 0; ring <= rings; ring++) {
        const gap = (ring - 1) * cellM // nothing in this ring is nearer
        if (gap > 0 && gap * gap > bestSquare) break
        if (ring === 0) look(col, row)
        for (let k = -ring; k < ring; k++) {
          look(col + k, row - ring)
          look(col + ring, row + k)
          look(col - k, row + ring)
          look(col - ring, row - k)
        }
      }
      return best
    },
  }
}
