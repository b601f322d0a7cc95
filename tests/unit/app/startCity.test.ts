import { describe, expect, it, vi } from 'vitest'
import { readConfig } from '../../../src/app/config.ts'
import { homeCity, startCity } from '../../../src/app/startCity.ts'
import { TwinError } from '../../../src/base/errors.ts'
import type { BuildingChunk } from '../../../src/mesh/buildingChunks.ts'
import type { CityLoader, CitySource, LoadCityOptions, LoadedCity } from '../../../workers/city.client.ts'

const config = readConfig('http://127.0.0.1/sub/?door=plan')
const home = homeCity(config)
const chunk = (scaleM: number) => ({ scaleM }) as BuildingChunk
const city = (sha256: string) => ({ sha256 }) as LoadedCity

/** A loader whose loads are settled by the test. */
function openLoaders() {
  const loads: {
    source: CitySource
    options: LoadCityOptions
    settle(city: LoadedCity): void
    fail(error: unknown): void
  }[] = []
  const disposed = vi.fn()
  const open = vi.fn(
    (): CityLoader => ({
      load: (source, options = {}) =>
        new Promise((settle, fail) => {
          loads.push({ source, options, settle, fail })
          options.signal?.addEventListener('abort', () => fail(new TwinError('JOB_CANCELLED', 'cancelled')))
        }),
      plant: () => Promise.reject(new Error('not asked for here')),
      warm: async () => {},
      dispose: disposed,
    }),
  )
  return { loads, open, disposed }
}

describe('startCity', () => {
  it('begins before anybody asked, and hands over what came, in order and once', async () => {
    const { loads, open } = openLoaders()
    const port = startCity(config, open)
    expect(loads.map(({ source }) => source)).toEqual([home])
    loads[0]!.options.onProgress!(0.1, 'Fetching')
    loads[0]!.options.onProgress!(0.4, 'Raising')
    loads[0]!.options.onChunk!(chunk(1))
    loads[0]!.options.onChunk!(chunk(2))
    const chunks: number[] = []
    const words: unknown[] = []
    const asked = port.load(home, {
      onChunk: ({ scaleM }) => chunks.push(scaleM),
      onProgress: (...told) => words.push(told),
    })
    expect(chunks).toEqual([1, 2])
    loads[0]!.options.onChunk!(chunk(3))
    loads[0]!.settle(city('a'))
    expect((await asked).sha256).toBe('a')
    expect(chunks).toEqual([1, 2, 3])
    expect(words).toEqual([[0.4, 'Raising']])
    expect(loads).toHaveLength(1)
  })

  it('loads anew when the same city is asked for again, or another one', async () => {
    const { loads, open } = openLoaders()
    const port = startCity(config, open)
    const other = port.load({ url: 'http://127.0.0.1/other.vcity.gz' }, {})
    const again = port.load(home, {})
    expect(loads).toHaveLength(3)
    expect(loads[0]!.options.signal!.aborted).toBe(true) // nobody waits for the one begun early
    for (const [i, load] of loads.entries()) load.settle(city(String(i)))
    expect([(await other).sha256, (await again).sha256]).toEqual(['1', '2'])
  })

  it('hears of a failure that came before the question, and opens a new worker after a death', async () => {
    const { loads, open, disposed } = openLoaders()
    const port = startCity(config, open)
    loads[0]!.fail(new TwinError('WORKER_DIED', 'gone'))
    await expect(port.load(home, {})).rejects.toMatchObject({ code: 'WORKER_DIED' })
    expect(disposed).toHaveBeenCalledOnce()
    expect(open).toHaveBeenCalledTimes(2)
    const again = port.load(home, {})
    loads[1]!.settle(city('b'))
    expect((await again).sha256).toBe('b')
  })

  it('passes on what is no address', () => {
    const { loads, open } = openLoaders()
    startCity(readConfig('http://127.0.0.1/?city=http://'), open)
    expect(loads[0]!.source).toEqual({ url: 'http://' })
  })

  it('leaves the worker alone after any other failure', async () => {
    const { loads, open, disposed } = openLoaders()
    const port = startCity(config, open)
    loads[0]!.fail(new TwinError('FORMAT_BROKEN', 'no city'))
    await expect(port.load(home, {})).rejects.toMatchObject({ code: 'FORMAT_BROKEN' })
    expect(disposed).not.toHaveBeenCalled()
  })

  it('is cancelled by whoever asked, before or after the question', async () => {
    for (const early of [true, false]) {
      const { open } = openLoaders()
      const port = startCity(config, open)
      const stop = new AbortController()
      if (early) stop.abort()
      const asked = port.load(home, { signal: stop.signal })
      if (!early) stop.abort()
      await expect(asked).rejects.toMatchObject({ code: 'JOB_CANCELLED' })
    }
  })
})
