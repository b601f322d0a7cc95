import { combineRings } from '../../geo/polygon/combineRings.ts'
import { type Ring, withoutRepeats } from '../../geo/polygon/ring.ts'

/** The way of a member: its nodes by id and their places. */
export interface MemberWay {
  readonly refs: ArrayLike<number>
  readonly places: Ring // x0, y0, x1, y1 …
  readonly isInner: boolean // role "inner"
}

/** Rings made of member ways, and what could not be closed. */
interface MemberRings {
  readonly polygons: readonly (readonly Ring[])[] // outer first
  readonly open: readonly Ring[]
}

/** The longest coasts of the world have a few thousand; beyond that nothing is joined. */
const MAX_WAYS = 20_000

const odd = (winding: number): boolean => (winding & 1) !== 0

/**
 * Joins the ways of a multipolygon end to end, whichever way round they run, and tells outer rings from holes by where
 * they lie: inside is what an odd number of rings surrounds. Roles are often missing and sometimes wrong, so they serve
 * only to keep ways of different roles apart where several meet in one node.
 *
 * Returns  polygons, and the runs that do not close; of a figure too tangled to be told apart every ring is a polygon
 * Source   OpenStreetMap wiki, Relation:multipolygon/Algorithm (ring assignment), simplified by the even-odd rule
 */
export function memberRings(ways: readonly MemberWay[]): MemberRings {
  const rings: Ring[] = []
  const open: Ring[] = []
  const ends = new Map<number, MemberWay[]>()
  const used = new Set<MemberWay>()
  if (ways.length > MAX_WAYS) return { polygons: [], open: ways.map(({ places }) => places) }
  const byEnd = (id: number): MemberWay[] => ends.get(id) ?? []
  for (const way of ways) {
    const n = way.refs.length
    if (n < 2) continue
    if (way.refs[0] === way.refs[n - 1]) {
      rings.push(way.places)
      continue
    }
    for (const id of [way.refs[0]!, way.refs[n - 1]!]) {
      const list = ends.get(id)
      if (list) list.push(way)
      else ends.set(id, [way])
    }
  }
  for (const first of ways) {
    const n = first.refs.length
    if (n < 2 || used.has(first) || first.refs[0] === first.refs[n - 1]) continue
    used.add(first)
    const start = first.refs[0]!
    let end = first.refs[n - 1]!
    const points = Array.from(first.places)
    while (end !== start) {
      const free = byEnd(end).filter((way) => !used.has(way))
      const next = free.find((way) => way.isInner === first.isInner) ?? free[0]
      if (!next) break
      used.add(next)
      const m = next.refs.length
      const forward = next.refs[0] === end
      for (let k = 1; k < m; k++) {
        const at = forward ? k : m - 1 - k
        points.push(next.places[2 * at]!, next.places[2 * at + 1]!)
      }
      end = next.refs[forward ? m - 1 : 0]!
    }
    if (end === start) rings.push(Float64Array.from(points))
    else open.push(Float64Array.from(points))
  }
  return { polygons: nest(rings), open }
}

function nest(closed: readonly Ring[]): (readonly Ring[])[] {
  const rings = closed.map(withoutRepeats).filter((ring) => ring.length >= 6)
  if (rings.length === 0) return []
  if (rings.length === 1) return [rings]
  const regions = combineRings(rings, odd)
  return regions ? regions.map(({ outer, holes }) => [outer, ...holes]) : rings.map((ring) => [ring])
}
