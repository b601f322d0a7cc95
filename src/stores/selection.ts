import { createStore, type StoreApi } from 'zustand/vanilla'

/** Something that can be pointed at. Indices are those of the loaded city, device table and grid map. */
export type Pick =
  | { readonly kind: 'building'; readonly index: number }
  | { readonly kind: 'device'; readonly index: number }
  | { readonly kind: 'branch'; readonly index: number }
  | { readonly kind: 'bus'; readonly index: number }
  | { readonly kind: 'asset'; readonly id: string }

export const samePick = (a: Pick | null, b: Pick | null): boolean => {
  if (!a || !b) return a === b
  if (a.kind !== b.kind) return false
  return a.kind === 'asset' ? a.id === (b as typeof a).id : a.index === (b as { index: number }).index
}

export interface SelectionState {
  readonly selected: Pick | null
  readonly hovered: Pick | null
  readonly frameKey: string | null // which frame of the selected device is explained; null: the newest
  select(pick: Pick | null, frameKey?: string | null): void
  hover(pick: Pick | null): void
}

export function createSelectionStore(): StoreApi<SelectionState> {
  return createStore<SelectionState>()((set, get) => ({
    selected: null,
    hovered: null,
    frameKey: null,
    select: (selected, frameKey = null) => set({ selected, frameKey }),
    hover(hovered) {
      if (!samePick(hovered, get().hovered)) set({ hovered })
    },
  }))
}
