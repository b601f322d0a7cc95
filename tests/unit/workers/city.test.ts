import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { expose } from 'comlink'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { finish } from '../../../src/base/steps.ts'
import { encodeCity } from '../../../src/formats/cityFile/encodeCity.ts'
import { readCity } from '../../../src/formats/readCity.ts'
import type { BuildingChunk } from '../../../src/mesh/buildingChunks.ts'
import { buildingAt, pickBuilding } from '../../../src/mesh/pick.ts'
import { sha256Hex } from '../../../src/model/hash.ts'
import { createCityApi } from '../../../workers/city.api.ts'
import { type CityLoader, type CitySource, createCityLoader } from '../../../workers/city.client.ts'
import { buffersOf } from '../../../workers/lib/buffers.ts'
import { astanaTiles, readAstana } from '../../support/cityFiles.ts'
import { asCityJson } from '../../support/cityJsonFiles.ts'
import { boxRing, building, collection } from '../../support/featureCollection.ts'
import { asOverpass, asPbf, asXml, sampleOsm } from '../../support/osmFiles.ts'

let loader: CityLoader
afterEach(() => loader.dispose())

/** The real api behind a real message port: structured clone and transfer and all, but no thread. */
function connect(): CityLoader {
  const { port1, port2 } = new MessageChannel()
  expose(createCityApi(), port1 as never)
  port1.start()
  loader = createCityLoader(Object.assign(port2, { terminate: () => port1.close() }) as never)
  port2.start()
  return loader
}

const small = collection(
  building('way/1', { height: '9', name: 'One' }, boxRing(0, 0, 12, 9)),
  building('way/2', { height: '20' }, boxRing(40, 0, 12, 9)),
)
const smallCity = finish(readCity([small]))
const vcity = encodeCity(smallCity.city, smallCity)

