import { createStore, type StoreApi } from 'zustand/vanilla'
import type { TwinError } from '../base/errors.ts'

/** Whether the plan is safe: what the little line under its title says. */
export type Saving =
  | { readonly status: 'saved'; readonly atMs: number | null }
  | { readonly status: 'saving' }
  | { readonly status: 'failed'; readonly error: TwinError }
  | { readonly status: 'other-tab' } // another tab holds the plan; this one keeps a copy of its own

export interface SavingState {
  readonly saving: Saving
  set(saving: Saving): void
}

export const createSavingStore = (): StoreApi<SavingState> =>
  createStore<SavingState>()((set) => ({ saving: { status: 'saved', atMs: null }, set: (saving) => set({ saving }) }))
