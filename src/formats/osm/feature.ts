import type { Ring } from '../../geo/polygon/ring.ts'
import type { CityMeta } from '../../model/city.ts'

/**
 * Tags of one feature: key, value, key, value … A handful at most, so that looking through them beats a table of hashes
 * in time and by far in memory.
 */
export class OsmTags {
  readonly pairs: readonly string[]

  constructor(pairs: readonly string[]) {
    this.pairs = pairs
  }

  get size(): number {
    return this.pairs.length >> 1
  }

  /** The first value of a key. */
  get(key: string): string | undefined {
    const { pairs } = this
    for (let i = 0; i < pairs.length; i += 2) if (pairs[i] === key) return pairs[i + 1]
    return undefined
  }

  has(key: string): boolean {
    return this.get(key) !== undefined
  }
}

/** Places in OSM_TYPES. */
export const NODE = 0
export const WAY = 1
export const RELATION = 2

/**
 * One mapped thing as a file has it, before pieces are joined. Coordinates are whole numbers of a {@link Lattice},
 * so that equal places are equal numbers.
 */
export type OsmFeature = OsmHead & (PointShape | LineShape | AreaShape)

export interface OsmHead {
  readonly type: 0 | 1 | 2
  readonly id: number // negative when the file names none
  readonly tags: OsmTags
}
export interface PointShape {
  readonly shape: 'point'
  readonly x: number
  readonly y: number
}
interface LineShape {
  readonly shape: 'line'
  readonly lines: readonly Ring[]
}
interface AreaShape {
  readonly shape: 'area'
  readonly polygons: readonly (readonly Ring[])[] // outer first, in any sense
}

/** Who a feature is in a CityJSON file, where ids are words. */
export const CITYJSON_ID = 'cityjson:id'

/** Says of an outline that it was put together from its parts, so that nothing is left of it beside them. */
export const OUTLINE_OF_PARTS = 'cityjson:outline'

/** 'way/230401645', as people write it; the id of its own file for what is not OpenStreetMap's. */
export const nameOfFeature = ({ type, id, tags }: OsmHead): string =>
  (id < 0 ? tags.get(CITYJSON_ID) : undefined) ?? `${TYPE_WORDS[type]}/${id}`
const TYPE_WORDS = ['node', 'way', 'relation'] as const

/** A grid of whole numbers laid over the earth. y grows to the north. */
export interface Lattice {
  /** Writes latitude and longitude in degrees into `out`. */
  toGeo(x: number, y: number, out: Float64Array): void
  /** How far the same cut point can lie apart in two pieces, and from the line it was cut from, in grid units. */
  readonly seamUnits: number
}

/** Everything a reader hands on. */
export interface OsmData {
  readonly lattice: Lattice
  readonly features: readonly OsmFeature[]
  readonly newestEditS: number // seconds since 1970, NaN when the file does not say
  readonly isOsm: boolean // ids are OpenStreetMap's own
  readonly source: string
  /** What the file says it covers: lines of ferries and roads may run far out of it. */
  readonly boundsDeg?: CityMeta['boundsDeg'] | null
}
