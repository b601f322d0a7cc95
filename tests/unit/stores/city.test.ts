import { expect, test } from 'vitest'
import { TwinError } from '../../../src/base/errors.ts'
import type { BuildingChunk } from '../../../src/mesh/buildingChunks.ts'
import { type CityPort, createCityStore } from '../../../src/stores/city.ts'

const CHUNK = {} as BuildingChunk

/** A port whose loads give one piece and then fail. */
const torn: CityPort = {
  load: (_, { onChunk }) => {
    onChunk?.(CHUNK)
    return Promise.reject(new TwinError('WORKER_DIED', 'The worker stopped with an error.'))
  },
}

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
