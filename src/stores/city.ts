import { createStore, type StoreApi } from 'zustand/vanilla'
import { TwinError } from '../base/errors.ts'
import type { Finding } from '../base/findings.ts'
import type { BuildingChunk } from '../mesh/buildingChunks.ts'
import type { GroundMesh } from '../mesh/ground.ts'
import type { PickIndex } from '../mesh/pick.ts'
import type { PowerMesh } from '../mesh/power.ts'
import type { Trees } from '../mesh/trees.ts'
import type { City } from '../model/city.ts'

/** Where a city's bytes come from. */
export type CitySource =
  | { readonly url: string }
  | { readonly files: readonly { readonly name: string; readonly bytes: Uint8Array | Blob }[] }

/** Everything the scene and the panels need of a city, ready to be drawn. */
export interface LoadedCity {
  readonly city: City
  readonly findings: readonly Finding[]
  readonly ground: GroundMesh
  readonly power: PowerMesh
  readonly pick: PickIndex
  readonly counts: { readonly buildings: number } // without their parts
  readonly sha256: string
}

export interface CityPort {
  load(
    source: CitySource,
    options: {
      readonly signal?: AbortSignal
      readonly onProgress?: (fraction: number, words?: string) => void
      readonly onChunk?: (chunk: BuildingChunk) => void
    },
  ): Promise<LoadedCity>
  /** Trees for a city that was loaded; they come after it, so that it can be seen before. */
  plant(loaded: LoadedCity): Promise<Trees>
}

export interface CityState {
  readonly status: 'idle' | 'loading' | 'ready' | 'failed'
  readonly words: string
  readonly progress: number
  readonly city: City | null
  readonly loaded: LoadedCity | null
  readonly trees: Trees | null // after the city
  readonly chunks: readonly BuildingChunk[]
  readonly error: TwinError | null
  readonly revision: number // a new city
  /** Loads a city; the one on screen stays until the new one is whole. */
  load(source: CitySource): Promise<boolean>
  reload(): Promise<boolean>
  /** Sets the trees of the city that stands, once. */
  plant(): Promise<void>
  cancel(): void
}

export function createCityStore(port: CityPort): StoreApi<CityState> {
  let latest = new AbortController()
  let last: CitySource | null = null

  return createStore<CityState>()((set, get) => ({
    status: 'idle',
    words: '',
    progress: 0,
    city: null,
    loaded: null,
    trees: null,
    chunks: [],
    error: null,
    revision: 0,

    async load(source) {
      last = source
      latest.abort()
      latest = new AbortController()
      const { signal } = latest
      const first = get().city === null
      const arrived: BuildingChunk[] = []
      set({
        status: 'loading',
        progress: 0,
        words: 'Fetching the city',
        error: null,
        ...(first ? { chunks: [] } : {}), // pieces of a try that failed
      })
      try {
        const loaded = await port.load(source, {
          signal,
          onProgress: (progress, words) => {
            if (!signal.aborted) set({ progress, ...(words === undefined ? {} : { words }) })
          },
          onChunk: (chunk) => {
            if (signal.aborted) return
            arrived.push(chunk)
            if (first) set({ chunks: [...arrived] })
          },
        })
        if (signal.aborted) return false
        set({
          status: 'ready',
          progress: 1,
          city: loaded.city,
          loaded,
          trees: null,
          chunks: arrived,
          revision: get().revision + 1,
        })
        return true
      } catch (error) {
        if (!(error instanceof TwinError)) throw error
        if (signal.aborted) return false
        // a failed second city leaves the first one standing
        set({ status: get().city ? 'ready' : 'failed', error: error.code === 'JOB_CANCELLED' ? null : error })
        return false
      }
    },

    reload: () => (last ? get().load(last) : Promise.resolve(false)),

    async plant() {
      const { loaded, trees } = get()
      if (!loaded || trees) return
      try {
        const planted = await port.plant(loaded)
        if (get().loaded === loaded) set({ trees: planted })
      } catch (error) {
        if (!(error instanceof TwinError)) throw error // without trees it is the city all the same
      }
    },

    cancel() {
      latest.abort()
      set({ status: get().city ? 'ready' : 'idle' })
    },
  }))
}
