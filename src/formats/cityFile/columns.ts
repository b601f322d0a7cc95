import type { City } from '../../model/city.ts'

export type ColumnType = 'f64' | 'f32' | 'u32' | 'i32' | 'u8'
export type Column = Float64Array | Float32Array | Uint32Array | Int32Array | Uint8Array

export const COLUMN_BYTES: Readonly<Record<ColumnType, number>> = { f64: 8, f32: 4, u32: 4, i32: 4, u8: 1 }

/**
 * Every column of a city: its name, its type, and how long it is. A length is a number of things, or what the last
 * entry of a `start` column says, which is how a broken file is found out.
 */
export interface ColumnRule {
  readonly name: string
  readonly type: ColumnType
  /** `n`: one per feature; `n+1`: where each feature starts, and the end; otherwise the name of a start column. */
  readonly length: string
  readonly check?: { readonly below?: string; readonly finite?: true }
}

const osm = (of: string): ColumnRule[] => [
  { name: `${of}.osm.id`, type: 'f64', length: of, check: { finite: true } },
  { name: `${of}.osm.type`, type: 'u8', length: of, check: { below: '3' } },
]

const tags = (of: string): ColumnRule[] => [
  { name: `${of}.tags.start`, type: 'u32', length: `${of}+1` },
  { name: `${of}.tags.key`, type: 'u32', length: `${of}.tags.start`, check: { below: 'words' } },
  { name: `${of}.tags.value`, type: 'u32', length: `${of}.tags.start`, check: { below: 'words' } },
]

const polygons = (of: string): ColumnRule[] => [
  { name: `${of}.polygonStart`, type: 'u32', length: `${of}+1` },
  { name: `${of}.polygons.start`, type: 'u32', length: `${of}.polygonStart+1` },
  { name: `${of}.polygons.rings.start`, type: 'u32', length: `${of}.polygons.start+1` },
  { name: `${of}.polygons.rings.xM`, type: 'f32', length: `${of}.polygons.rings.start`, check: { finite: true } },
  { name: `${of}.polygons.rings.yM`, type: 'f32', length: `${of}.polygons.rings.start`, check: { finite: true } },
]

const lines = (of: string): ColumnRule[] => [
  { name: `${of}.lines.start`, type: 'u32', length: `${of}+1` },
  { name: `${of}.lines.xM`, type: 'f32', length: `${of}.lines.start`, check: { finite: true } },
  { name: `${of}.lines.yM`, type: 'f32', length: `${of}.lines.start`, check: { finite: true } },
]

const one = (name: string, type: ColumnType, check?: ColumnRule['check']): ColumnRule => ({
  name,
  type,
  length: name.slice(0, name.indexOf('.')),
  ...(check ? { check } : {}),
})

const finite = { finite: true } as const

/** Start columns are kept as differences: they rise by one or a few at a time, and pack to next to nothing that way. */
export const isStart = (name: string): boolean => /[sS]tart$/.test(name)

/** All columns, starts before what they start. */
export const COLUMNS: readonly ColumnRule[] = [
  ...osm('buildings'),
  ...polygons('buildings'),
  one('buildings.heightM', 'f32', finite),
  one('buildings.minHeightM', 'f32', finite),
  one('buildings.levels', 'f32'), // NaN: not mapped
  one('buildings.heightSource', 'u8', { below: 'heightSources' }),
  one('buildings.use', 'u8', { below: 'uses' }),
  one('buildings.parent', 'i32', { below: 'buildings' }),
  one('buildings.hasParts', 'u8', { below: '2' }),
  one('buildings.colour', 'u32', { below: '16777217' }),
  one('buildings.footprintM2', 'f32', finite),
  one('buildings.centreXM', 'f32', finite),
  one('buildings.centreYM', 'f32', finite),
  ...tags('buildings'),
  ...osm('roads'),
  ...lines('roads'),
  one('roads.class', 'u8', { below: 'roadClasses' }),
  one('roads.widthM', 'f32', finite),
  ...tags('roads'),
  ...osm('areas'),
  ...polygons('areas'),
  one('areas.kind', 'u8', { below: 'areaKinds' }),
  ...tags('areas'),
  ...osm('powerLines'),
  ...lines('powerLines'),
  one('powerLines.voltageV', 'f32'), // NaN: not mapped
  one('powerLines.circuits', 'u8'),
  ...tags('powerLines'),
  ...osm('points'),
  one('points.xM', 'f32', finite),
  one('points.yM', 'f32', finite),
  one('points.kind', 'u8', { below: 'pointKinds' }),
  ...tags('points'),
]

export const KINDS = ['buildings', 'roads', 'areas', 'powerLines', 'points'] as const

/** Looks a column up in a city by its dotted name. */
export function columnOf(city: City, name: string): Column {
  let value: unknown = city
  for (const key of name.split('.')) value = (value as Record<string, unknown>)[key]
  return value as Column
}
