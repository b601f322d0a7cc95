import type { Finding } from '../base/findings.ts'
import type { Steps } from '../base/steps.ts'
import type { City, CityMeta } from '../model/city.ts'

/** One file as it came in: already gunzipped, with the name it had (tiles carry their place in it). */
export interface InputFile {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface ReadOptions {
  /** What the caller knows better than the file: title, origin, clock, date, licence … */
  readonly meta?: Partial<CityMeta>
}

/**
 * How much a file holds. Buildings and building parts are distinct features (type and id), with pieces cut by tile
 * edges joined; everything else counts records as they stand in the file.
 */
export interface CityCounts {
  readonly buildings: number
  readonly buildingRecords: number
  readonly buildingsWithoutOutline: number // mapped as a point or an open line: counted above, never drawn
  readonly buildingsWithHeight: number // height or levels mapped
  readonly buildingParts: number
  readonly roads: number
  readonly roadsJoined: number
  readonly railways: number
  readonly powerTowers: number
  readonly powerLines: number
  readonly powerLinesJoined: number
  readonly substations: number
  readonly transformers: number
  readonly trees: number
  readonly areas: number
  readonly points: number
}

export interface ReadCity {
  readonly city: City
  readonly findings: readonly Finding[]
  readonly counts: CityCounts
}

/** A city format. One folder, one line in the list. */
export interface CityFormat {
  readonly id: string
  readonly title: string
  readonly extensions: readonly string[]
  /** Whether these bytes are of this format. Looks at the first few kilobytes only. */
  sniff(bytes: Uint8Array, name: string): boolean
  /**
   * Reads a city from one or more files of this format.
   *
   * Throws   FORMAT_BROKEN when the bytes are not what they claim, CITY_EMPTY when there is nothing to show.
   */
  read(files: readonly InputFile[], options?: ReadOptions): Steps<ReadCity>
}

export const defineFormat = (format: CityFormat): CityFormat => format
