/**
 * Heights of the ground at the crossings of a regular grid, row by row from the north.
 * A grid of degrees, or of metres on a national grid: `place` says where a point of the earth lies on it.
 */
export interface Elevation {
  readonly columns: number
  readonly rows: number
  readonly heightM: Float32Array // [rows × columns] above the source's own level; NaN where it is not known
  readonly boundsDeg: readonly [west: number, south: number, east: number, north: number]
  readonly stepM: number // about, between neighbours
  /** Writes column and row, with fractions, into `out`; places outside come out outside. */
  place(latDeg: number, lonDeg: number, out: Float64Array): void
}

const at = new Float64Array(2)

/**
 * The height of the ground at a place in metres: between the four heights around it (bilinear); of what is not known
 * the known ones speak for it. NaN outside and where none is known.
 */
export function elevationAt(grid: Elevation, latDeg: number, lonDeg: number): number {
  grid.place(latDeg, lonDeg, at)
  const { columns, rows, heightM } = grid
  const [x, y] = at
  if (!(x >= -0.5 && x <= columns - 0.5 && y >= -0.5 && y <= rows - 0.5)) return NaN
  const i = Math.min(columns - 1, Math.max(0, Math.floor(x)))
  const j = Math.min(rows - 1, Math.max(0, Math.floor(y)))
  const u = Math.min(1, Math.max(0, x - i))
  const v = Math.min(1, Math.max(0, y - j))
  let sum = 0
  let weight = 0
  for (let dj = 0; dj <= 1; dj++) {
    for (let di = 0; di <= 1; di++) {
      const own = (di ? u : 1 - u) * (dj ? v : 1 - v)
      if (own === 0) continue
      const height = heightM[Math.min(rows - 1, j + dj) * columns + Math.min(columns - 1, i + di)]
      if (Number.isNaN(height)) continue
      sum += own * height
      weight += own
    }
  }
  return weight > 0 ? sum / weight : NaN
}

/** Lowest, highest and mean height of a grid, and how many of its points are not known. */
export function describeElevation({ heightM }: Elevation): {
  minM: number
  maxM: number
  meanM: number
  unknown: number
} {
  let minM = Infinity
  let maxM = -Infinity
  let sum = 0
  let unknown = 0
  for (let k = 0; k < heightM.length; k++) {
    const height = heightM[k]
    if (Number.isNaN(height)) {
      unknown++
      continue
    }
    minM = Math.min(minM, height)
    maxM = Math.max(maxM, height)
    sum += height
  }
  const known = heightM.length - unknown
  return known > 0 ? { minM, maxM, meanM: sum / known, unknown } : { minM: NaN, maxM: NaN, meanM: NaN, unknown }
}
