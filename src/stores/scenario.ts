import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Asset } from '../model/asset.ts'
import type { FactChange } from '../model/factChange.ts'
import {
  type Edit,
  emptyScenario,
  type Scenario,
  type ScenarioBase,
  type ScenarioState,
  type SettingId,
  stateOf,
} from '../model/scenario.ts'

/** A plan as the scene shows it. */
export interface ShownPlan {
  readonly state: ScenarioState
  readonly revision: number
}

export interface ScenarioStoreState extends ShownPlan {
  readonly scenario: Scenario
  readonly undone: readonly Edit[] // newest last
  readonly revision: number
  place(asset: Asset): void
  change(asset: Asset): void
  remove(id: string): void
  setSetting(id: SettingId, value: number | null): void
  /** Puts a better figure in the place of a network's; null takes the network's own again. `key` is a factKey. */
  setFact(key: string, change: FactChange | null): void
  rename(title: string): void
  undo(): void
  redo(): void
  open(scenario: Scenario): void
  reset(base: ScenarioBase): void
}

/** The plan that is being edited: an append-only log of edits with undo and redo. */
export function createScenarioStore(base: ScenarioBase): StoreApi<ScenarioStoreState> {
  return createStore<ScenarioStoreState>()((set, get) => {
    const show = (scenario: Scenario, undone: readonly Edit[]) =>
      set({ scenario, state: stateOf(scenario), undone, revision: get().revision + 1 })

    const commit = (edit: Edit) => {
      const { scenario } = get()
      show({ ...scenario, edits: [...scenario.edits, edit] }, [])
    }
    const assetNow = (id: string): Asset | null => get().state.assets.get(id) ?? null

    return {
      scenario: emptyScenario(base),
      state: stateOf(emptyScenario(base)),
      undone: [],
      revision: 0,
      place: (asset) => commit({ kind: 'asset', id: asset.id, before: assetNow(asset.id), after: asset }),
      change: (asset) => commit({ kind: 'asset', id: asset.id, before: assetNow(asset.id), after: asset }),
      remove(id) {
        const before = assetNow(id)
        if (before) commit({ kind: 'asset', id, before, after: null })
      },
      setSetting(id, value) {
        const before = get().state.settings.get(id) ?? null
        if (before !== value) commit({ kind: 'setting', id, before, after: value })
      },
      setFact(id, after) {
        const before = get().state.facts.get(id) ?? null
        if (JSON.stringify(before) !== JSON.stringify(after)) commit({ kind: 'fact', id, before, after })
      },
      rename: (title) => set({ scenario: { ...get().scenario, title }, revision: get().revision + 1 }),
      undo() {
        const { scenario, undone } = get()
        const last = scenario.edits.at(-1)
        if (last) show({ ...scenario, edits: scenario.edits.slice(0, -1) }, [...undone, last])
      },
      redo() {
        const { scenario, undone } = get()
        const next = undone.at(-1)
        if (next) show({ ...scenario, edits: [...scenario.edits, next] }, undone.slice(0, -1))
      },
      open: (scenario) => show(scenario, []),
      reset: (next) => show(emptyScenario(next), []),
    }
  })
}
