import type { Finding } from '../../base/findings.ts'
import type { ReadCity } from '../../formats/format.ts'
import { type City, ROAD_CLASSES } from '../../model/city.ts'

/** What `city import` says with --json. */
export interface CityReport {
  readonly format: string
  readonly counts: {
    readonly buildings: number
    readonly buildingsWithHeight: number
    readonly buildingParts: number
    readonly roads: number
    readonly powerTowers: number
    readonly powerLines: number
    readonly substations: number
    readonly transformers: number
    readonly trees: number
    readonly points: number
  }
  readonly records: { readonly buildings: number; readonly railways: number; readonly areas: number }
  readonly joined: {
    readonly roads: number
    readonly powerLines: number
    readonly buildingsWithoutOutline: number
  }
  readonly footprintAreaM2: number // of building outlines, pieces joined
  readonly roadLengthM: number // without railways
  readonly boundsDeg: readonly [west: number, south: number, east: number, north: number]
  readonly maxHeightM: number
  readonly findings: readonly Finding[]
  readonly ms: number
}

export function reportCity(
  { city, counts, findings, format }: ReadCity & { format: { id: string } },
  ms: number,
): CityReport {
  const { buildings, buildingsWithHeight, buildingParts, roads, powerTowers, powerLines, substations } = counts
  const { transformers, trees, points } = counts
  return {
    format: format.id,
    counts: {
      buildings,
      buildingsWithHeight,
      buildingParts,
      roads,
      powerTowers,
      powerLines,
      substations,
      transformers,
      trees,
      points,
    },
    records: { buildings: counts.buildingRecords, railways: counts.railways, areas: counts.areas },
    joined: {
      roads: counts.roadsJoined,
      powerLines: counts.powerLinesJoined,
      buildingsWithoutOutline: counts.buildingsWithoutOutline,
    },
    footprintAreaM2: footprintAreaM2(city),
    roadLengthM: roadLengthM(city),
    boundsDeg: city.meta.boundsDeg,
    maxHeightM: city.buildings.heightM.reduce((max, h, b) => (city.buildings.hasParts[b] ? max : Math.max(max, h)), 0),
    findings,
    ms,
  }
}

/** Ground under all outlines. Parts lie within them; one that belongs to no outline counts by itself. */
function footprintAreaM2({ buildings }: City): number {
  const { words, start, key, value } = buildings.tags
  const building = words.indexOf('building')
  const no = words.indexOf('no')
  let area = 0
  for (let b = 0; b < buildings.count; b++) {
    const parent = buildings.parent[b]!
    // what parts leave of an outline carries its outline's id
    if (parent >= 0 && buildings.osm.id[b] === buildings.osm.id[parent]) continue
    for (let k = start[b]!; k < start[b + 1]!; k++) {
      if (key[k] === building && value[k] !== no) area += buildings.footprintM2[b]!
    }
  }
  return area
}

function roadLengthM({ roads }: City): number {
  const { start, xM, yM } = roads.lines
  const rail = ROAD_CLASSES.indexOf('rail')
  let length = 0
  for (let r = 0; r < roads.count; r++) {
    if (roads.class[r] === rail) continue
    for (let v = start[r]! + 1; v < start[r + 1]!; v++) {
      const dx = xM[v]! - xM[v - 1]!
      const dy = yM[v]! - yM[v - 1]!
      length += Math.sqrt(dx * dx + dy * dy)
    }
  }
  return length
}
