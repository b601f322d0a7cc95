import { combineRings } from '../../geo/polygon/combineRings.ts'
import { isSimple } from '../../geo/polygon/crossings.ts'
import {
  orientedRing,
  type Region,
  type Ring,
  ringArea,
  withoutRepeats,
  withoutStraight,
} from '../../geo/polygon/ring.ts'

type Piece = readonly Ring[] // outer first

/** What had to be done to an outline; null where it could not be saved. */
export interface JoinedArea {
  readonly regions: readonly Region[] | null
  readonly mended: boolean // a ring crossed or touched itself
}

const united = (winding: number): boolean => winding > 0
const nonZero = (winding: number): boolean => winding !== 0

/**
 * Makes clean polygons of the pieces of one feature: shared cut edges vanish, overlaps count once, rings that cross
 * themselves are mended, holes are cut. Outer rings come out counter-clockwise, holes clockwise, whatever they were.
 */
export function joinAreas(pieces: readonly Piece[], records: number, seamUnits: number): JoinedArea {
  if (records === 1 && pieces.length === 1 && pieces[0]!.length === 1) {
    // nearly all: one outline without holes
    const ring = withoutRepeats(pieces[0]![0]!)
    if (ring.length < 6) return { regions: [], mended: false }
    if (isSimple([ring])) return { regions: [{ outer: orientedRing(ring, true), holes: [] }], mended: false }
  }
  const clean = pieces
    .map((piece) => piece.map(withoutRepeats).filter((ring) => ring.length >= 6))
    .filter((piece) => piece.length > 0)
  if (clean.length === 0) return { regions: [], mended: false }
  if (records === 1 && isSimple(clean.flat())) return { regions: asTheyAre(clean), mended: false }

  const rings: Ring[] = []
  let mended = false
  for (const piece of clean) {
    for (const [k, ring] of piece.entries()) {
      if (isSimple([ring])) {
        rings.push(orientedRing(ring, k === 0))
        continue
      }
      mended = true
      // a figure of eight falls into its lobes; what it leaves open inside stays open
      const lobes = combineRings([ring], nonZero)
      if (!lobes) return { regions: null, mended }
      for (const { outer, holes } of lobes) {
        rings.push(orientedRing(outer, k === 0))
        for (const hole of holes) rings.push(orientedRing(hole, k !== 0))
      }
    }
  }
  const regions = combineRings(rings, united)
  if (!regions || records === 1) return { regions, mended: true }
  return { regions: withoutSeams(regions, seamUnits), mended }
}

const asTheyAre = (pieces: readonly Piece[]): Region[] =>
  pieces
    .filter(([outer]) => ringArea(outer!) !== 0)
    .map(([outer, ...holes]) => ({
      outer: orientedRing(outer!, true),
      holes: holes.filter((hole) => ringArea(hole) !== 0).map((hole) => orientedRing(hole, false)),
    }))

/** Takes out what cutting left behind: vertices on straight edges and jogs no wider than rounding. */
function withoutSeams(regions: readonly Region[], seamUnits: number): Region[] {
  const kept: Region[] = []
  for (const { outer, holes } of regions) {
    const smooth = withoutStraight(outer, seamUnits)
    if (smooth.length < 6) continue
    const open = holes.map((hole) => withoutStraight(hole, seamUnits)).filter((hole) => hole.length >= 6)
    kept.push({ outer: smooth, holes: open })
  }
  return kept
}
