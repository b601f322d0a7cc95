import { describe, expect, test } from 'vitest'
import { sources } from '../../src/chain/sources/index.ts'

const files = Object.keys(import.meta.glob('/src/chain/sources/*.ts'))
const definitions = import.meta.glob<Record<string, unknown>>('/src/chain/sources/*.ts', { eager: true })

/** Values of a module that look like a source. */
const sourcesIn = (module: Record<string, unknown>): unknown[] =>
  Object.values(module).filter((value) => typeof value === 'object' && value !== null && 'standing' in value)

describe('sources', () => {
  test('behavior: the list names every source in the folder', () => {
    const found = files.filter((file) => !file.endsWith('/index.ts')).flatMap((file) => sourcesIn(definitions[file]!))
    expect(new Set(found)).toEqual(new Set(sources))
  })
  test('behavior: ids are told apart, and the chain itself is always there', () => {
    expect(new Set(sources.map(({ id }) => id)).size).toBe(sources.length)
    expect(sources.filter(({ standing }) => standing === 'own-rpc')).toHaveLength(1)
    expect(sources.filter(({ standing }) => standing === 'file')).toHaveLength(1)
  })
  test.each(sources)('behavior: $id says when it is not configured, and why it cannot run then', async (source) => {
    const nothing = { mode: 'live', chain: null, gateway: null, indexer: null, recorded: null, lesson: null } as const
    expect(source.isConfigured(nothing)).toBe(false)
    const sink = { anchors() {}, complete() {}, bundle() {}, state() {} }
    const clock = { nowMs: () => 0, sleep: async () => {} }
    const context = {
      config: nothing,
      resolve: (path: string) => `http://page/${path}`,
      fetch: () => Promise.reject(new TypeError('no network')),
      clock,
      rpc: null,
      heads: async function* () {},
      signal: AbortSignal.timeout(2000),
    }
    await expect(source.run(context, sink)).rejects.toMatchObject({ name: 'TwinError' })
  })
})
