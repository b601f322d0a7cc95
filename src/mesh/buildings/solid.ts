import { type Region, type Ring, regionArea, withoutStraight } from '../../geo/polygon/ring.ts'
import { type City, tagOf } from '../../model/city.ts'
import { isStanding, type Roof, readRoof } from '../../model/roof.ts'
import { addPitchedSolid } from '../roofs/addPitchedSolid.ts'
import { STEPS_PER_M, toSteps } from '../steps.ts'
import { addFlatSolid } from './flatSolid.ts'
import { addShapedSolid, isSeenFrom, type StandingShape } from './shapedSolid.ts'
import type { SolidSink } from './solidSink.ts'

/** Heights are kept to 1/32 m: four steps. */
const HEIGHT_STEPS = 4

const heightSteps = (metres: number): number => Math.round((metres * STEPS_PER_M) / HEIGHT_STEPS) * HEIGHT_STEPS

/** The polygons of a building on the grid, outer rings counter-clockwise, without straight vertices. */
function regionsOf(city: City, building: number): Region[] {
  const { polygonStart, polygons } = city.buildings
  const { start, xM, yM } = polygons.rings
  const regions: Region[] = []
  const ringAt = (r: number): Ring => {
    const ring = new Float64Array(2 * (start[r + 1] - start[r]))
    for (let v = start[r]; v < start[r + 1]; v++) {
      ring[2 * (v - start[r])] = toSteps(xM[v])
      ring[2 * (v - start[r]) + 1] = toSteps(yM[v])
    }
    return withoutStraight(ring)
  }
  for (let p = polygonStart[building]; p < polygonStart[building + 1]; p++) {
    const outer = ringAt(polygons.start[p])
    if (outer.length < 6) continue
    const holes: Ring[] = []
    for (let r = polygons.start[p] + 1; r < polygons.start[p + 1]; r++) {
      const hole = ringAt(r)
      if (hole.length >= 6) holes.push(hole)
    }
    const region = { outer, holes }
    if (regionArea(region) > 0) regions.push(region)
  }
  return regions
}

/** Reads roofs by building; buildings without a word about their roof, nearly all, are answered at once. */
export function createRoofReader({ buildings }: City): (building: number) => Roof {
  const { tags } = buildings
  const keys = new Set(['roof:shape', 'building:roof:shape', 'building:shape'].map((key) => tags.words.indexOf(key)))
  keys.delete(-1)
  const shaped = new Uint8Array(buildings.count)
  if (keys.size > 0) {
    for (let b = 0; b < buildings.count; b++) {
      for (let i = tags.start[b]; i < tags.start[b + 1]; i++) if (keys.has(tags.key[i])) shaped[b] = 1
    }
  }
  const flat: Roof = { shape: 'flat', heightM: 0, isHeightMapped: false, directionDeg: NaN, isAcross: false }
  return (b) => (shaped[b] === 0 ? flat : readRoof((key) => tagOf(tags, b, key), buildings.footprintM2[b]))
}

/** Whether a building is drawn itself, not by its parts. */
export const isDrawn = (city: City, building: number): boolean => city.buildings.hasParts[building] === 0

/**
 * Adds one building to a sink: walls and flat roof, or the shape its roof is mapped with where its outline allows.
 */
export function addBuilding(sink: SolidSink, city: City, building: number, roof: Roof): void {
  const bottom = heightSteps(city.buildings.minHeightM[building])
  const top = Math.max(bottom + HEIGHT_STEPS, heightSteps(city.buildings.heightM[building]))
  const regions = regionsOf(city, building)
  const eaves = Math.max(bottom, top - heightSteps(roof.heightM))
  const [only] = regions
  if (isStanding(roof) && regions.length === 1 && only.holes.length === 0) {
    const centre = centreOf(only.outer)
    if (isSeenFrom(only.outer, centre[0], centre[1])) {
      addShapedSolid(sink, only.outer, centre, roof.shape as StandingShape, bottom, eaves, top)
      return
    }
  }
  const isPlain = roof.shape === 'flat' || roof.shape === 'sphere' || eaves === top
  for (const region of regions) {
    if (isPlain) addFlatSolid(sink, region, bottom, top)
    else addPitchedSolid(sink, region, roof, bottom, eaves, top)
  }
}

/** Centroid of a ring, on the grid. */
function centreOf(ring: Ring): [x: number, y: number] {
  const n = ring.length
  let twice = 0
  let sx = 0
  let sy = 0
  for (let i = 0; i < n; i += 2) {
    const ax = ring[i] - ring[0]
    const ay = ring[i + 1] - ring[1]
    const bx = ring[(i + 2) % n] - ring[0]
    const by = ring[(i + 3) % n] - ring[1]
    const cross = ax * by - bx * ay
    twice += cross
    sx += (ax + bx) * cross
    sy += (ay + by) * cross
  }
  return [Math.round(ring[0] + sx / (3 * twice)), Math.round(ring[1] + sy / (3 * twice))]
}
