import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { whereaboutsSources } from '../../src/chain/whereabouts/index.ts'
import { readWhereabouts, writeWhereabouts } from '../../src/chain/whereabouts/snapshotFile.ts'
import { WHEREABOUTS_IDS, WHEREABOUTS_INFO, type Whereabouts } from '../../src/model/whereabouts.ts'

// A loopback server in the shape that the Entity API documents. Its hotspots are this test's: no real place is known here.

const BOUNDS = [71, 51, 72, 52] as const
let server: Server
let baseUrl = ''
let answer: (url: URL) => unknown = () => ({ items: [] })
let status = 200
const asked: URL[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    const url = new URL(request.url!, 'http://server')
    asked.push(url)
    const body = answer(url)
    response.writeHead(status, { 'content-type': 'application/json', 'access-control-allow-origin': '*' })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  asked.length = 0
  status = 200
})

const item = (key: string, lat: unknown = 51.5, long: unknown = 71.5) => ({
  key_to_asset_key: key,
  is_active: false,
  lat,
  long,
})
const pages = (...list: { items: unknown[]; cursor?: string | null }[]): ((url: URL) => unknown) => {
  return (url) => list[Number(url.searchParams.get('cursor') ?? 0)]
}

describe('the list of public places', () => {
  test('behavior: every source is there once, with its words, and none makes anything up', () => {
    expect(whereaboutsSources.map(({ id }) => id)).toEqual(WHEREABOUTS_IDS)
    for (const { id, snapshot } of whereaboutsSources) {
      expect(snapshot).toBeNull()
      expect(WHEREABOUTS_INFO[id].proven).toMatch(/^Proven here: nothing\./)
      expect(WHEREABOUTS_INFO[id].unproven).toMatch(/^Not proven: /)
    }
  })
})

describe.each(whereaboutsSources)('$id', ({ id, read, baseUrl: published }) => {
  const ask = (change: object = {}): Promise<Whereabouts> =>
    read({
      fetch: (url, init) => fetch(url, init),
      baseUrl,
      boundsDeg: BOUNDS,
      nowMs: 1_750_000_000_000,
      signal: new AbortController().signal,
      ...change,
    })

  test('default: what stands within the bounds, over all pages, each once', async () => {
    answer = pages(
      { items: [item('a'), item('north', 52.1), item('nowhere', null, null)], cursor: '1' },
      { items: [item('b', 51, 72), item('a')], cursor: '2' },
      { items: [item('west', 51.5, 70.99), item('c', 51.25)], cursor: null },
    )
    const progress: number[][] = []
    const found = await ask({ onPage: (...seen: number[]) => progress.push(seen) })
    expect(found.devices.map((device) => device.id)).toEqual(['a', 'b', 'c'])
    expect(found).toMatchObject({ source: id, complete: true, askedAt: baseUrl, takenAtMs: 1_750_000_000_000 })
    expect(progress).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ])
    expect(new Set(asked.map(({ pathname }) => pathname))).toEqual(new Set(['/v2/hotspots']))
    expect(asked.map(({ searchParams }) => searchParams.get('subnetwork'))).toEqual(Array(3).fill(id.split('-')[1]))
    expect(new URL(published).protocol).toBe('https:')
  })
  test('behavior: pages without end are read up to a limit, and that is said', async () => {
    answer = (url) => ({
      items: [item(`h${url.search}`)],
      cursor: String(Number(url.searchParams.get('cursor') ?? 0) + 1),
    })
    const found = await ask({ maxPages: 5 })
    expect([found.complete, found.devices.length, asked.length]).toEqual([false, 5, 5])
  })
  test.each<[string, unknown]>([
    ['text', 'sorry'],
    ['a list', []],
    ['no items', { cursor: null }],
    ['an item without a key', { items: [{ lat: 1, long: 1 }] }],
    ['a latitude beyond the pole', { items: [item('a', 91)] }],
    ['a longitude as text', { items: [item('a', 51, '71')] }],
    ['a cursor that is a number', { items: [], cursor: 7 }],
    ['pages in a circle', { items: [], cursor: 'x' }],
  ])('error: SOURCE_BROKEN for %s', async (_, body) => {
    answer = () => body
    await expect(ask()).rejects.toMatchObject({ code: 'SOURCE_BROKEN' })
  })
  test('error: SOURCE_UNREACHABLE for a refusal and for nobody', async () => {
    status = 429
    await expect(ask()).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' })
    await expect(ask({ fetch: () => Promise.reject(new TypeError('down')) })).rejects.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
    })
  })
  test('behavior: whoever asked may stop', async () => {
    answer = () => ({ items: [], cursor: String(asked.length) })
    const stop = new AbortController()
    const asking = ask({ signal: stop.signal, onPage: (n: number) => n === 3 && stop.abort() })
    await expect(asking).rejects.toMatchObject({ name: 'AbortError' })
    expect(asked.length).toBeLessThanOrEqual(4)
  })
  test('default: a snapshot is read as it was written', async () => {
    answer = pages({ items: [item('a'), item('b')] })
    const found = await ask()
    expect(readWhereabouts(JSON.parse(writeWhereabouts(found)))).toEqual(found)
  })
})

test.each<[string, object]>([
  ['another source', { source: 'ioid' }],
  ['no date', { takenAt: undefined }],
  ['a place beyond the world', { devices: [{ id: 'a', latDeg: 51, lonDeg: 181 }] }],
  ['another version', { version: 2 }],
])('error: FORMAT_BROKEN for a snapshot with %s', (_, change) => {
  const good = {
    source: 'helium-iot' as const,
    takenAtMs: 0,
    askedAt: 'x',
    boundsDeg: BOUNDS,
    complete: true,
    devices: [],
  }
  const value: unknown = { ...JSON.parse(writeWhereabouts(good)), ...change }
  expect(() => readWhereabouts(value)).toThrow(expect.objectContaining({ code: 'FORMAT_BROKEN' }))
})
