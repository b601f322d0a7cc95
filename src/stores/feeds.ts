import { createStore, type StoreApi } from 'zustand/vanilla'
import type { TwinError } from '../base/errors.ts'
import type { Hex } from '../base/hex.ts'
import type { IotexCheckpoint } from '../proofs/iotex/checkpoint.ts'

/** Where the readings on screen come from. */
export const FEED_IDS = ['live', 'recorded', 'lesson', 'dropped'] as const
export type FeedId = (typeof FEED_IDS)[number]

/** What the teaching switch makes the local gateway do. */
export const MISCHIEFS = ['none', 'flip-byte', 'replay', 'revoked-signer'] as const
export type Mischief = (typeof MISCHIEFS)[number]

export interface FeedsState {
  readonly active: FeedId
  readonly hasLive: boolean // the page was served with a chain beside it
  readonly chainId: number
  readonly mischief: Mischief
  readonly mischiefDevice: Hex | null
  readonly error: TwinError | null
  /** Delegates of IoTeX epochs that the viewer, or whoever serves the page, believes in. */
  readonly checkpoints: readonly IotexCheckpoint[]
  activate(active: FeedId): void
  describe(
    change: Partial<Pick<FeedsState, 'hasLive' | 'chainId' | 'mischief' | 'mischiefDevice' | 'error' | 'checkpoints'>>,
  ): void
}

export function createFeedsStore(): StoreApi<FeedsState> {
  return createStore<FeedsState>()((set) => ({
    active: 'recorded',
    hasLive: false,
    chainId: 0,
    mischief: 'none',
    mischiefDevice: null,
    error: null,
    checkpoints: [],
    activate: (active) => set({ active }),
    describe: (change) => set(change),
  }))
}
