import { expect, test } from 'vitest'
import { TwinError } from '../../../src/base/errors.ts'
import type { BuildingChunk } from '../../../src/mesh/buildingChunks.ts'
import type { Trees } from '../../../src/mesh/trees.ts'
import { type CityPort, createCityStore, type LoadedCity } from '../../../src/stores/city.ts'

const CHUNK = {} as BuildingChunk

/** A port whose loads give one piece and then fail. */
const torn: CityPort = {
  load: (_, { onChunk }) => {
    onChunk?.(CHUNK)
    return Promise.reject(new TwinError('WORKER_DIED', 'The worker stopped with an error.'))
  },
  plant: () => Promise.reject(new TwinError('WORKER_DIED', 'The worker stopped with an error.')),
}

const city = (id: string) => ({ city: { meta: { id } } }) as LoadedCity
const trees = (count: number) => ({ count }) as Trees

test('error: WORKER_DIED a first city that fails in the middle is failed, with its reason', async () => {
  const store = createCityStore(torn)
  expect(await store.getState().load({ url: 'a.vcity' })).toBe(false)
  expect(store.getState()).toMatchObject({ status: 'failed', city: null, chunks: [CHUNK] })
  expect(store.getState().error?.code).toBe('WORKER_DIED')
})

test('behavior: another try begins without the pieces of the one before', async () => {
  const store = createCityStore(torn)
  await store.getState().load({ url: 'a.vcity' })
  const seen: number[] = []
  store.subscribe(({ chunks }) => void seen.push(chunks.length))
  await store.getState().reload()
  expect(seen[0]).toBe(0)
  expect(Math.max(...seen)).toBe(1)
})

test('behavior: trees come after the city, once, and go with it', async () => {
  let planted = 0
  const store = createCityStore({
    load: () => Promise.resolve(city('a')),
    plant: () => Promise.resolve(trees(++planted)),
  })
  const { load, plant } = store.getState()
  await plant()
  expect(planted).toBe(0)
  await load({ url: 'a.vcity' })
  expect(store.getState().trees).toBeNull()
  await plant()
  await plant()
  expect(store.getState().trees).toEqual({ count: 1 })
  await load({ url: 'b.vcity' })
  expect(store.getState().trees).toBeNull()
})

test('behavior: trees of a city that is gone are not set in the next', async () => {
  const plants: ((trees: Trees) => void)[] = []
  const store = createCityStore({
    load: (source) => Promise.resolve(city(JSON.stringify(source))),
    plant: () => new Promise((resolve) => plants.push(resolve)),
  })
  const { load, plant } = store.getState()
  await load({ url: 'a' })
  const first = plant()
  await load({ url: 'b' })
  const second = plant()
  plants[1]!(trees(2))
  plants[0]!(trees(1))
  await Promise.all([first, second])
  expect(store.getState().trees).toEqual({ count: 2 })
})

test('error: WORKER_DIED while planting leaves the city as it is', async () => {
  const store = createCityStore({ ...torn, load: () => Promise.resolve(city('a')) })
  await store.getState().load({ url: 'a' })
  await store.getState().plant()
  expect(store.getState()).toMatchObject({ status: 'ready', trees: null, error: null })
})
