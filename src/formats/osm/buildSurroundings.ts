import type { Findings } from '../../base/findings.ts'
import type { Region, Ring } from '../../geo/polygon/ring.ts'
import { type Areas, POINT_KINDS, type Points } from '../../model/city.ts'
import { areaKindOf } from './areaKind.ts'
import { isBuilding, isPart, isUnderground, measure } from './buildingRow.ts'
import { createHeadColumns, createPolygonColumns, type WordList } from './columns.ts'
import { nameOfFeature, type OsmHead, OsmTags } from './feature.ts'
import type { JoinedFeature } from './joinFeatures.ts'
import { type LocalFrame, STEPS_PER_M } from './localFrame.ts'
import { pointKindOf } from './pointKind.ts'

/** Ground cover smaller than this is not seen. */
const MIN_AREA_M2 = 1

/** Areas on the ground: water, green, paved. Buildings are not among them. */
export function createAreas(words: WordList, frame: LocalFrame, findings: Findings) {
  const head = createHeadColumns(words)
  const polygons = createPolygonColumns()
  const kinds: number[] = []
  return {
    add(feature: JoinedFeature) {
      if (feature.shape !== 'area' || isBuilding(feature.tags) || isPart(feature.tags)) return
      const kind = areaKindOf(feature.tags)
      if (kind === null) return
      if (isUnderground(feature.tags)) {
        findings.add('UNDERGROUND', 'area', 'An area below ground is not drawn.', nameOfFeature(feature))
        return
      }
      const regions = feature.regions.map(frame.regionToSteps).filter((region): region is Region => region !== null)
      if (measure(regions).areaM2 < MIN_AREA_M2) {
        findings.add('ZERO_AREA', 'area', 'An area of less than 1 m² was left out.', nameOfFeature(feature))
        return
      }
      head.add(feature)
      polygons.addFeature(regions)
      kinds.push(kind)
    },
    done: (list: readonly string[], moved: Uint32Array): Areas => ({
      count: kinds.length,
      osm: head.ids(),
      ...polygons.done(),
      kind: new Uint8Array(kinds),
      tags: head.tags(list, moved),
    }),
  }
}

/**
 * Points: nodes as mapped; power plant that is mapped as an area, at its middle; and the trees of mapped rows, which
 * carry the row's id and tags.
 */
const POWER_AREAS = new Set(['substation', 'sub_station', 'transformer', 'generator', 'plant'])

const TREE = POINT_KINDS.indexOf('tree')

/** How far apart the trees of a row are taken to stand (assumption): rows are mapped as lines, not tree by tree. */
const TREE_SPACING_M = 8

function alongLine(line: Ring, visit: (xM: number, yM: number) => void): void {
  let left = TREE_SPACING_M / 2
  for (let i = 0; i + 3 < line.length; i += 2) {
    const ax = line[i]! / STEPS_PER_M
    const ay = line[i + 1]! / STEPS_PER_M
    const dx = line[i + 2]! / STEPS_PER_M - ax
    const dy = line[i + 3]! / STEPS_PER_M - ay
    const length = Math.sqrt(dx * dx + dy * dy)
    for (; left < length; left += TREE_SPACING_M) visit(ax + (left / length) * dx, ay + (left / length) * dy)
    left -= length
  }
}

export function createPoints(words: WordList, frame: LocalFrame) {
  const head = createHeadColumns(words)
  const xM: number[] = []
  const yM: number[] = []
  const kinds: number[] = []
  const place = (feature: OsmHead, x: number, y: number, kind: number): void => {
    head.add(feature)
    xM.push(x)
    yM.push(y)
    kinds.push(kind)
  }
  return {
    add(feature: JoinedFeature) {
      if (feature.shape === 'point') {
        if (feature.tags.size === 0) return
        const [x, y] = frame.toSteps(Float64Array.of(feature.x, feature.y))
        place(feature, x! / STEPS_PER_M, y! / STEPS_PER_M, pointKindOf(feature.tags))
      } else if (feature.shape === 'area' && POWER_AREAS.has(feature.tags.get('power') ?? '')) {
        const regions = feature.regions.map(frame.regionToSteps).filter((region): region is Region => region !== null)
        const centre = measure(regions)
        const kind = pointKindOf(new OsmTags(['power', feature.tags.get('power')!]))
        if (regions.length) place(feature, centre.xM, centre.yM, kind)
      } else if (feature.shape === 'line' && feature.tags.get('natural') === 'tree_row') {
        for (const line of feature.lines) alongLine(frame.toSteps(line), (x, y) => place(feature, x, y, TREE))
      }
    },
    done: (list: readonly string[], moved: Uint32Array): Points => ({
      count: kinds.length,
      osm: head.ids(),
      xM: new Float32Array(xM),
      yM: new Float32Array(yM),
      kind: new Uint8Array(kinds),
      tags: head.tags(list, moved),
    }),
  }
}
