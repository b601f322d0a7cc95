import type { Whereabouts, WhereaboutsId } from '../../model/whereabouts.ts'
import type { Fetch } from '../source.ts'

/** What is asked of a source of places. */
export interface WhereaboutsRequest {
  readonly fetch: Fetch
  readonly baseUrl: string
  readonly boundsDeg: Whereabouts['boundsDeg']
  readonly nowMs: number
  readonly signal: AbortSignal
  readonly maxPages?: number
  onPage?(pages: number, found: number): void
}

/** A public source that says where real devices are. */
export interface WhereaboutsDefinition {
  readonly id: WhereaboutsId
  readonly baseUrl: string // where it is served to everybody
  /** An answer of earlier, bundled for when nobody answers; null: there is none, and none is made up. */
  readonly snapshot: Whereabouts | null
  /**
   * Reads what the source has within the bounds.
   *
   * Throws   SOURCE_UNREACHABLE, SOURCE_BROKEN when its answers are not what it documents
   */
  read(request: WhereaboutsRequest): Promise<Whereabouts>
}

/** Types a source where it is written, so that a mistake shows there and not at its use. */
export const defineWhereabouts = (definition: WhereaboutsDefinition): WhereaboutsDefinition => definition
