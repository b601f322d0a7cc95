import type { Findings } from '../../base/findings.ts'
import type { Steps } from '../../base/steps.ts'
import type { Region, Ring } from '../../geo/polygon/ring.ts'
import { nameOfFeature, type OsmData, type OsmFeature, type OsmHead, type PointShape } from './feature.ts'
import { joinAreas } from './joinAreas.ts'
import { joinLines } from './joinLines.ts'

/** A feature whole again, in lattice coordinates. */
export type JoinedFeature = OsmHead & { readonly records: number } & (
    | PointShape
    | { readonly shape: 'line'; readonly lines: readonly Ring[] }
    | { readonly shape: 'area'; readonly regions: readonly Region[] }
  )

/** Puts the pieces of each feature together, by type, id and shape, in the order in which features first appear. */
export function* joinFeatures({ features, lattice }: OsmData, findings: Findings): Steps<JoinedFeature[]> {
  // nearly every feature stands alone: a list for each would be most of the memory
  const groups = new Map<number, OsmFeature | OsmFeature[]>()
  for (let i = 0; i < features.length; i++) {
    if ((i & 1023) === 0) yield (0.2 * i) / features.length
    const feature = features[i]!
    // type, id and shape in one whole number
    const key = feature.id * 9 + feature.type * 3 + SHAPES.indexOf(feature.shape)
    const group = groups.get(key)
    if (!group) groups.set(key, feature)
    else if (Array.isArray(group)) group.push(feature)
    else groups.set(key, [group, feature])
  }
  const joined: JoinedFeature[] = []
  let k = 0
  for (const group of groups.values()) {
    if ((k++ & 127) === 0) yield 0.2 + (0.8 * k) / groups.size
    const feature = joinGroup(Array.isArray(group) ? group : [group], lattice.seamUnits, findings)
    if (feature) joined.push(feature)
  }
  return joined
}

const SHAPES = ['point', 'line', 'area'] as const

function joinGroup(group: readonly OsmFeature[], seamUnits: number, findings: Findings): JoinedFeature | null {
  const first = group[0]!
  const { type, id, tags } = first
  const head = { type, id, tags, records: group.length }
  if (first.shape === 'point') return { ...head, shape: 'point', x: first.x, y: first.y }
  if (first.shape === 'line') {
    const pieces = group.length === 1 ? first.lines : group.flatMap((p) => (p.shape === 'line' ? p.lines : []))
    const lines = joinLines(pieces, seamUnits)
    if (lines.length) return { ...head, shape: 'line', lines }
    findings.add(
      'LINE_TOO_SHORT',
      'line',
      'A line with fewer than two different points was left out.',
      nameOfFeature(head),
    )
    return null
  }
  const pieces = group.length === 1 ? first.polygons : group.flatMap((p) => (p.shape === 'area' ? p.polygons : []))
  const { regions, mended } = joinAreas(pieces, group.length, seamUnits)
  const entity = tags.has('building') || tags.has('building:part') ? 'building' : 'area'
  if (regions === null) {
    findings.add(
      'RING_TANGLED',
      entity,
      'An outline crosses itself too often to be mended and was left out.',
      nameOfFeature(head),
    )
    return null
  }
  if (mended) {
    findings.add('RING_MENDED', entity, 'An outline that crosses or touches itself was mended.', nameOfFeature(head))
  }
  if (regions.length === 0) {
    findings.add('ZERO_AREA', entity, 'An outline that encloses nothing was left out.', nameOfFeature(head))
    return null
  }
  return { ...head, shape: 'area', regions }
}
