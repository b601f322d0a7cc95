import { createStore, type StoreApi } from 'zustand/vanilla'
import type { AssetKind } from '../model/asset.ts'

/** Where the pointer would place something, and whether it may. */
export interface Ghost {
  readonly xM: number
  readonly yM: number
  readonly groundM: number // roof or street it would stand on
  readonly refusal: string | null // one sentence when it may not stand here
}

export interface PlacementState {
  readonly tool: AssetKind | null // what a click would place
  readonly ghost: Ghost | null
  take(tool: AssetKind | null): void
  aim(ghost: Ghost | null): void
}

export function createPlacementStore(): StoreApi<PlacementState> {
  return createStore<PlacementState>()((set) => ({
    tool: null,
    ghost: null,
    take: (tool) => set({ tool, ghost: null }),
    aim: (ghost) => set({ ghost }),
  }))
}
