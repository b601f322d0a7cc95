import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PlanReport } from '../model/plan.ts'
import type { Scenario } from '../model/scenario.ts'

/** Two plans side by side: A is the other one, B the one being edited. */
export interface CompareState {
  readonly open: boolean
  readonly other: { readonly title: string; readonly scenario: Scenario; readonly report: PlanReport | null } | null
  readonly shown: 'a' | 'b' // which of the two the scene shows
  setOther(other: CompareState['other']): void
  show(shown: 'a' | 'b'): void
  setOpen(open: boolean): void
}

export function createCompareStore(): StoreApi<CompareState> {
  return createStore<CompareState>()((set) => ({
    open: false,
    other: null,
    shown: 'b',
    setOther: (other) => set({ other, shown: 'b' }),
    show: (shown) => set({ shown }),
    setOpen: (open) => set({ open, shown: 'b' }),
  }))
}
