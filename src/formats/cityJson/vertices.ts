/** Vertices of a CityJSON file in columns, in millimetres of its grid. */
export interface Vertices {
  readonly count: number
  x(i: number): number
  y(i: number): number
  zM(i: number): number
  push(vertex: unknown): void
  clear(): void
}

/** Millimetres: CityJSON files are written to them, and whole numbers keep shared corners equal. */
export const UNITS_PER_M = 1000

export interface Transform {
  readonly scale: readonly number[]
  readonly translate: readonly number[]
}

const isTriple = (value: unknown): value is readonly number[] =>
  Array.isArray(value) &&
  value.length >= 3 &&
  value.slice(0, 3).every((v) => typeof v === 'number' && Number.isFinite(v))

/** The transform of a file; without one, as version 1.0 allows, coordinates are metres as they stand. */
export function readTransform(value: unknown): Transform {
  const { scale, translate } = (typeof value === 'object' && value !== null ? value : {}) as Partial<Transform>
  if (isTriple(scale) && isTriple(translate)) return { scale, translate }
  return { scale: [1, 1, 1], translate: [0, 0, 0] }
}

export function createVertices({ scale, translate }: Transform): Vertices {
  let room = 1024
  let count = 0
  let columns = new Float64Array(3 * room)
  return {
    get count() {
      return count
    },
    x: (i) => columns[3 * i]!,
    y: (i) => columns[3 * i + 1]!,
    zM: (i) => columns[3 * i + 2]!,
    push(vertex) {
      if (count === room) {
        room *= 2
        const next = new Float64Array(3 * room)
        next.set(columns)
        columns = next
      }
      const at = isTriple(vertex) ? vertex : [NaN, NaN, NaN]
      columns[3 * count] = Math.round((at[0]! * scale[0]! + translate[0]!) * UNITS_PER_M)
      columns[3 * count + 1] = Math.round((at[1]! * scale[1]! + translate[1]!) * UNITS_PER_M)
      columns[3 * count + 2] = at[2]! * scale[2]! + translate[2]!
      count++
    },
    clear() {
      count = 0
    },
  }
}
