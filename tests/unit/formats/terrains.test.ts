import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { TwinError } from '../../../src/base/errors.ts'
import { createRandom } from '../../../src/base/random.ts'
import { readTerrain, terrainFormats } from '../../../src/formats/terrains/index.ts'
import { describeElevation, elevationAt } from '../../../src/geo/elevation.ts'
import { documentOf, scratch, veracity } from '../../support/commandLine.ts'
import { referencePath } from '../../support/reference.ts'

interface Vectors {
  readonly columns: number
  readonly rows: number
  readonly west: number
  readonly north: number
  readonly step: number
  readonly heights: readonly number[]
  readonly files: Readonly<Record<string, string>>
  readonly utm: string
  readonly utmAt: readonly [lat: number, lon: number, heightM: number]
}
const vectors = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../vectors/geotiff/vectors.json'), 'utf8'),
) as Vectors
const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'))

/** A tile whose heights are a plane: column + 10 × row, one of them not known. */
function tile(): Uint8Array {
  const bytes = new Uint8Array(2 * 1201 * 1201)
  const view = new DataView(bytes.buffer)
  for (let j = 0; j < 1201; j++) for (let i = 0; i < 1201; i++) view.setInt16(2 * (j * 1201 + i), i + 10 * j)
  view.setInt16(2 * (600 * 1201 + 600), -32768)
  return bytes
}

/** A zip archive of one file, written apart from the reader. */
function zipOf(name: string, bytes: Uint8Array): Uint8Array {
  const packed = deflateRawSync(bytes, { level: 1 })
  const crc = (() => {
    let sum = -1
    for (const byte of bytes) {
      sum ^= byte
      for (let k = 0; k < 8; k++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0)
    }
    return ~sum >>> 0
  })()
  const common = Buffer.alloc(26)
  common.writeUInt16LE(20, 0)
  common.writeUInt16LE(8, 4)
  common.writeUInt32LE(crc, 10)
  common.writeUInt32LE(packed.length, 14)
  common.writeUInt32LE(bytes.length, 18)
  common.writeUInt16LE(name.length, 22)
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed])
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), common, Buffer.alloc(14), Buffer.from(name)])
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(local.length, 16)
  return new Uint8Array(Buffer.concat([local, central, end]))
}

describe('SRTM tiles', () => {
  const grid = readTerrain(tile(), 'S34W058.hgt')
  test('default: heights by place, bilinear between points, south and west', () => {
    expect(grid).toMatchObject({ format: 'hgt', columns: 1201, rows: 1201, boundsDeg: [-58, -34, -57, -33] })
    expect(elevationAt(grid, -33, -58)).toBe(0)
    expect(elevationAt(grid, -34, -57)).toBe(1200 + 12_000)
    expect(elevationAt(grid, -33 - 10.25 / 1200, -58 + 20.5 / 1200)).toBeCloseTo(20.5 + 102.5, 6)
    expect(elevationAt(grid, -32.9, -57.5)).toBeNaN()
  })
  test('behavior: what is not known is not a height; its neighbours speak for the ground around it', () => {
    expect(elevationAt(grid, -33.5, -57.5)).toBeNaN()
    expect(elevationAt(grid, -33.5, -57.5 + 0.5 / 1200)).toBe(601 + 6000)
    expect(describeElevation(grid)).toMatchObject({ minM: 0, maxM: 13_200, unknown: 1 })
  })
  test('default: in a zip archive, whatever that is called', () => {
    const again = readTerrain(zipOf('S34W058.hgt', tile()), 'download.zip')
    expect(Buffer.compare(new Uint8Array(again.heightM.buffer), new Uint8Array(grid.heightM.buffer))).toBe(0)
  })
  test('error: another length, a name that says nothing, an archive without one, a damaged archive', () => {
    const read = (bytes: Uint8Array, name: string) => () => readTerrain(bytes, name)
    expect(read(tile().slice(2), 'S34W058.hgt')).toThrow(/2884800 bytes, expected 2884802 or 25934402/)
    expect(read(tile(), 'S94W058.hgt')).toThrow(/broken/)
    expect(read(tile(), 'tile.hgt')).toThrow(/no terrain file/)
    expect(read(zipOf('a.txt', tile()), 'a.zip')).toThrow(/holds no terrain file/)
    const bad = zipOf('S34W058.hgt', tile())
    bad[200]! ^= 4
    expect(read(bad, 'a.zip')).toThrow(/damaged/)
    expect(read(bad.slice(0, -30), 'a.zip')).toThrow(/damaged/)
  })
  const monaco = referencePath('cities', 'N43E007.hgt.zip')
  test.skipIf(!monaco)(
    'default: Monaco and the Alps behind it, beside Python’s own reading (skipped without reference data)',
    () => {
      const real = readTerrain(new Uint8Array(readFileSync(monaco!)), 'N43E007.hgt.zip')
      const about = describeElevation(real)
      expect(about).toMatchObject({ maxM: 2064, unknown: 1595 })
      expect(about.meanM).toBeCloseTo(157.56501083421364, 6)
      for (const [lat, lon, heightM] of [
        [43.7375, 7.4289, 6.59999999998],
        [43.75, 7.4, 608],
        [43.9, 7.3, 991],
        [43.7311, 7.4197, 47.5951999999714],
      ] as const) {
        expect(elevationAt(real, lat, lon)).toBeCloseTo(heightM, 4)
      }
    },
  )
})

