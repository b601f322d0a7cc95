import { type Steps, within } from '../base/steps.ts'
import type { City } from '../model/city.ts'
import { divideBuildings } from './buildings/divide.ts'
import { addBuilding, createRoofReader } from './buildings/solid.ts'
import { createSolidColumns, type SolidColumns } from './buildings/solidSink.ts'
import { HEIGHT_SCALE_M, PARTS, packFourth, type Surface } from './buildings/vertex.ts'
import { STEPS_PER_M } from './steps.ts'

/**
 * A share of the city's buildings as one mesh. See buildings/vertex.ts for how places are packed; the order of axes is
 * the scene's (east, up, south).
 */
export interface BuildingChunk {
  readonly originXM: number // east
  readonly originYM: number // north
  readonly scaleM: number // of x and z; y counts 1/32 m
  readonly position: Int16Array // [vertices, 4]
  readonly normal: Int8Array // [vertices, 4] ±127, the fourth is spare
  readonly feature: Float32Array // [vertices] index of the building, exact up to 16 million
  readonly index: Uint16Array | Uint32Array // [triangles, 3]
  readonly buildings: Uint32Array // [buildings] ascending
  readonly indexStart: Uint32Array // [buildings + 1] where each building's triangles start in `index`
  readonly boundsMin: readonly [number, number, number] // scene metres
  readonly boundsMax: readonly [number, number, number]
  readonly triangleCount: number
}

export interface BuildingChunksOptions {
  /** At most this many chunks (draw calls). */
  readonly maxChunks?: number
  /** Called with each chunk as soon as it is done, the one nearest to the origin first. */
  readonly onChunk?: (chunk: BuildingChunk) => void
}

export interface BuildingChunksResult {
  readonly chunks: number
  readonly buildings: number
  readonly triangles: number
  readonly vertices: number
  readonly bytes: number
}

/** Buildings between two steps. */
const STRIDE = 48

/**
 * Makes the meshes of all buildings, chunk by chunk, nearest first, so that drawing can start with the first.
 * Every drawn building is in exactly one chunk.
 *
 * Returns  what was made in all; the chunks themselves go to `onChunk` and are not kept
 * Cost     about 10 µs for each building
 */
export function* runBuildingChunks(city: City, options: BuildingChunksOptions = {}): Steps<BuildingChunksResult> {
  const { maxChunks = 24, onChunk = () => {} } = options
  const shares = yield* within(0, 0.1, divideBuildings(city, maxChunks))
  const roofOf = createRoofReader(city)
  const total = shares.reduce((sum, { buildings }) => sum + buildings.length, 0)
  let triangles = 0
  let vertices = 0
  let bytes = 0
  let done = 0
  for (const share of shares) {
    const columns = createSolidColumns(Math.ceil(share.triangles * 1.8))
    const indexStart = new Uint32Array(share.buildings.length + 1)
    for (let k = 0; k < share.buildings.length; k++) {
      if (k % STRIDE === 0) yield 0.1 + (0.9 * (done + k)) / total
      const building = share.buildings[k]
      columns.building = building
      addBuilding(columns, city, building, roofOf(building))
      indexStart[k + 1] = columns.indexCount
    }
    const chunk = packChunk(columns, share.buildings, indexStart)
    done += share.buildings.length
    triangles += chunk.triangleCount
    vertices += columns.vertexCount
    bytes += chunk.position.byteLength + chunk.normal.byteLength + chunk.feature.byteLength + chunk.index.byteLength
    onChunk(chunk)
    yield 0.1 + (0.9 * done) / total
  }
  return { chunks: shares.length, buildings: total, triangles, vertices, bytes }
}

function packChunk(columns: SolidColumns, buildings: Uint32Array, indexStart: Uint32Array): BuildingChunk {
  const { place, surface, vertexCount: n } = columns
  let minX = Infinity
  let minY = Infinity
  let maxX = -Infinity
  let maxY = -Infinity
  let minUp = 0
  let maxUp = 0
  for (let v = 0; v < n; v++) {
    minX = Math.min(minX, place[3 * v])
    maxX = Math.max(maxX, place[3 * v])
    minY = Math.min(minY, place[3 * v + 1])
    maxY = Math.max(maxY, place[3 * v + 1])
    minUp = Math.min(minUp, place[3 * v + 2])
    maxUp = Math.max(maxUp, place[3 * v + 2])
  }
  if (n === 0) minX = minY = maxX = maxY = 0
  const originX = Math.round((minX + maxX) / 2)
  const originY = Math.round((minY + maxY) / 2)
  // whole steps a unit, a power of two, so that the rest is a whole number of 1/128 units
  const reach = Math.max(originX - minX, maxX - originX, originY - minY, maxY - originY)
  let unit = 4
  while (reach / unit > 32_000) unit *= 2
  const position = new Int16Array(4 * n)
  for (let v = 0; v < n; v++) {
    const x = place[3 * v] - originX
    const z = originY - place[3 * v + 1]
    const coarseX = Math.floor(x / unit)
    const coarseZ = Math.floor(z / unit)
    position[4 * v] = coarseX
    position[4 * v + 1] = place[3 * v + 2] / (STEPS_PER_M * HEIGHT_SCALE_M)
    position[4 * v + 2] = coarseZ
    const restX = ((x - coarseX * unit) * PARTS) / unit
    const restZ = ((z - coarseZ * unit) * PARTS) / unit
    position[4 * v + 3] = packFourth(surface[v] as Surface, restX, restZ)
  }
  const wide = columns.index.subarray(0, columns.indexCount)
  return {
    originXM: originX / STEPS_PER_M,
    originYM: originY / STEPS_PER_M,
    scaleM: unit / STEPS_PER_M,
    position,
    normal: columns.normal.slice(0, 4 * n),
    feature: columns.feature.slice(0, n),
    index: n <= 65_536 ? new Uint16Array(wide) : wide.slice(),
    buildings,
    indexStart,
    boundsMin: [minX / STEPS_PER_M, minUp / STEPS_PER_M, -maxY / STEPS_PER_M],
    boundsMax: [maxX / STEPS_PER_M, maxUp / STEPS_PER_M, -minY / STEPS_PER_M],
    triangleCount: columns.indexCount / 3,
  }
}
