import type { Fact } from '../../src/base/quantity.ts'
import type { CityMeta } from '../../src/model/city.ts'

/** The clock of the default city. */
export const ASTANA_UTC_OFFSET_H: Fact = {
  value: 5,
  unit: 'h',
  source: 'Interfax 2024-01-19: one time zone, UTC+5, for all of Kazakhstan from 1 March 2024 (before: UTC+6)',
  asOf: '2024-03-01',
  grade: 'press',
}

/** Where the default city comes from. */
export const ASTANA_SOURCE = {
  package: '@mapbox/mvt-fixtures',
  folder: 'real-world/osm-qa-astana',
  tiles: 16,
  /** Centroid of Bayterek, OpenStreetMap way 230401645, in these tiles. */
  originWay: 230401645,
} as const

/** What the default city is, beside what its tiles say themselves (bounds and date). */
export const ASTANA: Omit<CityMeta, 'boundsDeg' | 'dataDate'> = {
  id: 'astana',
  title: 'Astana',
  originLatDeg: 51.12828398,
  originLonDeg: 71.43051508,
  utcOffsetH: ASTANA_UTC_OFFSET_H.value,
  source: `OSM-QA tiles in ${ASTANA_SOURCE.package}`,
  licence: 'ODbL 1.0',
  attribution: '© OpenStreetMap contributors',
}
