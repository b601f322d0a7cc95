import type { Findings } from '../../base/findings.ts'
import { combineRings } from '../../geo/polygon/combineRings.ts'
import { type Region, reversedRing, withoutStraight } from '../../geo/polygon/ring.ts'
import { isStanding } from '../../model/roof.ts'
import { type BuildingRow, measure } from './buildingRow.ts'
import { nameOfFeature, OUTLINE_OF_PARTS } from './feature.ts'

/** A rest of an outline thinner than this share of it, or smaller, is drawing error, not a wing. */
const MIN_REST_SHARE = 0.03
const MIN_REST_M2 = 4

/**
 * Lets parts take the place of their outline. Mappers often draw a part for the tower only and leave the low wing to
 * the outline, so what the parts leave uncovered becomes a part of its own: nothing of a building goes missing.
 * Only parts that stand on the ground count; one that floats (a sphere on a column) leaves its outline standing.
 * An outline with a dome or another crown is drawn whole. When the roof's height is mapped too, the parts below it are an older,
 * stepped likeness of the same roof and give way.
 *
 * Writes   `hasParts`: 1 for what is drawn by something else
 * Returns  the rests, to be added as parts of their outlines
 */
export function replaceOutlines(rows: readonly BuildingRow[], findings: Findings): BuildingRow[] {
  const partsOf = new Map<number, BuildingRow[]>()
  for (const row of rows) {
    if (row.parent < 0 || row.bottomM > 0 || row.roof.shape === 'sphere') continue
    const list = partsOf.get(row.parent)
    if (list) list.push(row)
    else partsOf.set(row.parent, [row])
  }
  const rests: BuildingRow[] = []
  for (const [parent, parts] of partsOf) {
    const outline = rows[parent]!
    if (isStanding(outline.roof)) {
      hideUnderRoof(outline, parts, findings)
      continue
    }
    if (outline.head.tags.has(OUTLINE_OF_PARTS)) {
      outline.hasParts = true
      continue
    }
    const rest = restOf(outline.regions, parts)
    if (!rest) continue
    outline.hasParts = true
    const { areaM2, xM, yM } = measure(rest)
    if (areaM2 < MIN_REST_M2 || areaM2 < MIN_REST_SHARE * outline.footprintM2) continue
    rests.push({
      ...outline,
      regions: rest,
      footprintM2: areaM2,
      centreXM: xM,
      centreYM: yM,
      isOutline: false,
      isPart: true,
      hasParts: false,
      parent,
    })
  }
  return rests
}

function hideUnderRoof(outline: BuildingRow, parts: readonly BuildingRow[], findings: Findings): void {
  if (!outline.roof.isHeightMapped) return
  for (const part of parts) {
    if (part.topM > outline.topM) continue
    part.hasParts = true
    findings.add(
      'PART_UNDER_ROOF',
      'building part',
      'A part below the mapped roof of its building is not drawn.',
      nameOfFeature(part.head),
    )
  }
}

function restOf(outline: readonly Region[], parts: readonly BuildingRow[]): Region[] | null {
  const own = outline.flatMap(({ outer, holes }) => [outer, ...holes])
  const covered = combineRings(
    parts.flatMap(({ regions }) => regions.flatMap(({ outer, holes }) => [outer, ...holes])),
    (winding) => winding > 0,
  )
  if (!covered) return null
  const taken = covered.flatMap(({ outer, holes }) => [reversedRing(outer), ...holes.map(reversedRing)])
  const rest = combineRings([...own, ...taken], (winding) => winding > 0)
  if (!rest) return null
  const clean: Region[] = []
  for (const { outer, holes } of rest) {
    const smooth = withoutStraight(outer, 1)
    // slivers along walls that were drawn twice, a hand's breadth apart
    if (smooth.length < 6 || measure([{ outer: smooth, holes: [] }]).areaM2 < MIN_REST_M2 / 4) continue
    clean.push({
      outer: smooth,
      holes: holes.map((hole) => withoutStraight(hole, 1)).filter((hole) => hole.length >= 6),
    })
  }
  return clean
}
