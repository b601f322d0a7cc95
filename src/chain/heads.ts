import type { Hex } from '../base/hex.ts'

/** A block header as far as following the chain needs it. */
export interface Head {
  readonly number: number
  readonly hash: Hex
  readonly parentHash: Hex
  readonly timeMs: number
}

/** The chain grew, or replaced its newest blocks. */
export interface HeadEvent {
  readonly head: Head
  /** The first block that was withdrawn since the last event; null when the chain only grew. */
  readonly withdrawnFrom: number | null
}
