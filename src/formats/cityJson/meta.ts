import { TwinError } from '../../base/errors.ts'
import { GRID_NAMES, type GridToGeo, gridOf } from '../../geo/crs/index.ts'
import type { CityMeta } from '../../model/city.ts'
import { quoteText } from '../quoteText.ts'
import { isObject } from './surfaces.ts'

/** The versions that are read; from 1.0 on the shape of a file is the same but for where the CRS and names stand. */
const VERSION = /^(1\.[01]|2\.0)(\.\d+)?$/

export function needVersion(version: unknown, name: string): void {
  if (typeof version === 'string' && VERSION.test(version)) return
  const got = typeof version === 'string' ? quoteText(version) : 'none'
  throw new TwinError('FORMAT_BROKEN', `"${name}" is CityJSON of version ${got}; expected 1.0, 1.1 or 2.0.`, {
    file: name,
  })
}

/**
 * The grid that a file's metadata name: "urn:ogc:def:crs:EPSG::7415", ".../crs/EPSG/0/7415", or a compound of two.
 *
 * Throws   FORMAT_BROKEN when there is none or it is not known
 */
export function needGrid(metadata: unknown, name: string): GridToGeo {
  const system = isObject(metadata) ? (metadata.referenceSystem ?? metadata.crs) : undefined
  const text = typeof system === 'string' ? system : isObject(system) ? `EPSG:${String(system.epsg)}` : ''
  const epsg = Number(/EPSG(?:\/[\d.]+\/|:[\d.]*:|:)(\d{4,5})/i.exec(text)?.[1])
  const grid = gridOf(epsg)
  if (grid) return grid
  const got = text === '' ? 'does not say in which coordinate system it is' : `is in "${quoteText(text)}"`
  throw new TwinError('FORMAT_BROKEN', `"${name}" ${got}; expected one of ${GRID_NAMES}.`, { file: name })
}

/** Title and date as the file gives them. */
export function describedMeta(metadata: unknown): Partial<CityMeta> {
  if (!isObject(metadata)) return {}
  const title = metadata.title ?? metadata.datasetTitle
  const date = metadata.referenceDate ?? metadata.datasetReferenceDate
  return {
    ...(typeof title === 'string' && title.trim() !== '' ? { title: quoteText(title.trim()) } : {}),
    ...(typeof date === 'string' && /^\d{4}-\d\d-\d\d$/.test(date) ? { dataDate: date } : {}),
  }
}
