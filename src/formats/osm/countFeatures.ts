import type { Steps } from '../../base/steps.ts'
import { POINT_KINDS } from '../../model/city.ts'
import { readLengthM, readNumber } from '../../model/tagValues.ts'
import type { CityCounts } from '../format.ts'
import { areaKindOf } from './areaKind.ts'
import { isBuilding, isPart } from './buildingRow.ts'
import { isPowerLine } from './buildLines.ts'
import type { OsmFeature } from './feature.ts'
import type { JoinedFeature } from './joinFeatures.ts'
import { isClosed } from './joinLines.ts'
import { MAX_HEIGHT_M, MAX_LEVELS } from './mappedHeight.ts'
import { pointKindOf } from './pointKind.ts'

const SUBSTATIONS = new Set(['substation', 'sub_station'])
const TOWER = POINT_KINDS.indexOf('power-tower')

/** Counts what a file holds, before anything is left out. */
export function* countFeatures(records: readonly OsmFeature[], joined: readonly JoinedFeature[]): Steps<CityCounts> {
  const n = { ...zero }
  const buildings = new Set<number>()
  const withHeight = new Set<number>()
  const parts = new Set<number>()
  for (let i = 0; i < records.length; i++) {
    if ((i & 1023) === 0) yield (0.8 * i) / records.length
    const { shape, type, id, tags } = records[i]!
    const power = tags.get('power')
    const key = id * 3 + type
    if (isBuilding(tags)) {
      n.buildingRecords++
      buildings.add(key)
      if (isHeightMapped(tags)) withHeight.add(key)
    }
    if (isPart(tags)) parts.add(key)
    if (SUBSTATIONS.has(power ?? '')) n.substations++
    if (power === 'transformer') n.transformers++
    if (shape === 'line') {
      if (tags.has('highway')) n.roads++
      else if (tags.has('railway')) n.railways++
      if (power === 'line' || power === 'minor_line') n.powerLines++
    } else if (shape === 'point') {
      n.points++
      if (pointKindOf(tags) === TOWER) n.powerTowers++
      if (tags.get('natural') === 'tree') n.trees++
    } else if (!isBuilding(tags) && !isPart(tags) && areaKindOf(tags) !== null) n.areas++
  }
  for (let i = 0; i < joined.length; i++) {
    const feature = joined[i]!
    if ((i & 1023) === 0) yield 0.8 + (0.2 * i) / joined.length
    if (feature.shape === 'line' && feature.tags.has('highway')) n.roadsJoined++
    if (isPowerLine(feature)) n.powerLinesJoined++
    const drawable = feature.shape === 'area' || (feature.shape === 'line' && feature.lines.every(isClosed))
    if (isBuilding(feature.tags) && !drawable) n.buildingsWithoutOutline++
  }
  return { ...n, buildings: buildings.size, buildingsWithHeight: withHeight.size, buildingParts: parts.size }
}

function isHeightMapped(tags: OsmFeature['tags']): boolean {
  const heightM = readLengthM(tags.get('height') ?? tags.get('building:height'))
  if (heightM >= 0.5 && heightM <= MAX_HEIGHT_M) return true
  const levels = readNumber(tags.get('building:levels') ?? tags.get('levels'))
  return levels > 0 && levels <= MAX_LEVELS
}

const zero = {
  buildingRecords: 0,
  buildingsWithoutOutline: 0,
  roads: 0,
  roadsJoined: 0,
  railways: 0,
  powerTowers: 0,
  powerLines: 0,
  powerLinesJoined: 0,
  substations: 0,
  transformers: 0,
  trees: 0,
  areas: 0,
  points: 0,
}
