import type { Steps } from '../../base/steps.ts'
import type { BuildingRow } from './buildingRow.ts'
import { estimateHeights } from './estimateHeights.ts'
import { STOREY_HEIGHT_M } from './storeys.ts'

/**
 * Gives every row its top and underside. Mapped values stand; then a part takes its building's height, an outline the
 * lowest of its parts as an upper bound, and the rest is estimated from the neighbours.
 *
 * Writes   `topM`, `bottomM`, `source`
 */
export function* settleHeights(rows: readonly BuildingRow[]): Steps<void> {
  // walls first, without roofs, so that a neighbour's dome is nobody's storey
  const wallsM = Float64Array.from(rows, ({ mapped }) => mapped.topM)
  const outlines = rows.map((_, i) => i).filter((i) => rows[i]!.isOutline || rows[i]!.parent < 0)
  const column = (pick: (row: BuildingRow) => number) => outlines.map((i) => pick(rows[i]!))
  const heightM = Float64Array.from(outlines, (i) => wallsM[i]!)
  yield* estimateHeights({
    xM: column((row) => row.centreXM),
    yM: column((row) => row.centreYM),
    footprintM2: column((row) => row.footprintM2),
    use: column((row) => row.use),
    heightM,
  })
  for (const [k, i] of outlines.entries()) wallsM[i] = heightM[k]!

  for (const row of rows) {
    if (row.parent < 0 || row.mapped.source === null || row.bottomM > 0) continue
    const parent = rows[row.parent]!
    if (parent.mapped.source === null) wallsM[row.parent] = Math.min(wallsM[row.parent]!, row.mapped.topM)
  }
  for (const [i, row] of rows.entries()) {
    const { mapped, roof } = row
    const own = mapped.source !== null || row.parent < 0
    if (mapped.source !== 'tagged') row.topM = topOf(row, own ? wallsM[i]! : wallsM[row.parent]!)
    // a ball is as tall as it is wide: its top is known best, its underside follows
    if (roof.shape === 'sphere') row.bottomM = Math.max(0, row.topM - roof.heightM)
    if (row.topM - row.bottomM < 0.3) row.topM = row.bottomM + STOREY_HEIGHT_M.residential.value
  }
}

/** Levels do not count the roof, so it comes on top of the walls. */
function topOf({ mapped, roof, bottomM }: BuildingRow, wallM: number): number {
  if (roof.shape === 'sphere') return mapped.source === 'levels' ? mapped.topM : bottomM + roof.heightM
  return Math.max(wallM, bottomM) + roof.heightM
}
