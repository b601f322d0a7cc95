import type { Asset } from './asset.ts'
import type { FactChange } from './factChange.ts'

/** Where a scenario stands: which city, and exactly which bytes of it. */
export interface ScenarioBase {
  readonly city: string
  readonly sha256: string // of the city file
}

/** A change of one thing. Undo swaps before and after; null means it is not there. */
export type Edit =
  | { readonly kind: 'asset'; readonly id: string; readonly before: Asset | null; readonly after: Asset | null }
  | { readonly kind: 'setting'; readonly id: SettingId; readonly before: number | null; readonly after: number | null }
  | {
      readonly kind: 'fact' // of a network; its id is a factKey
      readonly id: string
      readonly before: FactChange | null
      readonly after: FactChange | null
    }

/** Numbers of the whole scenario that a planner may set. Absent means the initial value. */
export const SETTINGS = [
  { id: 'day-of-year', title: 'Day of the year', unit: '', initial: 196, min: 1, max: 365, step: 1 },
  { id: 'load-scale', title: 'City load', unit: '× today', initial: 1, min: 0.2, max: 3, step: 0.05 },
  { id: 'cloud-cover', title: 'Cloud cover', unit: 'share', initial: 0.2, min: 0, max: 1, step: 0.05 },
  { id: 'energy-price', title: 'Energy price', unit: 'USD/kWh', initial: 0.05, min: 0.01, max: 1, step: 0.01 },
  { id: 'discount-rate', title: 'Discount rate', unit: '1/a', initial: 0.1, min: 0, max: 0.5, step: 0.01 },
  { id: 'token-price-scale', title: 'Token prices', unit: '× snapshot', initial: 1, min: 0.05, max: 10, step: 0.05 },
] as const
export type SettingId = (typeof SETTINGS)[number]['id']

/** Where the camera stood and what was shown, so that a shared link opens the same picture. */
export interface ScenarioView {
  readonly latDeg: number
  readonly lonDeg: number
  readonly distanceM: number
  readonly bearingRad: number
  readonly tiltRad: number
  readonly timeOfDayH: number
  readonly layers: readonly string[]
}

export interface Scenario {
  readonly base: ScenarioBase
  readonly title: string
  readonly edits: readonly Edit[]
  readonly view?: ScenarioView
}

/** What the edits add up to. */
export interface ScenarioState {
  readonly assets: ReadonlyMap<string, Asset>
  readonly settings: ReadonlyMap<SettingId, number>
  readonly facts: ReadonlyMap<string, FactChange> // by factKey
}

export const emptyScenario = (base: ScenarioBase, title = 'Untitled plan'): Scenario => ({ base, title, edits: [] })

function settle<Key, Value>(held: Map<Key, Value>, id: Key, after: Value | null): void {
  if (after === null) held.delete(id)
  else held.set(id, after)
}

/** Plays the edits from the empty city. Later edits of the same id win. */
export function stateOf(scenario: Scenario): ScenarioState {
  const assets = new Map<string, Asset>()
  const settings = new Map<SettingId, number>()
  const facts = new Map<string, FactChange>()
  for (const edit of scenario.edits) {
    if (edit.kind === 'asset') settle(assets, edit.id, edit.after)
    else if (edit.kind === 'setting') settle(settings, edit.id, edit.after)
    else settle(facts, edit.id, edit.after)
  }
  return { assets, settings, facts }
}

/** A setting of a state, or its initial value. */
export const settingOf = (state: ScenarioState, id: SettingId): number =>
  state.settings.get(id) ?? SETTINGS.find((s) => s.id === id)?.initial ?? NaN

/** The edit that takes this one back. */
export const inverseOf = (edit: Edit): Edit => ({ ...edit, before: edit.after, after: edit.before }) as Edit

/** The edits that turn one state into another, by id in sorted order: what "compare" lists. */
export function diffStates(from: ScenarioState, to: ScenarioState): Edit[] {
  const edits: Edit[] = []
  for (const id of [...new Set([...from.assets.keys(), ...to.assets.keys()])].sort()) {
    const before = from.assets.get(id) ?? null
    const after = to.assets.get(id) ?? null
    if (JSON.stringify(before) !== JSON.stringify(after)) edits.push({ kind: 'asset', id, before, after })
  }
  for (const id of [...new Set([...from.settings.keys(), ...to.settings.keys()])].sort()) {
    const before = from.settings.get(id) ?? null
    const after = to.settings.get(id) ?? null
    if (before !== after) edits.push({ kind: 'setting', id, before, after })
  }
  for (const id of [...new Set([...from.facts.keys(), ...to.facts.keys()])].sort()) {
    const before = from.facts.get(id) ?? null
    const after = to.facts.get(id) ?? null
    if (JSON.stringify(before) !== JSON.stringify(after)) edits.push({ kind: 'fact', id, before, after })
  }
  return edits
}
