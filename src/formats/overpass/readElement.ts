import type { Findings } from '../../base/findings.ts'
import { isOnEarth, NO_TAGS, type OsmElements, type OsmMember, UNITS_PER_DEG } from '../osm/elements.ts'

type Json = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const MEMBER_TYPES: Readonly<Record<string, 0 | 1 | 2>> = { node: 0, way: 1, relation: 2 }

/** Places that came without a node of their own get one each, told apart by where they are. */
export interface SpareNodes {
  idAt(x: number, y: number): number
}

export function createSpareNodes(elements: OsmElements): SpareNodes {
  const known = new Map<string, number>()
  return {
    idAt(x, y) {
      const key = `${x},${y}`
      const own = known.get(key)
      if (own !== undefined) return own
      // far below the ids that editors give to what is not uploaded yet
      const id = -1e15 - known.size
      known.set(key, id)
      elements.addNode(id, x, y, NO_TAGS)
      return id
    },
  }
}

function readTags({ tags }: Json): readonly string[] {
  if (!isObject(tags)) return NO_TAGS
  const pairs: string[] = []
  for (const [key, value] of Object.entries(tags)) {
    if (typeof value !== 'object' && value !== null) pairs.push(key, String(value))
  }
  return pairs.length > 0 ? pairs : NO_TAGS
}

const placeOf = (value: unknown): [x: number, y: number] | null => {
  if (!isObject(value) || typeof value.lat !== 'number' || typeof value.lon !== 'number') return null
  const x = Math.round(value.lon * UNITS_PER_DEG)
  const y = Math.round(value.lat * UNITS_PER_DEG)
  return isOnEarth(x, y) ? [x, y] : null
}

/** Node ids along a `geometry`, whose entries are null outside the query's box. */
function refsOf(geometry: unknown, nodes: unknown, elements: OsmElements, spare: SpareNodes): Float64Array {
  const ids = Array.isArray(nodes) ? nodes : []
  if (!Array.isArray(geometry)) return Float64Array.from(ids.filter((id) => Number.isSafeInteger(id)) as number[])
  const refs: number[] = []
  for (const [i, entry] of geometry.entries()) {
    const place = placeOf(entry)
    if (!place) continue
    const id = ids[i]
    if (ids.length === geometry.length && Number.isSafeInteger(id)) {
      elements.addNode(id as number, place[0], place[1], NO_TAGS)
      refs.push(id as number)
    } else refs.push(spare.idAt(place[0], place[1]))
  }
  return Float64Array.from(refs)
}

/**
 * Reads one member of an Overpass answer, whichever `out` wrote it: ways and relations with ids alone, or with their
 * geometry in them (`out geom`). What has no geometry at all (`out center`, `out tags`) is a finding.
 *
 * Source   OpenStreetMap wiki, Overpass API/Overpass QL, "out"; OSM JSON
 */
export function readElement(json: unknown, elements: OsmElements, spare: SpareNodes, findings: Findings): void {
  const id = isObject(json) ? json.id : undefined
  if (!isObject(json) || !Number.isSafeInteger(id)) {
    findings.add('NO_ID', 'element', 'An element without id was left out.', String(id))
    return
  }
  const own = id as number
  if (typeof json.timestamp === 'string') elements.edited(Date.parse(json.timestamp) / 1000)
  const noGeometry = (): void =>
    findings.add('NO_GEOMETRY', 'element', 'An element without geometry was left out.', `${json.type}/${own}`)
  if (json.type === 'node') {
    const place = placeOf(json)
    if (place) elements.addNode(own, place[0], place[1], readTags(json))
    else noGeometry()
  } else if (json.type === 'way') {
    const refs = refsOf(json.geometry, json.nodes, elements, spare)
    if (refs.length > 0) elements.addWay({ id: own, refs, tags: readTags(json) })
    else noGeometry()
  } else if (json.type === 'relation') {
    if (!Array.isArray(json.members)) {
      noGeometry()
      return
    }
    const members: OsmMember[] = []
    for (const member of json.members) {
      if (!isObject(member) || !Number.isSafeInteger(member.ref)) continue
      const type = Object.hasOwn(MEMBER_TYPES, String(member.type)) ? MEMBER_TYPES[String(member.type)] : undefined
      if (type === undefined) continue
      const ref = member.ref as number
      members.push({ type, ref, role: typeof member.role === 'string' ? member.role : '' })
      if (type === 1 && Array.isArray(member.geometry)) {
        elements.addWay({ id: ref, refs: refsOf(member.geometry, null, elements, spare), tags: NO_TAGS })
      }
    }
    elements.addRelation({ id: own, members, tags: readTags(json) })
  }
}