describe('GeoTIFF', () => {
  const { columns, rows, west, north, step, heights } = vectors
  test.each(Object.keys(vectors.files))('default: %s: every height, its place, and the one not known', (kind) => {
    const grid = readTerrain(bytesOf(vectors.files[kind]!), 'dem.tif')
    expect(grid).toMatchObject({ format: 'geotiff', columns, rows })
    expect(Array.from(grid.heightM, (h) => (Number.isNaN(h) ? -32768 : h))).toEqual(heights)
    for (const [i, j] of [
      [0, 0],
      [17, 30],
      [columns - 1, rows - 1],
    ] as const) {
      expect(elevationAt(grid, north - j * step, west + i * step)).toBeCloseTo(heights[j * columns + i]!, 6)
    }
    expect(grid.boundsDeg[0]).toBeCloseTo(west, 9)
    expect(grid.boundsDeg[3]).toBeCloseTo(north, 9)
  })
  test('default: on a national grid', () => {
    const grid = readTerrain(bytesOf(vectors.utm), 'dem.tif')
    const [lat, lon, heightM] = vectors.utmAt
    expect(elevationAt(grid, lat, lon)).toBeCloseTo(heightM, 3)
    expect(elevationAt(grid, lat + 1, lon)).toBeNaN()
  })
  test('error: cut off, flipped or random it reads or says why, and comes to an end (seed "tif")', () => {
    const random = createRandom('tif')
    const seen = new Set<string>()
    for (const base64 of [...Object.values(vectors.files), vectors.utm]) {
      const bytes = bytesOf(base64)
      for (let k = 0; k < 60; k++) {
        const bad = k < 20 ? bytes.slice(0, 8 + random.below(bytes.length - 8)) : bytes.slice()
        if (k >= 20)
          for (let n = 1 + random.below(5); n > 0; n--) bad[random.below(k < 40 ? 400 : bad.length)] = random.below(256)
        try {
          readTerrain(bad, 'dem.tif')
          seen.add('read')
        } catch (error) {
          if (!(error instanceof TwinError)) throw error
          expect(error.message).toMatch(/^.+\.$/)
          seen.add(error.code)
        }
      }
    }
    expect([...seen].sort()).toEqual(['FORMAT_BROKEN', 'FORMAT_UNKNOWN', 'read'])
  })
})

test('the list names each format once, with extensions', () => {
  expect(new Set(terrainFormats.map(({ id }) => id)).size).toBe(terrainFormats.length)
  for (const { extensions } of terrainFormats) for (const end of extensions) expect(end).toMatch(/^\.[a-z]+$/)
})

describe('veracity terrain read', () => {
  const files = scratch()
  afterAll(() => files.remove())
  const path = files.write('N50E070.hgt', tile())
  test('default: what is in it, the ground at a place, a profile in even steps', async () => {
    const answer = await veracity(
      'terrain',
      'read',
      path,
      '--json',
      '--at',
      '50.5,70.25',
      '--profile',
      '50.9,70.1,50.9,70.2',
      '--points',
      '4',
    )
    expect(answer.code).toBe(0)
    const document = documentOf<{
      at: { heightM: number }
      profile: { stepM: number; heightM: number[] }
      unknown: number
    }>(answer)
    expect(document.at.heightM).toBeCloseTo(300 + 6000, 6)
    expect(document.unknown).toBe(1)
    expect(document.profile.heightM).toHaveLength(5)
    expect(document.profile.heightM[0]).toBeCloseTo(120 + 1200, 3)
    expect(document.profile.heightM[4]).toBeCloseTo(240 + 1200, 3)
    expect(document.profile.stepM * 4).toBeCloseTo(0.1 * 111_320 * Math.cos((50.9 * Math.PI) / 180), -2)
  })
  test('default: a profile without --json is a line that radio loss reads', async () => {
    const { out } = await veracity('terrain', 'read', path, '--profile', '50.9,70.1,50.9,70.2')
    const [np, stepM, ...z] = out.split(',').map(Number)
    expect(z).toHaveLength(np! + 1)
    expect(stepM).toBeGreaterThan(50)
  })
  test('behavior: a place outside is not known, and ends with 1', async () => {
    expect(await veracity('terrain', 'read', path, '--at', '10,10')).toMatchObject({ code: 1, out: 'not known' })
  })
  test.each([
    ['no file', [], /0 files were named/],
    ['a place that is none', [path, '--at', '95,10'], /expected LAT,LON/],
    ['half a path', [path, '--profile', '50,70'], /expected LAT,LON,LAT,LON/],
    ['a file that is none', [join(import.meta.dirname, 'terrains.test.ts')], /no terrain file/],
  ])('error: %s', async (_, args, why) => {
    const { code, err } = await veracity('terrain', 'read', ...args)
    expect(code).toBe(2)
    expect(err).toMatch(why)
  })
})
