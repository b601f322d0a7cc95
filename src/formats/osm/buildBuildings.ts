import type { Findings } from '../../base/findings.ts'
import { type Steps, within } from '../../base/steps.ts'
import type { Region } from '../../geo/polygon/ring.ts'
import { type Buildings, HEIGHT_SOURCES } from '../../model/city.ts'
import { attachParts } from './attachParts.ts'
import { type BuildingRow, isBuilding, isPart, isUnderground, readBuildingRow } from './buildingRow.ts'
import { readColour } from './colour.ts'
import { createHeadColumns, createPolygonColumns, type WordList } from './columns.ts'
import { nameOfFeature } from './feature.ts'
import type { JoinedFeature } from './joinFeatures.ts'
import { isClosed } from './joinLines.ts'
import type { LocalFrame } from './localFrame.ts'
import { replaceOutlines } from './replaceOutlines.ts'
import { settleHeights } from './settleHeights.ts'

/** Outline of a building or part in lattice coordinates: an area, or a line that closes. */
function outlineOf(feature: JoinedFeature): readonly Region[] | null {
  if (feature.shape === 'area') return feature.regions
  if (feature.shape === 'point') return null
  const regions: Region[] = []
  for (const line of feature.lines) {
    if (!isClosed(line)) return null
    regions.push({ outer: line.slice(0, -2), holes: [] })
  }
  return regions
}

/** A closed line comes as drawn; areas were cleaned when they were joined. */
export type CleanLine = (outer: Region['outer'], feature: JoinedFeature) => readonly Region[] | null

/**
 * Collects buildings and their parts, finds which part belongs to which building, and settles all heights.
 * The order is: as first met in the file, then the rests of outlines that parts cover only in part.
 */
export function* buildBuildings(
  features: readonly JoinedFeature[],
  frame: LocalFrame,
  words: WordList,
  findings: Findings,
  cleanLine: CleanLine,
): Steps<Columns> {
  const rows: BuildingRow[] = []
  for (let i = 0; i < features.length; i++) {
    const feature = features[i]!
    if ((i & 255) === 0) yield (0.5 * i) / features.length
    const { tags } = feature
    if (!isBuilding(tags) && !isPart(tags)) continue
    const name = nameOfFeature(feature)
    if (isUnderground(tags)) {
      findings.add('UNDERGROUND', 'building', 'A building below ground is not drawn.', name)
      continue
    }
    const outline = outlineOf(feature)
    if (!outline) {
      if (isBuilding(tags)) {
        findings.add(
          'NO_OUTLINE',
          'building',
          'A building mapped as a point or an open line has no outline to draw.',
          name,
        )
      } else
        findings.add('NO_OUTLINE', 'building part', 'A building:part whose line does not close was left out.', name)
      continue
    }
    const clean = feature.shape === 'line' ? outline.flatMap(({ outer }) => cleanLine(outer, feature) ?? []) : outline
    const regions = clean.map(frame.regionToSteps).filter((region) => region !== null)
    const row = readBuildingRow(feature, regions, findings)
    if (row) rows.push(row)
  }
  yield 0.5
  yield* within(0.5, 0.6, attachParts(rows))
  yield* within(0.6, 0.8, settleHeights(rows))
  for (const rest of replaceOutlines(rows, findings)) rows.push(rest)
  return yield* within(0.8, 1, toColumns(rows, words))
}

type Columns = (list: readonly string[], moved: Uint32Array) => Buildings

function* toColumns(rows: readonly BuildingRow[], words: WordList): Steps<Columns> {
  const head = createHeadColumns(words)
  const polygons = createPolygonColumns()
  for (let i = 0; i < rows.length; i++) {
    if ((i & 511) === 0) yield (0.7 * i) / rows.length
    const row = rows[i]!
    head.add(row.head)
    polygons.addFeature(row.regions)
  }
  const fill = <Column extends { [i: number]: number }>(column: Column, pick: (row: BuildingRow) => number): Column => {
    for (let i = 0; i < rows.length; i++) column[i] = pick(rows[i]!)
    return column
  }
  const f32 = (pick: (row: BuildingRow) => number) => fill(new Float32Array(rows.length), pick)
  const u8 = (pick: (row: BuildingRow) => number) => fill(new Uint8Array(rows.length), pick)
  yield 0.7
  const shapes = polygons.done()
  yield 0.85
  const osm = head.ids()
  const heights = {
    heightM: f32((row) => row.topM),
    minHeightM: f32((row) => row.bottomM),
    levels: f32((row) => row.mapped.levels),
    heightSource: u8((row) => HEIGHT_SOURCES.indexOf(row.source)),
  }
  yield 0.9
  const places = {
    footprintM2: f32((row) => row.footprintM2),
    centreXM: f32((row) => row.centreXM),
    centreYM: f32((row) => row.centreYM),
  }
  yield 0.95
  const rest = {
    use: u8((row) => row.use),
    parent: fill(new Int32Array(rows.length), (row) => row.parent),
    hasParts: u8((row) => (row.hasParts ? 1 : 0)),
    colour: fill(new Uint32Array(rows.length), ({ head: { tags } }) =>
      readColour(tags.get('building:colour') ?? tags.get('building:color')),
    ),
  }
  // the words are put in order when all features have told theirs
  return (list, moved) => ({
    count: rows.length,
    osm,
    ...shapes,
    ...heights,
    ...places,
    ...rest,
    tags: head.tags(list, moved),
  })
}
