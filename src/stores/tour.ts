import { createStore, type StoreApi } from 'zustand/vanilla'

/** Where a guided sequence stands. The steps themselves are data of the interface; what they do is wired by the app. */
export interface TourState {
  readonly steps: number
  readonly step: number // -1 before the start, `steps` after the end
  readonly playing: boolean
  readonly elapsedS: number // in this step
  readonly solved: readonly boolean[] // per step, for steps that ask the learner to do something
  readonly answers: readonly (string | null)[] // what was predicted before the reveal
  start(): void
  go(step: number): void
  pause(): void
  resume(): void
  tick(dtS: number): void
  solve(step: number): void
  answer(step: number, answer: string): void
  leave(): void
}

export function createTourStore(steps: number): StoreApi<TourState> {
  const fresh = {
    step: -1,
    playing: false,
    elapsedS: 0,
    solved: new Array<boolean>(steps).fill(false),
    answers: new Array<string | null>(steps).fill(null),
  }
  return createStore<TourState>()((set, get) => ({
    steps,
    ...fresh,
    start: () => set({ ...fresh, step: 0, playing: true }),
    go: (step) => set({ step: Math.min(Math.max(step, 0), steps), elapsedS: 0 }),
    pause: () => set({ playing: false }),
    resume: () => set({ playing: true }),
    tick(dtS) {
      if (get().playing && get().step >= 0 && get().step < steps) set({ elapsedS: get().elapsedS + dtS })
    },
    solve: (step) => set({ solved: get().solved.map((s, i) => s || i === step) }),
    answer: (step, answer) => set({ answers: get().answers.map((a, i) => (i === step ? answer : a)) }),
    leave: () => set(fresh),
  }))
}
