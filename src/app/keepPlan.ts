import { createStore as createDb, del, get, keys, set } from 'idb-keyval'
import type { StoreApi } from 'zustand/vanilla'
import { TwinError } from '../base/errors.ts'
import type { Provenance } from '../model/provenance.ts'
import type { Scenario } from '../model/scenario.ts'
import { readScenarioFile, writeScenarioFile } from '../model/scenarioFile.ts'
import type { SavingState } from '../stores/saving.ts'
import type { ScenarioStoreState } from '../stores/scenario.ts'

const SETTLE_MS = 250
const LOCK = 'veracity-plan'
const MAIN_KEY = 'plan'

export interface KeepParts {
  readonly scenario: StoreApi<ScenarioStoreState>
  readonly saving: StoreApi<SavingState>
  readonly origin: (scenario: Scenario) => Provenance
}

/** Whether this tab holds the plan. The lock lasts as long as the tab; without the API every tab is the only one. */
function holdLock(): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(true)
  return new Promise((resolve) => {
    void navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => {
      resolve(lock !== null)
      return lock ? new Promise(() => {}) : undefined
    })
  })
}

const storageError = (error: unknown): TwinError => {
  const name = error instanceof Error ? error.name : ''
  return name === 'QuotaExceededError'
    ? new TwinError('STORAGE_FULL', 'This browser has no room left for the plan.')
    : new TwinError('STORAGE_BLOCKED', 'This browser keeps nothing for this page.')
}

/**
 * Keeps the plan in IndexedDB as it is edited, a quarter of a second after each change and when the page is hidden.
 * A second tab keeps its copy under a key of its own, so that neither writes over the other. What cannot be read is
 * set aside, never deleted.
 */
export async function keepPlan({
  scenario,
  saving,
  origin,
}: KeepParts): Promise<{ restored: Scenario | null; setAside: boolean; stop: () => void }> {
  const mine = await holdLock()
  const key = mine ? MAIN_KEY : `plan/tab/${crypto.randomUUID()}`
  if (!mine) saving.getState().set({ status: 'other-tab' })
  let db: ReturnType<typeof createDb> | null = null
  let restored: Scenario | null = null
  let setAside = false
  try {
    db = createDb('veracity', 'plans')
    const text = await get<string>(MAIN_KEY, db)
    if (text !== undefined) {
      try {
        restored = readScenarioFile(text).scenario
      } catch {
        await set(`unreadable/${new Date().toISOString()}`, text, db)
        setAside = true
      }
    }
    // copies that closed tabs left behind are dropped once they equal the kept plan
    for (const other of await keys(db)) {
      if (mine && String(other).startsWith('plan/tab/') && (await get(other, db)) === text) await del(other, db)
    }
  } catch (error) {
    saving.getState().set({ status: 'failed', error: storageError(error) })
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  let wanted = scenario.getState().revision
  let saved = wanted
  const save = async () => {
    clearTimeout(timer)
    if (!db || saved === wanted) return
    const revision = wanted
    const own = scenario.getState().scenario
    try {
      if (mine) saving.getState().set({ status: 'saving' })
      await set(key, writeScenarioFile(own, origin(own)), db)
      saved = revision
      if (mine && revision === wanted) saving.getState().set({ status: 'saved', atMs: Date.now() })
    } catch (error) {
      saving.getState().set({ status: 'failed', error: storageError(error) })
    }
  }
  const unsubscribe = scenario.subscribe((now) => {
    if (now.revision === wanted) return
    wanted = now.revision
    clearTimeout(timer)
    timer = setTimeout(() => void save(), SETTLE_MS)
  })
  const hidden = () => {
    if (document.visibilityState === 'hidden') void save()
  }
  document.addEventListener('visibilitychange', hidden)
  return {
    restored,
    setAside,
    stop() {
      clearTimeout(timer)
      unsubscribe()
      document.removeEventListener('visibilitychange', hidden)
    },
  }
}
