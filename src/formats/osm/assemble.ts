import type { Findings } from '../../base/findings.ts'
import type { Steps } from '../../base/steps.ts'
import type { Ring } from '../../geo/polygon/ring.ts'
import { isAreaWay } from './areaWay.ts'
import { isBuilding, isPart } from './buildingRow.ts'
import type { OsmElements, OsmRelation, OsmWay } from './elements.ts'
import { NODE, type OsmFeature, type OsmHead, OsmTags, RELATION, WAY } from './feature.ts'
import { createIdIndex } from './idIndex.ts'
import { type MemberWay, memberRings } from './memberRings.ts'

/** Relations of these types bound areas; `boundary` does too, but no border is drawn. */
const AREA_RELATIONS = new Set(['multipolygon'])

/**
 * Turns nodes, ways and relations into features: tagged nodes into points, ways into lines and areas, multipolygons
 * into areas with holes. What refers to something that is not in the file keeps what is there, and is a finding.
 * Ways that only draw a multipolygon's outline carry no tags of their own and are no features.
 *
 * Cost     O(nodes + references)
 */
export function* assemble(elements: OsmElements, findings: Findings): Steps<OsmFeature[]> {
  const features: OsmFeature[] = []
  const { nodeX, nodeY, ways, relations, taggedNodes, nodeTags } = elements
  yield 0
  const nodes = createIdIndex(elements.nodeId, elements.nodeCount)
  yield 0.1
  for (const [i, at] of taggedNodes.entries()) {
    if ((i & 4095) === 0) yield 0.1 + (0.1 * i) / taggedNodes.length
    const head = { type: NODE, id: elements.nodeId[at]!, tags: new OsmTags(nodeTags[i]!) } as const
    features.push({ ...head, shape: 'point', x: nodeX[at]!, y: nodeY[at]! })
  }
  const told = new Set<OsmWay>()
  const placesOf = (way: OsmWay): { places: Ring; refs: Float64Array } => {
    const { refs } = way
    const places = new Float64Array(2 * refs.length)
    let found = 0
    for (let i = 0; i < refs.length; i++) {
      const at = nodes.placeOf(refs[i]!)
      if (at < 0) break
      places[2 * i] = nodeX[at]!
      places[2 * i + 1] = nodeY[at]!
      found++
    }
    if (found === refs.length) return { places, refs }
    if (!told.has(way)) {
      const words = 'A way names nodes that are not in the file; it was drawn without them.'
      findings.add('MISSING_NODES', 'way', words, `way/${way.id}`)
      told.add(way)
    }
    const kept = refs.filter((ref) => nodes.placeOf(ref) >= 0)
    const left = new Float64Array(2 * kept.length)
    for (let i = 0; i < kept.length; i++) {
      const at = nodes.placeOf(kept[i]!)
      left[2 * i] = nodeX[at]!
      left[2 * i + 1] = nodeY[at]!
    }
    return { places: left, refs: kept }
  }
  for (const [i, way] of ways.entries()) {
    if ((i & 1023) === 0) yield 0.2 + (0.5 * i) / ways.length
    if (way.tags.length === 0) continue
    const { places } = placesOf(way)
    const head = { type: WAY, id: way.id, tags: new OsmTags(way.tags) } as const
    // a way that lost its first or last node closes no more
    const closed = places.length >= 8 && way.refs[0] === way.refs[way.refs.length - 1]
    const isRing = closed && places[0] === places[places.length - 2] && places[1] === places[places.length - 1]
    if (isRing && isAreaWay(way.tags)) features.push({ ...head, shape: 'area', polygons: [[places]] })
    else features.push({ ...head, shape: 'line', lines: [places] })
  }
  yield 0.7
  const wayAt = createIdIndex(
    Float64Array.from(ways, ({ id }) => id),
    ways.length,
  )
  for (const [i, relation] of relations.entries()) {
    if ((i & 15) === 0) yield 0.75 + (0.25 * i) / relations.length
    const feature = areaOf(
      relation,
      (ref) => {
        const at = wayAt.placeOf(ref)
        return at < 0 ? null : placesOf(ways[at]!)
      },
      findings,
    )
    if (feature) features.push(feature)
  }
  return features
}

function areaOf(
  { id, members, tags: pairs }: OsmRelation,
  find: (ref: number) => Omit<MemberWay, 'isInner'> | null,
  findings: Findings,
): OsmFeature | null {
  const tags = new OsmTags(pairs)
  if (!AREA_RELATIONS.has(tags.get('type') ?? '')) return null
  const head: OsmHead = { type: RELATION, id, tags }
  const name = `relation/${id}`
  const found: MemberWay[] = []
  let missing = false
  for (const { type, ref, role } of members) {
    if (type !== WAY) continue
    const way = find(ref)
    if (way) found.push({ ...way, isInner: role === 'inner' })
    else missing = true
  }
  if (missing) {
    findings.add(
      'MISSING_MEMBERS',
      'relation',
      'A multipolygon names ways that are not in the file; only rings that close without them were drawn.',
      name,
    )
  }
  const { polygons, open } = memberRings(found)
  if (open.length > 0 && !missing) {
    findings.add('RING_OPEN', 'relation', 'A ring of a multipolygon does not close and was left out.', name)
  }
  if (polygons.length > 0) return { ...head, shape: 'area', polygons }
  // a building that cannot be drawn is still one of the file's buildings
  return isBuilding(tags) || isPart(tags) ? { ...head, shape: 'line', lines: open } : null
}
