import type { Findings } from '../../base/findings.ts'
import { readLengthM, readNumber } from '../../model/tagValues.ts'
import { nameOfFeature, type OsmHead } from './feature.ts'
import { storeyHeightM } from './storeys.ts'

/** The tallest building of the world has 828 m and 163 floors (Burj Khalifa, 2010): beyond this it is a slip of the pen. */
export const MAX_HEIGHT_M = 1000
export const MAX_LEVELS = 200

/** Nobody can stand on a floor this small, let alone on several. */
const MIN_FLOOR_M2 = 2
const MIN_FLOOR_LEVELS = 3

/** What the tags say about a building's height, before anything is guessed. NaN: they do not say. */
export interface MappedHeight {
  readonly topM: number // a tagged height has the roof in it, one from levels has not
  readonly bottomM: number // 0 for nearly all
  readonly levels: number
  readonly source: 'tagged' | 'levels' | null
}

/**
 * Reads height, min_height and levels. A tagged height wins over levels.
 *
 * Source   OpenStreetMap wiki, Simple 3D Buildings; Key:building:levels; Key:min_height.
 */
export function readMappedHeight(head: OsmHead, use: number, footprintM2: number, findings: Findings): MappedHeight {
  const { tags } = head
  const complain = (code: string, message: string) => findings.add(code, 'building', message, nameOfFeature(head))
  const inRange = (value: number, max: number, min: number): number => (value >= min && value <= max ? value : NaN)

  const heightText = tags.get('height') ?? tags.get('building:height')
  const topM = inRange(readLengthM(heightText), MAX_HEIGHT_M, 0.5)
  if (heightText !== undefined && Number.isNaN(topM)) {
    complain('HEIGHT_ABSURD', `A height that is no number between 0.5 and ${MAX_HEIGHT_M} m was not used.`)
  }
  const levelsText = tags.get('building:levels') ?? tags.get('levels')
  let levels = inRange(readNumber(levelsText), MAX_LEVELS, 0.1)
  if (levelsText !== undefined && Number.isNaN(levels)) {
    complain('LEVELS_ABSURD', `A number of levels that is no number above 0 and up to ${MAX_LEVELS} was not used.`)
  }
  if (levels > MIN_FLOOR_LEVELS && footprintM2 < MIN_FLOOR_M2) {
    complain('LEVELS_ABSURD', `More than ${MIN_FLOOR_LEVELS} levels on less than ${MIN_FLOOR_M2} m² were not used.`)
    levels = NaN
  }
  const minLevel = inRange(readNumber(tags.get('building:min_level') ?? tags.get('min_level')), MAX_LEVELS, 0)
  if (minLevel >= levels) {
    complain('MIN_ABOVE_TOP', 'Levels that end below where the building starts were not used.')
    levels = NaN
  }
  const storeyM = topM / levels || storeyHeightM(use, Number.isNaN(levels) ? minLevel || 1 : levels)
  const minText = tags.get('min_height') ?? tags.get('building:min_height')
  let bottomM = inRange(readLengthM(minText), MAX_HEIGHT_M, 0)
  if (Number.isNaN(bottomM)) bottomM = minLevel * storeyM || 0
  if (bottomM >= topM) {
    complain('MIN_ABOVE_TOP', 'A min_height that is not below the top was taken as 0.')
    bottomM = 0
  }
  if (topM > 0) return { topM, bottomM, levels, source: 'tagged' }
  if (levels > 0) {
    return { topM: levels * storeyM, bottomM, levels, source: 'levels' }
  }
  return { topM: NaN, bottomM, levels, source: null }
}
