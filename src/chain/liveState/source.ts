import type { LiveState, LiveStateId } from '../../model/liveState.ts'
import type { Clock, Fetch } from '../source.ts'

/** What is asked of a network's endpoint. */
export interface LiveStateRequest {
  readonly fetch: Fetch
  readonly url: string
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly timeoutMs?: number // of one try
}

/** A network whose present state a public endpoint tells. */
export interface LiveStateDefinition {
  readonly id: LiveStateId
  readonly url: string // where it is served to everybody
  readonly urlSource: string
  /** Figures of earlier that a source dates; null: none is known, and none is made up. */
  readonly snapshot: LiveState | null
  /**
   * Asks once, with retries.
   *
   * Throws   SOURCE_UNREACHABLE, SOURCE_BROKEN, CHAIN_WRONG_ID; the signal's reason when it was stopped
   */
  read(request: LiveStateRequest): Promise<LiveState>
}

/** Types a network's adapter where it is written. */
export const defineLiveState = (definition: LiveStateDefinition): LiveStateDefinition => definition
