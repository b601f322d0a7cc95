import { proxy } from 'comlink'
import type { BuildingChunk } from '../src/mesh/buildingChunks.ts'
import type { Trees } from '../src/mesh/trees.ts'
import type { ChunkSink, CityApi, CityProgress, CitySource, LoadedCity } from './city.api.ts'
import { openLink, type WorkerEnd } from './lib/link.ts'

export type { CitySource, LoadedCity } from './city.api.ts'

export interface LoadCityOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (fraction: number, words: string) => void
  /** Called with each share of the buildings as it is ready, nearest to the origin first, before the city is. */
  readonly onChunk?: (chunk: BuildingChunk) => void
}

/** Cities as the rest of the product gets them: no worker, no comlink, only promises. */
export interface CityLoader {
  /**
   * Loads a city. Rejects with FILE_UNREADABLE, FORMAT_UNKNOWN, FORMAT_BROKEN, CITY_EMPTY, JOB_CANCELLED or WORKER_DIED.
   */
  load(source: CitySource, options?: LoadCityOptions): Promise<LoadedCity>
  /** Sets the trees of a city that was loaded. Rejects with JOB_CANCELLED or WORKER_DIED. */
  plant(loaded: Pick<LoadedCity, 'city' | 'pick'>): Promise<Trees>
  /** Fetches what reads files from elsewhere, before there is one. */
  warm(): Promise<void>
  dispose(): void
}

const spawn = (): WorkerEnd =>
  new Worker(new URL('./city.worker.ts', import.meta.url), { type: 'module', name: 'city' })

export function createCityLoader(endpoint: WorkerEnd = spawn()): CityLoader {
  const link = openLink<CityApi>(endpoint)
  return {
    async load(source, { signal, onProgress = () => {}, onChunk = () => {} } = {}) {
      let open = true
      const tell = proxy((fraction: number, words: string) => {
        if (open) onProgress(fraction, words)
      }) as CityProgress
      const take = proxy((chunk: BuildingChunk) => {
        if (open) onChunk(chunk)
      }) as ChunkSink
      const end = (): void => {
        open = false
      }
      signal?.addEventListener('abort', end)
      try {
        return await link.run((api, job) => api.load(job, source, tell, take), signal ? { signal } : {})
      } finally {
        end()
        signal?.removeEventListener('abort', end)
      }
    },
    plant: ({ city, pick }) => link.run((api, job) => api.plant(job, { city, pick })),
    warm: () => link.run((api) => api.warm()),
    dispose: link.close,
  }
}
