import type { GridDay, GridMap } from '../../model/grid.ts'

/** The hottest branches and the lowest voltages of a day, worst first. */
export interface DayWorst {
  readonly branches: readonly { readonly branch: number; readonly loading: number; readonly step: number }[]
  readonly buses: readonly { readonly bus: number; readonly vPu: number; readonly step: number }[]
}

/** The extreme of each column of a row-major table and its row. */
function extremes(table: Float32Array, columns: number, rows: number, sign: 1 | -1) {
  const value = new Float32Array(columns).fill(-Infinity)
  const row = new Int32Array(columns).fill(-1)
  for (let t = 0; t < rows; t++) {
    for (let i = 0; i < columns; i++) {
      const own = sign * table[t * columns + i]
      if (own <= value[i] || Number.isNaN(own)) continue
      value[i] = own
      row[i] = t
    }
  }
  return { value, row }
}

/** Indices of the largest values, ties by index. Those that were never known are left out. */
function largest(value: Float32Array, count: number): number[] {
  const known = [...value.keys()].filter((i) => value[i] > -Infinity)
  return known.sort((a, b) => value[b] - value[a] || a - b).slice(0, count)
}

/** Each branch and bus counts once, with its worst step. */
export function worstOfDay(day: GridDay, map: GridMap, count: number): DayWorst {
  const hot = extremes(day.loading, map.branchCount, day.steps, 1)
  const low = extremes(day.vPu, map.busCount, day.steps, -1)
  return {
    branches: largest(hot.value, count).map((branch) => ({
      branch,
      loading: hot.value[branch],
      step: hot.row[branch],
    })),
    buses: largest(low.value, count).map((bus) => ({ bus, vPu: -low.value[bus], step: low.row[bus] })),
  }
}
