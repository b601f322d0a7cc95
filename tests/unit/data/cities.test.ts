import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { ASTANA, ASTANA_SOURCE, ASTANA_UTC_OFFSET_H } from '../../../data/cities/astana.ts'
import { BUILD_REVISION, buildDefaultCity } from '../../../data/cities/build.ts'
import { decodeCity } from '../../../src/formats/cityFile/decodeCity.ts'
import { astanaTiles } from '../../support/cityFiles.ts'

const scratch = mkdtempSync(join(tmpdir(), 'veracity-city-'))
afterAll(() => rmSync(scratch, { recursive: true }))
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** When this no longer holds, raise BUILD_REVISION and write the new hash here: a city built before is then built again. */
const KNOWN = { revision: 3, sha256: '6f42f2f20c719e3c39b50ed96bb183da8e71471d27fc5378668c2609f7afc9b7' }

describe('buildDefaultCity', () => {
  const seen: [number, string][] = []
  const { manifest, built } = buildDefaultCity({ outDir: scratch, onProgress: (f, words) => seen.push([f, words]) })
  const gzip = readFileSync(join(scratch, 'astana.vcity.gz'))
  const bytes = gunzipSync(gzip)

  test('default: writes the city and what it is; the hash is that of the uncompressed file', () => {
    expect(built).toBe(true)
    expect(sha256(bytes)).toBe(manifest.sha256)
    expect(bytes.length).toBe(manifest.bytes)
    expect(JSON.parse(readFileSync(join(scratch, 'astana.json'), 'utf8'))).toEqual(manifest)
    expect(manifest).toMatchObject({
      id: 'astana',
      dataDate: '2017-12-04',
      licence: 'ODbL 1.0',
      builtFrom: { package: '@mapbox/mvt-fixtures', version: '4.0.0' },
    })
    expect(manifest.counts.buildings).toBe(32_060)
  })
  test('default: small enough to be fetched on a phone', () => {
    expect(gzip.length).toBeLessThan(2_500_000)
  })
  test('default: the same bytes as ever', () => {
    expect({ revision: BUILD_REVISION, sha256: manifest.sha256 }).toEqual(KNOWN)
  })
  test('behavior: progress rises and says what is done', () => {
    const fractions = seen.map(([f]) => f)
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
    expect(fractions.at(-1)).toBe(1)
    for (const [, words] of seen) expect(words).not.toBe('')
  })
  test('behavior: what stands is not built again; what is damaged or of another revision is', () => {
    const time = statSync(join(scratch, 'astana.vcity.gz')).mtimeMs
    expect(buildDefaultCity({ outDir: scratch })).toEqual({ manifest, built: false })
    expect(statSync(join(scratch, 'astana.vcity.gz')).mtimeMs).toBe(time)
    writeFileSync(join(scratch, 'astana.vcity.gz'), gzip.subarray(0, 1000))
    expect(buildDefaultCity({ outDir: scratch })).toEqual({ manifest, built: true })
    writeFileSync(join(scratch, 'astana.json'), JSON.stringify({ ...manifest, revision: 0 }))
    expect(buildDefaultCity({ outDir: scratch }).built).toBe(true)
  })
  test('error: FILE_UNREADABLE when the package is not there, or the folder cannot be written', () => {
    const elsewhere = `file://${scratch}/x.js`
    expect(() => buildDefaultCity({ outDir: join(scratch, 'other'), resolveFrom: elsewhere })).toThrow(/npm ci/)
    writeFileSync(join(scratch, 'a-file'), '')
    expect(() => buildDefaultCity({ outDir: join(scratch, 'a-file') })).toThrow(/could not be written/)
  })
  test('default: Bayterek stands at the origin, in the city’s own clock', () => {
    const city = decodeCity(new Uint8Array(bytes))
    const bayterek = city.buildings.osm.id.indexOf(ASTANA_SOURCE.originWay)
    expect(Math.hypot(city.buildings.centreXM[bayterek]!, city.buildings.centreYM[bayterek]!)).toBeLessThan(0.02)
    expect(city.meta).toMatchObject({ ...ASTANA, utcOffsetH: ASTANA_UTC_OFFSET_H.value })
  })
})

test('SOURCE.md lists the tiles by their true hashes', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../data/cities/SOURCE.md'), 'utf8')
  for (const { name, bytes } of astanaTiles()) expect(text).toContain(`${sha256(bytes)}  ${name}`)
})
