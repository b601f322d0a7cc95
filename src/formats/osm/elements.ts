import { TwinError } from '../../base/errors.ts'
import type { CityMeta } from '../../model/city.ts'
import type { Lattice } from './feature.ts'

/** OpenStreetMap's own grid: 1e-7 of a degree, about a centimetre. */
export const UNITS_PER_DEG = 1e7

export const osmLattice: Lattice = {
  toGeo(x, y, out) {
    out[0] = y / UNITS_PER_DEG
    out[1] = x / UNITS_PER_DEG
  },
  seamUnits: 1.5,
}

/** More than this is a country, not a city; its features alone would not fit into a browser tab. */
const MAX_NODES = 1 << 25
const MAX_WAYS = 4_000_000

/** Tags as key, value, key, value …; most nodes share the empty list. */
export const NO_TAGS: readonly string[] = []

export interface OsmWay {
  readonly id: number
  readonly refs: Float64Array // ids of its nodes
  readonly tags: readonly string[]
}

export interface OsmMember {
  readonly type: 0 | 1 | 2
  readonly ref: number
  readonly role: string
}

export interface OsmRelation {
  readonly id: number
  readonly members: readonly OsmMember[]
  readonly tags: readonly string[]
}

/**
 * Nodes, ways and relations as a raw OpenStreetMap file has them, whichever way it is written. Nodes, by far the most,
 * stand in columns.
 */
export interface OsmElements {
  readonly nodeCount: number
  readonly nodeId: Float64Array // [nodeCount and room]
  readonly nodeX: Int32Array // 1e-7 degrees east
  readonly nodeY: Int32Array // 1e-7 degrees north
  readonly taggedNodes: readonly number[] // places of the nodes that have tags
  readonly nodeTags: readonly (readonly string[])[] // of those
  readonly ways: readonly OsmWay[]
  readonly relations: readonly OsmRelation[]
  newestEditS: number
  boundsDeg: CityMeta['boundsDeg'] | null // what the file says it covers
  addNode(id: number, x: number, y: number, tags: readonly string[]): void
  addWay(way: OsmWay): void
  addRelation(relation: OsmRelation): void
  edited(timeS: number): void
}

/** Whether a place is on earth, in grid units. */
export const isOnEarth = (x: number, y: number): boolean =>
  Math.abs(x) <= 180 * UNITS_PER_DEG && Math.abs(y) < 90 * UNITS_PER_DEG

export function createElements(source: string): OsmElements {
  let room = 4096
  let count = 0
  const taggedNodes: number[] = []
  const nodeTags: (readonly string[])[] = []
  const ways: OsmWay[] = []
  const relations: OsmRelation[] = []
  const grow = (): void => {
    if (count >= MAX_NODES) throw tooMany(source, 'nodes', MAX_NODES)
    room *= 2
    const ids = new Float64Array(room)
    const xs = new Int32Array(room)
    const ys = new Int32Array(room)
    ids.set(elements.nodeId)
    xs.set(elements.nodeX)
    ys.set(elements.nodeY)
    Object.assign(elements, { nodeId: ids, nodeX: xs, nodeY: ys })
  }
  const elements: OsmElements = {
    get nodeCount() {
      return count
    },
    nodeId: new Float64Array(room),
    nodeX: new Int32Array(room),
    nodeY: new Int32Array(room),
    taggedNodes,
    nodeTags,
    ways,
    relations,
    newestEditS: NaN,
    boundsDeg: null,
    addNode(id, x, y, tags) {
      if (count === room) grow()
      elements.nodeId[count] = id
      elements.nodeX[count] = x
      elements.nodeY[count] = y
      if (tags.length > 0) {
        taggedNodes.push(count)
        nodeTags.push(tags)
      }
      count++
    },
    addWay(way) {
      if (ways.length >= MAX_WAYS) throw tooMany(source, 'ways', MAX_WAYS)
      ways.push(way)
    },
    addRelation(relation) {
      relations.push(relation)
    },
    edited(timeS) {
      if (timeS > 0 && !(timeS <= elements.newestEditS)) elements.newestEditS = timeS
    },
  }
  return elements
}

const tooMany = (source: string, what: string, most: number): TwinError =>
  new TwinError(
    'FORMAT_BROKEN',
    `"${source}" holds more than ${most} ${what}: a country, not a city; cut a city out of it first, for instance with osmium extract.`,
    { file: source },
  )
