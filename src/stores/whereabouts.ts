import { createStore, type StoreApi } from 'zustand/vanilla'
import type { TwinError } from '../base/errors.ts'
import type { Whereabouts, WhereaboutsId } from '../model/whereabouts.ts'

/** Real devices that public sources place here, and how the asking goes. */
export interface WhereaboutsState {
  readonly found: readonly Whereabouts[] // one for each source at most
  readonly asking: { readonly source: WhereaboutsId; readonly pages: number } | null
  readonly error: TwinError | null
  readonly revision: number
  put(whereabouts: Whereabouts): void
  remove(source: WhereaboutsId): void
  describe(change: Partial<Pick<WhereaboutsState, 'asking' | 'error'>>): void
}

export function createWhereaboutsStore(): StoreApi<WhereaboutsState> {
  return createStore<WhereaboutsState>()((set, get) => {
    const without = (source: WhereaboutsId) => get().found.filter((one) => one.source !== source)
    const change = (found: readonly Whereabouts[]) => set({ found, revision: get().revision + 1, error: null })
    return {
      found: [],
      asking: null,
      error: null,
      revision: 0,
      put: (whereabouts) => change([...without(whereabouts.source), whereabouts]),
      remove: (source) => change(without(source)),
      describe: (next) => set(next),
    }
  })
}
