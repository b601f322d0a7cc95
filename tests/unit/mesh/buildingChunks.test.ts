import { describe, expect, test } from 'vitest'
import { finish } from '../../../src/base/steps.ts'
import { readCity } from '../../../src/formats/readCity.ts'
import { type BuildingChunk, runBuildingChunks } from '../../../src/mesh/buildingChunks.ts'
import { createRoofReader } from '../../../src/mesh/buildings/solid.ts'
import { readVertex, SURFACE, surfaceOf } from '../../../src/mesh/buildings/vertex.ts'
import { readAstana } from '../../support/cityFiles.ts'
import { boxRing, building, collection } from '../../support/featureCollection.ts'
import { openEdges, worstNormal } from '../../support/solids.ts'

function chunksOf(city: Parameters<typeof runBuildingChunks>[0], maxChunks = 24) {
  const chunks: BuildingChunk[] = []
  const result = finish(runBuildingChunks(city, { maxChunks, onChunk: (chunk) => chunks.push(chunk) }))
  return { chunks, result }
}

/** The triangles of one building of a chunk as plain numbers in scene metres, and the ground that closes them. */
function meshOf(chunk: BuildingChunk, k: number) {
  const place: number[] = []
  const normal: number[] = []
  const index: number[] = []
  const out = new Float64Array(3)
  for (let i = chunk.indexStart[k]!; i < chunk.indexStart[k + 1]!; i++) {
    const v = chunk.index[i]!
    readVertex(chunk, v, out)
    place.push(...out)
    normal.push(chunk.normal[4 * v]!, chunk.normal[4 * v + 1]!, chunk.normal[4 * v + 2]!)
    index.push(place.length / 3 - 1)
  }
  return { place, normal, index }
}

