import { type CityLoader, createCityLoader, type LoadedCity } from '../../workers/city.client.ts'
import { TwinError } from '../base/errors.ts'
import type { BuildingChunk } from '../mesh/buildingChunks.ts'
import type { CityPort, CitySource } from '../stores/city.ts'
import type { PageConfig } from './config.ts'

/** Where the page's own city lies. What is no address is passed on as it is: the loader says so in words. */
export function homeCity({ cityUrl, baseUrl }: PageConfig): { readonly url: string } {
  const asked = cityUrl ?? 'city/astana.vcity.gz'
  return { url: URL.canParse(asked, baseUrl) ? new URL(asked, baseUrl).href : asked }
}

/** A load that began before anybody asked; what came meanwhile is kept for whoever does. */
function beginLoad(loader: CityLoader, source: CitySource) {
  const stop = new AbortController()
  const came: BuildingChunk[] = []
  let told: readonly [fraction: number, words: string] | null = null
  let hearer: Parameters<CityPort['load']>[1] | null = null
  const loaded = loader.load(source, {
    signal: stop.signal,
    onProgress(fraction, words) {
      told = [fraction, words]
      hearer?.onProgress?.(fraction, words)
    },
    onChunk(chunk) {
      if (hearer) hearer.onChunk?.(chunk)
      else came.push(chunk)
    },
  })
  loaded.catch(() => {}) // whoever asks hears of it
  return {
    stop: (): void => stop.abort(),
    hear(options: Parameters<CityPort['load']>[1]): Promise<LoadedCity> {
      hearer = options
      if (options.signal?.aborted) stop.abort()
      options.signal?.addEventListener('abort', () => stop.abort())
      if (told) options.onProgress?.(...told)
      for (const chunk of came.splice(0)) options.onChunk?.(chunk)
      return loaded
    },
  }
}

export interface CityThread extends CityPort {
  /** See {@link CityLoader.warm}. */
  warm(): Promise<void>
}

/**
 * Loads cities; begins at once with the page's own, on a thread that needs nothing of the page. A worker that died is
 * replaced, so that another try has one.
 */
export function startCity(config: PageConfig, open: () => CityLoader = createCityLoader): CityThread {
  let loader = open()
  const { url } = homeCity(config)
  let begun: ReturnType<typeof beginLoad> | null = beginLoad(loader, { url })
  const outlive = async <Result>(work: Promise<Result>): Promise<Result> => {
    const asked = loader
    try {
      return await work
    } catch (error) {
      if (error instanceof TwinError && error.code === 'WORKER_DIED' && asked === loader) {
        loader.dispose()
        loader = open()
      }
      throw error
    }
  }
  return {
    warm: () => loader.warm(),
    plant: (loaded) => outlive(loader.plant(loaded)),
    load(source, options) {
      const own = 'url' in source && source.url === url ? begun : null
      if (!own) begun?.stop() // another is wanted: the thread is for that one
      begun = null
      return outlive(own ? own.hear(options) : loader.load(source, options))
    },
  }
}
