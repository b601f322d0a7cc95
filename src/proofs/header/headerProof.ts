import type { Hex } from '../../base/hex.ts'
import type { BundleHeader } from '../bundle.ts'

/**
 * What is known of an anchor beyond what endpoints say of it.
 * proven: its slot holds the hash of all its fields, under a state root that a trusted block hash covers;
 * failed: something that was given as proof contradicts it; open: nothing is wrong, but it does not lead far enough.
 */
export type HeaderProof =
  | {
      readonly state: 'proven'
      /** Who vouches for the block hash: the viewer, who pinned it or its delegates, or the endpoints that were asked. */
      readonly by: 'pin' | 'delegates' | 'endpoints'
      readonly block: number // whose state root was used
      readonly blockHash: Hex
      readonly fieldsHash: Hex // hash of the anchor's fields: what the slot holds, and the event's words add up to
      readonly enclosed: readonly BundleHeader[] // for an evidence file
    }
  | { readonly state: 'failed'; readonly sentence: string; readonly enclosed: readonly BundleHeader[] }
  | { readonly state: 'open'; readonly sentence: string }

/** Whether the proof leads to something that the viewer pinned: above anything endpoints say. */
export const isPinned = (proof: HeaderProof | null): boolean => proof?.state === 'proven' && proof.by !== 'endpoints'