describe('runBuildingChunks on Astana', () => {
  const { city } = readAstana()
  const { buildings: b } = city
  const { chunks, result } = chunksOf(city)

  test('default: at most 24 chunks of about the same weight, the one at the origin first', () => {
    expect(chunks.length).toBe(24)
    expect(result.chunks).toBe(24)
    const counts = chunks.map((c) => c.triangleCount)
    expect(Math.max(...counts) / Math.min(...counts)).toBeLessThan(1.3)
    expect(result.triangles).toBe(counts.reduce((a, n) => a + n))
    expect(result.triangles).toBeGreaterThan(400_000)
    const distance = (c: BuildingChunk) =>
      Math.min(...[...c.buildings].map((i) => Math.hypot(b.centreXM[i]!, b.centreYM[i]!)))
    const all = chunks.map(distance)
    expect(all).toEqual([...all].sort((x, y) => x - y))
  })

  test('default: every drawn building is in exactly one chunk, its triangles in one run', () => {
    const seen = new Uint8Array(b.count)
    for (const chunk of chunks) {
      expect(chunk.indexStart[chunk.buildings.length]).toBe(chunk.index.length)
      for (const [k, building] of chunk.buildings.entries()) {
        seen[building]!++
        expect(chunk.indexStart[k + 1]! - chunk.indexStart[k]!).toBeGreaterThan(0)
        for (const i of [chunk.indexStart[k]!, chunk.indexStart[k + 1]! - 1])
          expect(chunk.feature[chunk.index[i]!]).toBe(building)
      }
    }
    for (let i = 0; i < b.count; i++) expect(seen[i]).toBe(b.hasParts[i] ? 0 : 1)
  })

  test('behavior: places are exact: the feet of walls stand on the corners of the outline', () => {
    const out = new Float64Array(3)
    const roofOf = createRoofReader(city)
    for (const chunk of chunks) {
      for (let k = 0; k < chunk.buildings.length; k += 37) {
        const i = chunk.buildings[k]!
        if (roofOf(i).shape !== 'flat') continue
        const corners = new Set<string>()
        const { rings, start } = b.polygons
        for (let r = start[b.polygonStart[i]!]!; r < start[b.polygonStart[i + 1]!]!; r++) {
          for (let v = rings.start[r]!; v < rings.start[r + 1]!; v++) corners.add(`${rings.xM[v]},${-rings.yM[v]!}`)
        }
        for (let t = chunk.indexStart[k]!; t < chunk.indexStart[k + 1]!; t++) {
          readVertex(chunk, chunk.index[t]!, out)
          if (!corners.has(`${out[0]},${out[2]}`)) expect.fail(`building ${i} has a vertex off its outline`)
          const surface = surfaceOf(chunk, chunk.index[t]!)
          const up = surface === SURFACE.foot || surface === SURFACE.underside ? b.minHeightM[i]! : b.heightM[i]!
          if (!(Math.abs(out[1]! - up) <= 1 / 64 + 1e-4)) expect.fail(`building ${i} is ${out[1]} high, expected ${up}`)
        }
      }
    }
  })

  test('behavior: solids are closed but for the ground, nothing is inside out, volumes are footprint × height', () => {
    const roofOf = createRoofReader(city)
    for (const chunk of chunks) {
      for (let k = 5; k < chunk.buildings.length; k += 61) {
        const i = chunk.buildings[k]!
        const mesh = meshOf(chunk, k)
        const bottom = Math.round(b.minHeightM[i]! * 32) / 32
        const gaps = openEdges(mesh)
        // open edges run along the ground only
        expect(gaps.filter((edge) => edge.split(/[ ,]/).some((up, c) => c % 3 === 1 && up !== '0'))).toEqual([])
        if (bottom > 0) expect(gaps).toEqual([])
        expect(worstNormal(mesh)).toBeGreaterThan(roofOf(i).shape === 'flat' ? 0.99 : 0.3)
        if (roofOf(i).shape !== 'flat') continue
        // the flux of height through the surface: what the roof gains over the underside
        let volume = 0
        const { place } = mesh
        for (let t = 0; t < place.length; t += 9) {
          const up = (place[t + 1]! + place[t + 4]! + place[t + 7]!) / 3
          const area =
            ((place[t + 5]! - place[t + 2]!) * (place[t + 6]! - place[t]!) -
              (place[t + 3]! - place[t]!) * (place[t + 8]! - place[t + 2]!)) /
            2
          volume += up * area
        }
        const height = Math.round(b.heightM[i]! * 32) / 32 - bottom
        expect(Math.abs(volume / (b.footprintM2[i]! * height) - 1)).toBeLessThan(1e-4)
      }
    }
  })

  test('behavior: bounds hold every vertex, and bytes stay within 20 for each', () => {
    const out = new Float64Array(3)
    for (const chunk of chunks) {
      const low = [Infinity, Infinity, Infinity]
      const high = [-Infinity, -Infinity, -Infinity]
      for (let v = 0; v < chunk.feature.length; v++) {
        readVertex(chunk, v, out)
        for (let k = 0; k < 3; k++) {
          low[k] = Math.min(low[k]!, out[k]!)
          high[k] = Math.max(high[k]!, out[k]!)
        }
      }
      expect(low).toEqual([...chunk.boundsMin])
      expect(high).toEqual([...chunk.boundsMax])
      expect(Math.max(...chunk.index)).toBe(chunk.feature.length - 1)
    }
    expect(result.bytes / result.vertices).toBeLessThan(20)
  })

  test('behavior: progress rises, the first chunk comes early, and twice gives the same bytes', () => {
    const seen: number[] = []
    let firstAt = 0
    const again: BuildingChunk[] = []
    const onChunk = (chunk: BuildingChunk): void => {
      if (again.length === 0) firstAt = seen.length
      again.push(chunk)
    }
    finish(runBuildingChunks(city, { onChunk }), (f) => seen.push(f))
    expect(seen).toEqual([...seen].sort((x, y) => x - y))
    expect(firstAt / seen.length).toBeLessThan(0.15)
    for (const [k, chunk] of again.entries())
      expect(Buffer.compare(Buffer.from(chunk.position.buffer), Buffer.from(chunks[k]!.position.buffer))).toBe(0)
  })
})

describe('runBuildingChunks on small cities', () => {
  const read = (...features: unknown[]) => finish(readCity([collection(...features)])).city
  test('default: few buildings need one chunk', () => {
    const { chunks, result } = chunksOf(read(building('way/1', { height: '9' }, boxRing(0, 0, 12, 9))))
    expect(result).toMatchObject({ chunks: 1, buildings: 1, triangles: 10, vertices: 20 })
    expect(chunks[0]!.index).toBeInstanceOf(Uint16Array)
  })
  test('behavior: buildings 100 km apart are kept exactly, in chunks that 16 bits can hold', () => {
    const far = [-70_000, -35_000, 0, 35_000, 70_000].map((y, i) =>
      building(`way/${i + 1}`, { height: '9' }, boxRing(0, y, 12, 9)),
    )
    const { chunks } = chunksOf(read(...far), 1)
    expect(chunks.length).toBeGreaterThan(1)
    const out = new Float64Array(3)
    for (const chunk of chunks) {
      readVertex(chunk, 0, out)
      expect(out[0]! * 128).toBe(Math.round(out[0]! * 128))
    }
  })
  test('behavior: no buildings, no chunks', () => {
    const road = {
      type: 'Feature',
      properties: { highway: 'service' },
      geometry: {
        type: 'LineString',
        coordinates: [
          [71.4, 51.1],
          [71.41, 51.1],
        ],
      },
    }
    expect(chunksOf(read(road)).result).toEqual({ chunks: 0, buildings: 0, triangles: 0, vertices: 0, bytes: 0 })
  })
})
