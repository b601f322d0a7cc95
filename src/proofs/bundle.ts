import type { Hex } from '../base/hex.ts'
import type { Anchor } from './anchor.ts'
import type { DeviceDocument } from './deviceDocument.ts'
import type { Registration, StatusEvent } from './directory.ts'

// Bundle format VBN1, specified in public/spec/bundle.md.

export const BUNDLE_MAGIC = 0x56424e31 // 'VBN1'
export const BUNDLE_VERSION = 1

/** The contracts a bundle speaks of. */
export interface BundleContracts {
  readonly directory: Hex
  readonly status: Hex
  readonly anchorLog: Hex
}

/** Frames of one batch: all of them as the gateway wrote them, or one with its path to the batch root. */
export type BundlePart =
  | { readonly anchor: number; readonly body: Uint8Array }
  | {
      readonly anchor: number // index into anchors
      readonly index: number // of the frame in its batch
      readonly frame: Uint8Array
      readonly path: readonly Uint8Array[]
    }

/** A block header as RLP; and, unless empty, nodes that lead from its state root to anchors. */
export interface BundleHeader {
  readonly number: number
  readonly hash: Hex
  readonly header: Uint8Array
  readonly proof: Uint8Array
}

/** Everything somebody needs to check frames without a server. */
export interface Bundle {
  readonly title: string
  readonly chainId: number
  readonly contracts: BundleContracts
  readonly recordedAtMs: number
  readonly headBlock: number
  readonly devices: readonly { readonly registration: Registration; readonly document: DeviceDocument | null }[]
  readonly statuses: readonly StatusEvent[]
  readonly anchors: readonly Anchor[] // by block and log index
  readonly parts: readonly BundlePart[] // by anchor, then index
  readonly headers: readonly BundleHeader[] // by number
}

export const isWhole = (part: BundlePart): part is Extract<BundlePart, { body: Uint8Array }> => 'body' in part
