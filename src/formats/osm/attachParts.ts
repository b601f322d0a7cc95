import type { Steps } from '../../base/steps.ts'
import { createBoxGrid } from '../../geo/boxGrid.ts'
import { placeInRing } from '../../geo/polygon/combineRings.ts'
import type { Region } from '../../geo/polygon/ring.ts'
import type { BuildingRow } from './buildingRow.ts'
import { STEPS_PER_M } from './localFrame.ts'

const CELL = 64 * STEPS_PER_M

/**
 * Finds for every building:part the building it belongs to: the smallest outline around most of its corners.
 *
 * Writes   `parent` of the parts
 */
export function* attachParts(rows: readonly BuildingRow[]): Steps<void> {
  if (!rows.some((row) => row.isPart)) return
  const outlines: { row: BuildingRow; i: number }[] = []
  const box: Box[] = []
  const cells = new Set<string>()
  for (const { isPart, centreXM, centreYM } of rows) {
    if (isPart) cells.add(cellOf(centreXM * STEPS_PER_M, centreYM * STEPS_PER_M))
  }
  for (let i = 0; i < rows.length; i++) {
    if ((i & 1023) === 0) yield (0.7 * i) / rows.length
    const row = rows[i]!
    if (!row.isOutline) continue
    const own = boxOf(row.regions)
    // most outlines have no part near them
    if (!hasCell(cells, own)) continue
    outlines.push({ row, i })
    box.push(own)
  }
  const grid = createBoxGrid(
    box.map((b) => b[0]),
    box.map((b) => b[1]),
    box.map((b) => b[2]),
    box.map((b) => b[3]),
    CELL,
  )
  yield 0.8
  for (let own = 0; own < rows.length; own++) {
    const part = rows[own]!
    if (!part.isPart) continue
    let smallest = Infinity
    const x = part.centreXM * STEPS_PER_M
    const y = part.centreYM * STEPS_PER_M
    grid.at(x, y, (k) => {
      const { row, i } = outlines[k]!
      // an outline that is itself a part can hold parts only if it is the larger one, so no two can hold each other
      if (i === own || row.footprintM2 >= smallest) return
      if (part.isOutline && row.footprintM2 <= part.footprintM2) return
      if (!holdsMostOf(row.regions, part)) return
      smallest = row.footprintM2
      part.parent = i
    })
  }
}

function holdsMostOf(regions: readonly Region[], part: BuildingRow): boolean {
  let held = 0
  let corners = 0
  for (const { outer } of part.regions) {
    for (let i = 0; i < outer.length; i += 2) {
      corners++
      if (placeInRegions(regions, outer[i]!, outer[i + 1]!) >= 0) held++
    }
  }
  return 2 * held >= corners
}

const placeInRegions = (regions: readonly Region[], x: number, y: number): number => {
  for (const { outer, holes } of regions) {
    const place = placeInRing(outer, x, y)
    if (place === 0) return 0
    if (place > 0 && holes.every((hole) => placeInRing(hole, x, y) <= 0)) return 1
  }
  return -1
}

const cellOf = (x: number, y: number): string => `${Math.floor(x / CELL)},${Math.floor(y / CELL)}`

/** Whether one of the cells that a box covers is in the set; a very large box covers what it likes. */
function hasCell(cells: ReadonlySet<string>, box: Box): boolean {
  if ((box[2] - box[0]) * (box[3] - box[1]) > 1024 * CELL * CELL) return true
  for (let x = box[0]; x < box[2] + CELL; x += CELL) {
    for (let y = box[1]; y < box[3] + CELL; y += CELL) if (cells.has(cellOf(x, y))) return true
  }
  return false
}

type Box = [minX: number, minY: number, maxX: number, maxY: number]

function boxOf(regions: readonly Region[]): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { outer } of regions) {
    for (let i = 0; i < outer.length; i += 2) {
      box[0] = Math.min(box[0], outer[i]!)
      box[1] = Math.min(box[1], outer[i + 1]!)
      box[2] = Math.max(box[2], outer[i]!)
      box[3] = Math.max(box[3], outer[i + 1]!)
    }
  }
  return box
}
