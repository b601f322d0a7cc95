import { createStore, type StoreApi } from 'zustand/vanilla'
import type { LiveAnswer, LiveStateId } from '../model/liveState.ts'

/** What networks' endpoints said when they were asked, the newest answer of each. */
export interface LiveStateState {
  readonly answers: Readonly<Partial<Record<LiveStateId, LiveAnswer>>>
  readonly asking: LiveStateId | null
  put(network: LiveStateId, answer: LiveAnswer): void
  setAsking(network: LiveStateId | null): void
}

export const createLiveStateStore = (): StoreApi<LiveStateState> =>
  createStore<LiveStateState>()((set, get) => ({
    answers: {},
    asking: null,
    put: (network, answer) => set({ answers: { ...get().answers, [network]: answer } }),
    setAsking: (asking) => set({ asking }),
  }))