const bodies: Record<string, { status?: number; bytes: Uint8Array; headers?: Record<string, string> }> = {
  '/a.vcity': { bytes: vcity },
  '/a.vcity.gz': { bytes: gzipSync(vcity) },
  '/b.geojson': { bytes: small.bytes },
  '/encoded.vcity.gz': { bytes: gzipSync(vcity), headers: { 'content-encoding': 'gzip' } },
  '/index.html': { bytes: new TextEncoder().encode('<!doctype html><title>x</title>') },
  '/empty.vcity': { bytes: new Uint8Array() },
  '/damaged.vcity.gz': { bytes: gzipSync(vcity).subarray(0, 200) },
  '/gone.vcity': { status: 404, bytes: new Uint8Array() },
}
let server: Server
let address = ''
beforeAll(async () => {
  server = createServer(({ url }, response) => {
    const { status = 200, bytes, headers = {} } = bodies[url!.replace(/\?.*/, '')]!
    response.writeHead(status, { 'content-length': bytes.length, ...headers }).end(bytes)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())

describe('CityLoader', () => {
  test('default: Astana from its tiles: chunks first, then all the rest, everything usable here', async () => {
    const chunks: BuildingChunk[] = []
    const seen: [number, string][] = []
    let resolved = false
    const city = await connect()
      .load(
        { files: astanaTiles(), meta: { title: 'Astana' } },
        {
          onChunk: (chunk) => {
            expect(resolved).toBe(false)
            chunks.push(chunk)
          },
          onProgress: (fraction, words) => seen.push([fraction, words]),
        },
      )
      .finally(() => {
        resolved = true
      })
    expect(chunks.length).toBe(24)
    expect(chunks.reduce((n, c) => n + c.triangleCount, 0)).toBe(city.buildings.triangles)
    expect(chunks[0]!.position).toBeInstanceOf(Int16Array)
    expect(city.counts).toEqual(readAstana().counts)
    expect(city.format).toBe('osm-qa')
    expect(city.ground.roads.triangleCount).toBeGreaterThan(50_000)
    expect(city.power.towers.count).toBeGreaterThan(700)
    expect((await loader.plant(city)).count).toBeGreaterThan(1000)
    const { centreXM, centreYM } = city.city.buildings
    const at = buildingAt(city.pick, city.city, centreXM[5]!, centreYM[5]!)
    expect(pickBuilding(city.pick, city.city, [centreXM[at]!, 900, -centreYM[at]!], [0, -1, 0])?.building).toBe(at)
    const fractions = seen.map(([f]) => f)
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
    expect(fractions.at(-1)).toBe(1)
    expect(new Set(seen.map(([, words]) => words)).size).toBeGreaterThan(3)
    const { city: own, counts, findings } = readAstana()
    expect(city.sha256).toBe(
      sha256Hex(encodeCity({ ...own, meta: { ...own.meta, title: 'Astana' } }, { counts, findings })),
    )
  })

  test.each(['/a.vcity', '/a.vcity.gz', '/encoded.vcity.gz', '/a.vcity.gz?v=1'])(
    'default: %s by its address, packed or not; the hash is that of the plain file',
    async (path) => {
      const city = await connect().load({ url: address + path })
      expect(city.format).toBe('vcity')
      expect(city.city.buildings.count).toBe(2)
      expect(city.counts).toEqual(smallCity.counts)
      expect(city.sha256).toBe(sha256Hex(vcity))
    },
  )
  test.each([
    ['osm-xml', asXml(sampleOsm()), 2],
    ['osm-pbf', asPbf(sampleOsm()), 2],
    ['overpass-json', asOverpass(sampleOsm()), 2],
    ['cityjson', asCityJson(), 4],
  ])(
    'default: a dropped file of format %s, packed, becomes a city with walls and roofs',
    async (format, file, count) => {
      const bytes = new Blob([gzipSync(file.bytes)])
      const city = await connect().load({ files: [{ name: `${file.name}.gz`, bytes }] })
      expect(city.format).toBe(format)
      expect(city.city.buildings.count).toBe(count)
      expect(city.buildings.triangles).toBeGreaterThan(20)
    },
  )
  test('default: a file somebody chose, and GeoJSON by address, give the same city', async () => {
    const line = connect()
    const chosen = await line.load({
      files: [{ name: 'b.geojson', bytes: new Blob([small.bytes as Uint8Array<ArrayBuffer>]) }],
    })
    const fetched = await line.load({ url: `${address}/b.geojson` })
    expect(chosen.city.buildings.osm.id).toEqual(fetched.city.buildings.osm.id)
    expect(small.bytes.length).toBeGreaterThan(0) // what was given was not taken away
  })

  test.each<[string, () => CitySource, string]>([
    ['a page that is not there', () => ({ url: `${address}/gone.vcity` }), 'FILE_UNREADABLE'],
    ['a server that is not there', () => ({ url: 'http://127.0.0.1:9/x.vcity' }), 'FILE_UNREADABLE'],
    ['a web page', () => ({ url: `${address}/index.html` }), 'FORMAT_UNKNOWN'],
    ['an empty file', () => ({ url: `${address}/empty.vcity` }), 'FORMAT_BROKEN'],
    ['a damaged packing', () => ({ url: `${address}/damaged.vcity.gz` }), 'FORMAT_BROKEN'],
    ['no files', () => ({ files: [] }), 'CITY_EMPTY'],
    [
      'a picture',
      () => ({ files: [{ name: 'x.png', bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47) }] }),
      'FORMAT_UNKNOWN',
    ],
    ['a city cut off', () => ({ files: [{ name: 'a.vcity', bytes: vcity.slice(0, 900) }] }), 'FORMAT_BROKEN'],
  ])('error: %s', async (_, source, code) => {
    await expect(connect().load(source())).rejects.toMatchObject({ name: 'TwinError', code })
    // and the worker takes the next one
    expect((await loader.load({ files: [{ name: 'a.vcity', bytes: vcity }] })).city.buildings.count).toBe(2)
  })

  test('behavior: abort rejects at once, gives no more chunks, and the worker takes the next city', async () => {
    const stop = new AbortController()
    let chunks = 0
    const job = connect().load(
      { files: astanaTiles() },
      { signal: stop.signal, onChunk: () => chunks++, onProgress: (fraction) => fraction > 0.3 && stop.abort() },
    )
    await expect(job).rejects.toMatchObject({ code: 'JOB_CANCELLED' })
    const before = chunks
    expect((await loader.load({ files: [{ name: 'a.vcity', bytes: vcity }] })).city.buildings.count).toBe(2)
    expect(chunks).toBe(before)
  })
  test('behavior: a signal aborted before, and one aborted while fetching', async () => {
    await expect(connect().load({ url: `${address}/a.vcity` }, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'JOB_CANCELLED',
    })
    const stop = new AbortController()
    const job = loader.load({ url: `${address}/a.vcity` }, { signal: stop.signal })
    stop.abort()
    await expect(job).rejects.toMatchObject({ code: 'JOB_CANCELLED' })
  })
  test('error: WORKER_DIED when the line closes under a load', async () => {
    const job = connect().load({ files: astanaTiles() })
    loader.dispose()
    await expect(job).rejects.toMatchObject({ code: 'WORKER_DIED' })
  })
})

test('buffersOf: every buffer once, however deep', () => {
  const shared = new ArrayBuffer(16)
  const value = {
    a: new Float32Array(shared, 0, 2),
    b: [{ c: new Uint8Array(shared, 8) }],
    d: new Map([[1, { e: new Uint32Array(3) }]]),
    words: ['x', 'y'],
    n: null,
    f: new ArrayBuffer(4),
  }
  expect(
    buffersOf(value)
      .map((b) => b.byteLength)
      .sort((p, q) => p - q),
  ).toEqual([4, 12, 16])
})
