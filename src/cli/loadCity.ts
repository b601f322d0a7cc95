import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { TwinError } from '../base/errors.ts'
import { finish } from '../base/steps.ts'
import { readCity } from '../formats/readCity.ts'
import type { City } from '../model/city.ts'
import { sha256Hex } from '../model/hash.ts'
import { readBytes } from './readInput.ts'

export interface LoadedCity {
  readonly city: City
  readonly sha256: string // of the file's bytes, unpacked
}

/** Where `npm start` leaves the cities it builds. */
const builtCityPath = (id: string): string => join('.veracity', 'city', `${id}.vcity.gz`)

/** Reads a city file of any known format. Throws FILE_UNREADABLE, FORMAT_UNKNOWN, FORMAT_BROKEN or CITY_EMPTY. */
export function loadCity(path: string): LoadedCity {
  const bytes = readBytes(path)
  const name = basename(path).replace(/\.gz$/, '')
  return { city: finish(readCity([{ name, bytes }])).city, sha256: sha256Hex(bytes) }
}

/** The city file of a scenario: the one that was named, or the one that was built. */
export function cityPathFor(id: string, named: string | undefined): string {
  const path = named ?? builtCityPath(id)
  if (named !== undefined || existsSync(path)) return path
  throw new TwinError('FILE_UNREADABLE', `There is no built city at ${path}; name one with --city FILE.`, { path })
}
