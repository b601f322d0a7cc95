import type { Findings } from '../../base/findings.ts'
import { type Region, regionArea } from '../../geo/polygon/ring.ts'
import type { HeightSource } from '../../model/city.ts'
import { type Roof, readRoof } from '../../model/roof.ts'
import { isYes, readNumber } from '../../model/tagValues.ts'
import { indexOfUse } from './buildingUse.ts'
import { nameOfFeature, type OsmHead, type OsmTags } from './feature.ts'
import { STEPS_PER_M } from './localFrame.ts'
import { type MappedHeight, readMappedHeight } from './mappedHeight.ts'

/** A building or a part of one while the city is being put together. Geometry in steps. */
export interface BuildingRow {
  readonly head: OsmHead
  readonly regions: readonly Region[]
  readonly use: number
  readonly mapped: MappedHeight
  readonly roof: Roof
  readonly isOutline: boolean // tagged building=*, or the rest of one
  readonly isPart: boolean // tagged building:part=*
  readonly footprintM2: number
  readonly centreXM: number
  readonly centreYM: number
  parent: number
  hasParts: boolean
  topM: number
  bottomM: number
  source: HeightSource
}

/** Smaller than this is a slip of the hand, not a building. */
const MIN_FOOTPRINT_M2 = 0.25

export const isBuilding = (tags: OsmTags): boolean => isYes(tags.get('building'))
export const isPart = (tags: OsmTags): boolean => isYes(tags.get('building:part'))

/** Whether a thing lies below ground, where nothing is drawn. */
export function isUnderground(tags: OsmTags): boolean {
  const place = tags.get('location')
  if (place === 'underground' || place === 'underwater' || tags.get('tunnel') === 'yes') return true
  return readNumber(tags.get('layer')) < 0 || tags.get('parking') === 'underground'
}

/** Area in m² and centroid in metres of regions in steps. */
export function measure(regions: readonly Region[]): { areaM2: number; xM: number; yM: number } {
  const [ox = 0, oy = 0] = regions[0]?.outer ?? []
  let twice = 0
  let sx = 0
  let sy = 0
  for (const { outer, holes } of regions) {
    for (const ring of [outer, ...holes]) {
      const n = ring.length
      for (let i = 0; i < n; i += 2) {
        const ax = ring[i]! - ox
        const ay = ring[i + 1]! - oy
        const bx = ring[(i + 2) % n]! - ox
        const by = ring[(i + 3) % n]! - oy
        const cross = ax * by - bx * ay
        twice += cross
        sx += (ax + bx) * cross
        sy += (ay + by) * cross
      }
    }
  }
  const areaM2 = twice / 2 / STEPS_PER_M / STEPS_PER_M
  if (twice === 0) return { areaM2: 0, xM: ox / STEPS_PER_M, yM: oy / STEPS_PER_M }
  return { areaM2, xM: (ox + sx / (3 * twice)) / STEPS_PER_M, yM: (oy + sy / (3 * twice)) / STEPS_PER_M }
}

/** Reads a building from a whole feature; null where there is nothing to stand on. */
export function readBuildingRow(head: OsmHead, regions: readonly Region[], findings: Findings): BuildingRow | null {
  const solid = regions.filter((region) => regionArea(region) > 0)
  const { areaM2, xM, yM } = measure(solid)
  if (areaM2 < MIN_FOOTPRINT_M2) {
    findings.add('ZERO_AREA', 'building', 'An outline of less than 0.25 m² was left out.', nameOfFeature(head))
    return null
  }
  const use = indexOfUse(head.tags)
  const mapped = readMappedHeight(head, use, areaM2, findings)
  return {
    head,
    regions: solid,
    use,
    mapped,
    roof: readRoof((key) => head.tags.get(key), areaM2),
    isOutline: isBuilding(head.tags),
    isPart: isPart(head.tags),
    footprintM2: areaM2,
    centreXM: xM,
    centreYM: yM,
    parent: -1,
    hasParts: false,
    topM: mapped.topM,
    bottomM: mapped.bottomM,
    source: mapped.source ?? 'estimate',
  }
}
